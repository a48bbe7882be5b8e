"""Spec -> Space: the questions that arise, with everything that the database knows as candidates."""

from ..compat import Compat
from ..ir.rows import CudaImage, TensorFlow, TorchBuild
from ..ir.space import TORCH_FAMILY, Ask, Domain, Space
from ..ir.spec import Spec
from .asks import asks
from .assumptions import with_assumed_tensorflow, with_assumed_torch
from .own_index import has_own_index


def opening(spec: Spec, compat: Compat) -> Space:
    lines = asks(spec, compat.pythons)
    own_index = has_own_index(spec, lines)
    return Space(
        spec,
        lines,
        own_index,
        Domain("python", compat.pythons),
        _torch(lines, compat, own_index),
        _tensorflow(lines, compat, own_index),
        _images(spec, compat),
    )


def _torch(lines: tuple[Ask, ...], compat: Compat, own_index: bool) -> Domain[TorchBuild] | None:
    if not any(ask.name in TORCH_FAMILY for ask in lines):
        return None
    return Domain("torch", with_assumed_torch(compat.torch, lines, own_index))


def _tensorflow(lines: tuple[Ask, ...], compat: Compat, own_index: bool) -> Domain[TensorFlow] | None:
    if not any(ask.name == "tensorflow" for ask in lines):
        return None
    return Domain("tensorflow", with_assumed_tensorflow(compat.tensorflow, lines, own_index))


def _images(spec: Spec, compat: Compat) -> Domain[CudaImage] | None:
    return Domain("base_image", compat.images) if spec.uses_gpu else None
