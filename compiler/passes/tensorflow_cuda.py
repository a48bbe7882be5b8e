"""TensorFlow finds CUDA and cuDNN in the image: the image has those that the release is built with."""

from dataclasses import replace

from ..ir.rows import CudaImage, TensorFlow, minor, version
from ..ir.space import Space, unique
from ..ir.why import Derived, Why

RULE = "tensorflow-cuda"


def narrow(space: Space) -> Space:
    tensorflow, image = space.gpu_tensorflow, space.image
    if tensorflow is None or image is None or space.optional("tensorflow"):
        return space

    def refuse_release(row: TensorFlow) -> Why | None:
        suited = any(fits(space, row, found) for found in image.candidates)
        return None if suited else _why_not_release(space, row)

    releases = tensorflow.cut(RULE, refuse_release)

    def refuse_image(found: CudaImage) -> Why | None:
        suited = not releases.candidates or any(fits(space, row, found) for row in releases.candidates)
        return None if suited else _why_not_image(space, found, releases.candidates)

    return replace(space, tensorflow=releases, image=image.cut(RULE, refuse_image))


def fits(space: Space, row: TensorFlow, image: CudaImage) -> bool:
    """A CUDA that the user states may be another minor of the same major, as CUDA promises within one."""
    brings = row.brings_cuda or space.spec.cuda_in_wheels
    cudnn = brings or image.cudnn == row.cudnn_major
    if space.spec.cuda is None and not brings:
        return cudnn and minor(image.cuda) == row.cuda
    return cudnn and version(image.cuda).major == version(row.cuda).major


def _why_not_release(space: Space, row: TensorFlow) -> Why:
    assert space.image is not None
    fact = row.place.fact(f"tensorflow {row.release} is built with CUDA {row.cuda} and cuDNN {row.cudnn}")
    images = space.image.reasons(lambda image: minor(image.cuda) == row.cuda) or space.image.reasons(lambda _: True)
    return Derived(fact.text, unique((fact, *images)))


def _why_not_image(space: Space, image: CudaImage, releases: tuple[TensorFlow, ...]) -> Why:
    assert space.tensorflow is not None
    text = f"no tensorflow that is still possible is built with CUDA {minor(image.cuda)} and cuDNN {image.cudnn}"
    example = releases[-1]
    fact = example.place.fact(
        f"tensorflow {example.release} is built with CUDA {example.cuda} and cuDNN {example.cudnn}"
    )
    lines = tuple(ask.why for ask in space.certain("tensorflow"))
    return Derived(text, unique((fact, *lines)))
