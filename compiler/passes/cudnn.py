"""The cuDNN major version that the user states is that of the image."""

from dataclasses import replace

from ..ir.rows import CudaImage
from ..ir.space import Space
from ..ir.why import Why, Written

RULE = "cudnn"


def narrow(space: Space) -> Space:
    stated = space.spec.cudnn
    if space.image is None or stated is None:
        return space
    wanted = stated.value.split(".")[0]
    why = Written(stated.span, f"cuDNN {stated.value} is asked for")

    def refuse(image: CudaImage) -> Why | None:
        return None if image.cudnn == wanted else why

    return replace(space, image=space.image.cut(RULE, refuse))
