"""GPU projects take CUDA builds of torch, others take CPU builds."""

from dataclasses import replace

from ..ir.rows import TorchBuild
from ..ir.space import Space
from ..ir.why import Default, Why, Written

RULE = "accelerator"


def narrow(space: Space) -> Space:
    if space.torch is None:
        return space
    wants_cuda = space.spec.uses_gpu
    why = _why(space)

    def refuse(build: TorchBuild) -> Why | None:
        fits = bool(build.cuda) == wants_cuda or _insists(space, build)
        return None if fits else why

    return replace(space, torch=space.torch.cut(RULE, refuse))


def _insists(space: Space, build: TorchBuild) -> bool:
    """With an own index and a local part the user says which build and from where."""
    return space.own_index and any(f"+{build.flavour}" in str(ask.specifier) for ask in space.asks)


def _why(space: Space) -> Why:
    gpu = space.spec.gpu
    if gpu is None:
        return Default("build.gpu is not set, so builds for the CPU are taken")
    return Written(gpu.span, "builds for CUDA are asked for" if gpu.value else "builds for the CPU are asked for")
