"""The GPUs of this machine, as the driver tells them."""

import shutil

from .engine import output

_PROGRAM = "nvidia-smi"


def compute_capabilities() -> tuple[str, ...]:
    """Each that there is, once; none where there is no driver."""
    if shutil.which(_PROGRAM) is None:
        return ()
    answer = output((_PROGRAM, "--query-gpu=compute_cap", "--format=csv,noheader"))
    return tuple(sorted(set(answer.stdout.split()))) if answer.returncode == 0 else ()
