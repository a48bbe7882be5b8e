"""The GPUs of this machine are ones that the chosen torch and CUDA have code for."""

from collections.abc import Iterator

from ..ir.codes.lint import GPU_UNSUPPORTED
from ..ir.diagnostic import Diagnostic
from ..ir.plan import Plan
from ..ir.rows import GpuFloor, version


def check_gpus(plan: Plan, floors: tuple[GpuFloor, ...], capabilities: tuple[str, ...]) -> Iterator[Diagnostic]:
    """`capabilities` are those that the driver tells, such as `9.0`; of what no row knows nothing is said."""
    for floor in floors:
        if floor.capability in capabilities:
            yield from _check(plan, floor)


def _check(plan: Plan, floor: GpuFloor) -> Iterator[Diagnostic]:
    cuda, torch = plan.decision("cuda"), plan.decision("torch")
    gpu = f"a GPU of this machine, of compute capability {floor.capability}"
    if cuda is not None and not floor.covers(cuda.value):
        until = f" and older than {floor.dropped}" if floor.dropped else ""
        help = f"it needs CUDA {floor.cuda} or newer{until}; set `build.cuda`"
        yield GPU_UNSUPPORTED.bare(f"CUDA {cuda.value} has no code for {gpu}", help=help)
    if cuda is not None and torch is not None and floor.torch and version(torch.value) < version(floor.torch):
        help = f"it needs torch {floor.torch} or newer"
        yield GPU_UNSUPPORTED.bare(f"torch {torch.value} has no code for {gpu}", help=help)
