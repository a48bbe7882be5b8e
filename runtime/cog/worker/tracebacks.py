"""Tracebacks for the author of the model."""

import contextlib
import traceback

_OURS = ("cog.", "importlib.")


def print_traceback(error: BaseException) -> None:
    """On standard error, from the model's own frames on: ours say nothing to its author."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get("__name__", "").startswith(_OURS):
        trace = trace.tb_next
    # The model may have put anything in the place of `sys.stderr`.
    with contextlib.suppress(Exception):
        traceback.print_exception(type(error), error, trace)
