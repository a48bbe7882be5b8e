"""Builds have kernels for all GPU architectures that are asked for, as far as that is known."""

from dataclasses import replace

from ..ir.rows import CudaImage, GpuFloor, TorchBuild, minor, version
from ..ir.space import Space
from ..ir.why import Derived, Why, Written

RULE = "gpu-architectures"


def narrow(space: Space) -> Space:
    if space.image is None or not space.floors:
        return space
    torch = space.torch.cut(RULE, lambda build: _why_not_build(space, build)) if space.torch else None
    if space.gpu_tensorflow is not None:
        return replace(space, torch=torch)  # which kernels it has is not known, and its CUDA is not for choice
    return replace(space, torch=torch, image=space.image.cut(RULE, lambda image: _why_not_image(space, image)))


def _why_not_build(space: Space, build: TorchBuild) -> Why | None:
    lacking = (floor for floor in space.floors if not _has_kernels(build, floor))
    return next((_why(space, floor) for floor in lacking), None)


def _has_kernels(build: TorchBuild, floor: GpuFloor) -> bool:
    new_enough = not floor.torch or version(build.release) >= version(floor.torch)
    return new_enough and bool(build.cuda) and floor.covers(build.cuda)


def _why_not_image(space: Space, image: CudaImage) -> Why | None:
    lacking = (floor for floor in space.floors if not floor.covers(minor(image.cuda)))
    return next((_why(space, floor) for floor in lacking), None)


def _why(space: Space, floor: GpuFloor) -> Why:
    torch = f"torch {floor.torch} and " if floor.torch else ""
    until = f", and are gone from CUDA {floor.dropped}" if floor.dropped else ""
    fact = floor.place.fact(f"kernels for {floor.capability} need {torch}CUDA {floor.cuda} or newer{until}")
    places = (stated for stated in space.spec.gpu_architectures if stated.value == floor.capability)
    return Derived(fact.text, (fact, *(Written(stated.span, fact.text) for stated in places)))
