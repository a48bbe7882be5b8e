"""ONNX Runtime finds CUDA and cuDNN in the image: both are of the major versions that the release is built for."""

from dataclasses import replace

from ..ir.rows import CudaImage, GpuRelease
from ..ir.space import Space
from .gpu_release import asked_for, suited

RULE = "onnxruntime"


def narrow(space: Space) -> Space:
    if space.onnxruntime is None:
        return space
    releases = asked_for(space.onnxruntime, RULE, space.certain("onnxruntime-gpu"))
    if space.image is None or space.optional("onnxruntime-gpu"):
        return replace(space, onnxruntime=releases)
    in_wheels = space.spec.cuda_in_wheels

    def fits(row: GpuRelease, image: CudaImage) -> bool:
        cudnn = in_wheels or image.cudnn == row.cudnn_major
        return cudnn and image.cuda.startswith(f"{row.cuda_major}.")

    onnxruntime, image = suited(releases, space.image, RULE, fits)
    return replace(space, onnxruntime=onnxruntime, image=image)
