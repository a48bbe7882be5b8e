"""Spec -> Space: the questions that arise, with everything that the database knows as candidates."""

from collections.abc import Callable

from ..compat import Compat
from ..ir.rows import CudaImage, GpuFloor, GpuRelease, TensorFlow, TorchBuild
from ..ir.space import TORCH_FAMILY, Ask, Domain, Space
from ..ir.spec import Spec
from .asks import asks
from .assumptions import is_older_than, with_assumed_releases, with_assumed_tensorflow, with_assumed_torch
from .base_image_cuda import with_told_cuda
from .own_index import has_own_index


def opening(spec: Spec, compat: Compat) -> Space:
    spec = with_told_cuda(spec, compat)
    lines = asks(spec, compat.pythons)
    own_index = has_own_index(spec, lines)
    return Space(
        spec,
        lines,
        own_index,
        Domain("python", compat.pythons),
        _torch(spec, lines, compat, own_index),
        _tensorflow(lines, compat, own_index),
        _releases("jax", lines, lambda: compat.jax),
        _releases("onnxruntime-gpu", lines, lambda: compat.onnxruntime),
        _images(spec, compat),
        _floors(spec, compat),
        compat.arm64 if spec.machine == "aarch64" else (),
    )


def _torch(spec: Spec, lines: tuple[Ask, ...], compat: Compat, own_index: bool) -> Domain[TorchBuild] | None:
    if not any(ask.name in TORCH_FAMILY for ask in lines):
        return None
    cuda = spec.cuda.value if spec.cuda else ""
    return Domain("torch", with_assumed_torch(compat.torch, lines, own_index, cuda))


def _tensorflow(lines: tuple[Ask, ...], compat: Compat, own_index: bool) -> Domain[TensorFlow] | None:
    if not any(ask.name == "tensorflow" for ask in lines):
        return None
    return Domain("tensorflow", with_assumed_tensorflow(compat.tensorflow, lines, own_index))


def _images(spec: Spec, compat: Compat) -> Domain[CudaImage] | None:
    return Domain("base_image", compat.images) if spec.uses_gpu else None


def _releases(
    package: str, lines: tuple[Ask, ...], rows: Callable[[], tuple[GpuRelease, ...]]
) -> Domain[GpuRelease] | None:
    asks = tuple(ask for ask in lines if ask.name == package)
    if not asks or is_older_than(asks, rows()):
        return None
    return Domain(package, with_assumed_releases(rows(), asks))


def _floors(spec: Spec, compat: Compat) -> tuple[GpuFloor, ...]:
    wanted = {stated.value for stated in spec.gpu_architectures}
    return tuple(floor for floor in compat.floors if floor.capability in wanted) if wanted else ()
