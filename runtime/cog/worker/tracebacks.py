"""Tracebacks for the author of the model."""

import traceback

_OURS = ("cog.", "importlib.")


def print_traceback(error: BaseException) -> None:
    """On standard error, from the model's own frames on: ours say nothing to its author."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get("__name__", "").startswith(_OURS):
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)
