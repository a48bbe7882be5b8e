"""JAX: the release and the CUDA plugin that the lines ask for; the image's CUDA is of the plugin's major version."""

import re
from dataclasses import replace

from ..ir.requirement import canonical
from ..ir.rows import CudaImage, GpuRelease
from ..ir.space import Ask, Space
from ..ir.why import Why
from .gpu_release import asked_for, suited

RULE = "jax"
_EXTRA = r"cuda(\d+)(-pip|-local)?"
_PLUGIN = r"jax-cuda(\d+)-plugin"


def narrow(space: Space) -> Space:
    if space.jax is None:
        return space
    asks = space.certain("jax")
    releases = asked_for(space.jax, RULE, asks)
    if space.image is None or space.optional("jax"):
        return replace(space, jax=releases)
    plugged = releases.cut(RULE, lambda row: _why_not_plugin(asks, row))
    local = wants_local_cuda(asks)

    def fits(row: GpuRelease, image: CudaImage) -> bool:
        """Its wheels bring the libraries, unless the line asks for those of the image."""
        cudnn = not local or image.cudnn == row.cudnn_major
        return cudnn and image.cuda.startswith(f"{row.cuda_major}.")

    jax, image = suited(plugged, space.image, RULE, fits)
    return replace(space, jax=jax, image=image)


def wants_local_cuda(asks: tuple[Ask, ...]) -> bool:
    """`jax[cuda12-local]` and its like use the libraries of the image."""
    return any("local" in extra for ask in asks for extra in ask.line.requirement.extras)


def cuda_majors(ask: Ask) -> set[str]:
    """The CUDA major versions that a line names, by an extra such as `cuda12` or as a plugin."""
    extras = (re.fullmatch(_EXTRA, canonical(extra)) for extra in ask.line.requirement.extras)
    return {found[1] for found in (*extras, re.fullmatch(_PLUGIN, ask.package)) if found}


def _why_not_plugin(asks: tuple[Ask, ...], row: GpuRelease) -> Why | None:
    return next((ask.why for ask in asks if cuda_majors(ask) - {row.cuda_major}), None)
