"""What the user should know of a plan that works: what was assumed, and what nobody has tested."""

from collections.abc import Iterator

from ..ir.codes.resolution import CUDA_UNPROVEN, VERSION_ASSUMED
from ..ir.diagnostic import Diagnostic, Label
from ..ir.rows import minor
from ..ir.space import TORCH_FAMILY, Space


def notes(space: Space) -> Iterator[Diagnostic]:
    yield from _assumed_torch(space)
    yield from _assumed_tensorflow(space)
    yield from _unproven_cuda(space)


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
