"""What the user should know of a plan that works: what was assumed, and what nobody has tested."""

from collections.abc import Iterator

from ..ir.codes.resolution import CUDA_OF_BASE, CUDA_UNGUIDED, CUDA_UNPROVEN, GPU_ARCHITECTURE_UNKNOWN, VERSION_ASSUMED
from ..ir.diagnostic import Diagnostic, Label
from ..ir.rows import minor
from ..ir.space import TORCH_FAMILY, Space
from .asks import unasked


def notes(space: Space) -> Iterator[Diagnostic]:
    yield from _assumed_torch(space)
    yield from _assumed_tensorflow(space)
    yield from _assumed_releases(space)
    yield from _unproven_cuda(space)
    yield from _unguided_cuda(space)
    yield from _cuda_of_base(space)
    yield from _unknown_architectures(space)


def _assumed_torch(space: Space) -> Iterator[Diagnostic]:
    if space.torch is None:
        return
    build = space.torch.candidates[0]
    asks = space.asked(*TORCH_FAMILY, python=space.pythons[0])
    doubtful = [ask for ask in asks if {"torch", ask.name} & set(build.assumed)]
    if not doubtful:
        return
    kind = f"a build for CUDA {build.cuda}" if build.cuda else "a build for the CPU"
    what = f"has {kind}" if "torch" in build.assumed else f"works with {doubtful[0].name}"
    message = f"the database does not know that torch {build.release} {what}: it is assumed"
    first, *rest = doubtful
    yield VERSION_ASSUMED.at(first.line.span, message, also=[Label(ask.line.span) for ask in rest])


def _assumed_tensorflow(space: Space) -> Iterator[Diagnostic]:
    if space.tensorflow is None or not space.tensorflow.candidates[0].assumed:
        return
    row = space.tensorflow.candidates[0]
    needs = f"CUDA {row.cuda} and cuDNN {row.cudnn_major}" if space.gpu_tensorflow else "the Pythons of the newest one"
    message = f"the database does not know tensorflow {row.release}: {needs} are assumed"
    yield VERSION_ASSUMED.at(space.asked("tensorflow", python=space.pythons[0])[0].line.span, message)


def _unproven_cuda(space: Space) -> Iterator[Diagnostic]:
    stated = space.spec.cuda
    if space.gpu_tensorflow is None or stated is None:
        return
    row = space.gpu_tensorflow.candidates[0]
    if row.cuda == minor(stated.value):
        return
    message = f"tensorflow {row.release} is built with CUDA {row.cuda}, not {stated.value}"
    also = [Label(ask.line.span) for ask in space.asked("tensorflow", python=space.pythons[0])]
    yield CUDA_UNPROVEN.at(stated.span, message, help="leave build.cuda out to get the CUDA that it needs", also=also)


def _assumed_releases(space: Space) -> Iterator[Diagnostic]:
    for domain in (space.jax, space.onnxruntime):
        if domain is None or not domain.candidates[0].assumed:
            continue
        row = domain.candidates[0]
        needs = f"CUDA {row.cuda_major}" if space.image else "the Pythons of the newest one"
        message = f"the database does not know {row.package} {row.release}: {needs} is assumed"
        yield VERSION_ASSUMED.at(space.asked(row.package, python=space.pythons[0])[0].line.span, message)


def _unguided_cuda(space: Space) -> Iterator[Diagnostic]:
    """Where something else decides the CUDA it may still not be the one that these need, but it is no guess."""
    decided = (space.torch, space.gpu_tensorflow, space.jax, space.onnxruntime, space.spec.cuda, space.spec.base_image)
    if space.image is None or any(found is not None for found in decided):
        return
    cuda = minor(space.image.candidates[0].cuda)
    for line in unasked(space):
        message = f"which CUDA `{line.requirement.name}` needs cannot be told from its line: CUDA {cuda} is taken"
        yield CUDA_UNGUIDED.at(line.span, message, help="set build.cuda to the version that it is built for")


def _cuda_of_base(space: Space) -> Iterator[Diagnostic]:
    """Where nothing tells it, the packages decide, and some of them look for its libraries in the image."""
    stated = space.spec.base_image
    domains = (space.torch, space.gpu_tensorflow, space.jax, space.onnxruntime)
    names = tuple(domain.question for domain in domains if domain is not None)
    if space.image is None or stated is None or space.spec.cuda is not None or not names:
        return
    cuda = minor(space.image.candidates[0].cuda)
    message = f"which CUDA `{stated.value}` has is not known: {cuda} is taken, to suit {' and '.join(names)}"
    yield CUDA_OF_BASE.at(stated.span, message, help="set build.cuda to the version that the image has")


def _unknown_architectures(space: Space) -> Iterator[Diagnostic]:
    known = {floor.capability for floor in space.floors}
    for stated in space.spec.gpu_architectures:
        if stated.value not in known:
            message = f"the database does not know which builds have kernels for {stated.value}: none was ruled out"
            yield GPU_ARCHITECTURE_UNKNOWN.at(stated.span, message, help="test on such a GPU")
    domains = (space.gpu_tensorflow, space.jax, space.onnxruntime)
    names = tuple(domain.question for domain in domains if domain is not None)
    if space.spec.gpu_architectures and space.image is not None and names:
        message = f"the database does not know which kernels {' and '.join(names)} has"
        yield GPU_ARCHITECTURE_UNKNOWN.at(space.spec.gpu_architectures[0].span, message, help="test on such GPUs")
