"""From Spec to Plan to Recipe: narrow what is possible, choose, lay out the steps."""

from collections.abc import Callable

from ..ir.space import Space
from . import (
    accelerator,
    arising,
    companions,
    concurrency,
    cuda,
    cuda_image,
    cudnn,
    gpu_architectures,
    jax,
    onnxruntime,
    platform,
    python_version,
    tensorflow_cuda,
    tensorflow_version,
    torch_cuda,
    torch_version,
    wheels,
)

# What the user states comes first, so that a contradiction names the statement, and then what relates two questions.
PIPELINE: tuple[tuple[str, Callable[[Space], Space]], ...] = (
    (python_version.RULE, python_version.narrow),
    (concurrency.RULE, concurrency.narrow),
    (torch_version.RULE, torch_version.narrow),
    (accelerator.RULE, accelerator.narrow),
    (companions.RULE, companions.narrow),
    (tensorflow_version.RULE, tensorflow_version.narrow),
    (cuda.RULE, cuda.narrow),
    (cudnn.RULE, cudnn.narrow),
    (jax.RULE, jax.narrow),
    (onnxruntime.RULE, onnxruntime.narrow),
    (platform.RULE, platform.narrow),
    (cuda_image.RULE, cuda_image.narrow),
    (gpu_architectures.RULE, gpu_architectures.narrow),
    (wheels.RULE, wheels.narrow),
    (arising.RULE, arising.narrow),
    (tensorflow_cuda.RULE, tensorflow_cuda.narrow),
    (torch_cuda.RULE, torch_cuda.narrow),
)
