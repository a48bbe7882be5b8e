"""The CUDA version that the user states, a minor or a patch, is that of the image."""

from dataclasses import replace

from ..ir.rows import CudaImage
from ..ir.space import Space
from ..ir.why import Why, Written

RULE = "cuda"


def narrow(space: Space) -> Space:
    stated = space.spec.cuda
    if space.image is None or stated is None:
        return space
    why = Written(stated.span, f"CUDA {stated.value} is asked for")

    def refuse(image: CudaImage) -> Why | None:
        fits = "." in stated.value and f"{image.cuda}.".startswith(f"{stated.value}.")
        return None if fits else why

    return replace(space, image=space.image.cut(RULE, refuse))
