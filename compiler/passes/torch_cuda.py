"""A CUDA build of torch needs an image of its CUDA version, and the image a build."""

from dataclasses import replace

from ..ir.rows import CudaImage, TorchBuild, minor, version
from ..ir.space import TORCH_FAMILY, Space, unique
from ..ir.why import Derived, Why

RULE = "torch-cuda"


def narrow(space: Space) -> Space:
    if space.torch is None or space.image is None or space.optional(*TORCH_FAMILY):
        return space
    torch, image = space.torch, space.image
    minors = unique_minors(image.candidates)

    def refuse_build(build: TorchBuild) -> Why | None:
        return None if any(_fits(space, build, cuda) for cuda in minors) else _why_not_build(space, build)

    builds = torch.cut(RULE, refuse_build)
    flavours = {build.cuda: build for build in builds.candidates}.values()

    def refuse_image(found: CudaImage) -> Why | None:
        suited = not flavours or any(_fits(space, build, minor(found.cuda)) for build in flavours)
        return None if suited else _why_not_image(space, minor(found.cuda))

    return replace(space, torch=builds, image=image.cut(RULE, refuse_image))


def unique_minors(images: tuple[CudaImage, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(minor(image.cuda) for image in images))


def _fits(space: Space, build: TorchBuild, cuda: str) -> bool:
    """Torch brings its CUDA libraries, TensorFlow does not: beside it an older build of the same major will do."""
    if space.gpu_tensorflow is None:
        return build.cuda == cuda
    wanted, found = version(build.cuda), version(cuda)
    return wanted.major == found.major and wanted <= found


def _why_not_build(space: Space, build: TorchBuild) -> Why:
    fact = build.place.fact(f"torch {build.release} has a build for CUDA {build.cuda}")
    images = space.image.reasons(lambda image: minor(image.cuda) == build.cuda) if space.image else ()
    if not images:
        return Derived(f"no image has CUDA {build.cuda}, for which this build is", (fact,))
    return Derived(f"no image with CUDA {build.cuda} is left, for which this build is", unique((fact, *images)))


def _why_not_image(space: Space, cuda: str) -> Why:
    assert space.torch is not None
    reasons = space.torch.reasons(lambda build: build.cuda == cuda)
    causes: tuple[Why, ...] = reasons or tuple(ask.why for ask in space.asks if ask.name in TORCH_FAMILY)
    return Derived(f"no build of torch that is still possible is for CUDA {cuda}", causes)
