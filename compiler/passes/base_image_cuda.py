"""The CUDA that the name of the user's own base image tells."""

import re
from dataclasses import replace

from ..compat import Compat
from ..ir.rows import minor
from ..ir.spec import Spec, Stated

# cuda:12.4.1-devel, pytorch:2.5.1-cuda12.4-cudnn9, gpu-base:cu124
_TOLD = r"(?i)(?<![a-z])(?:cuda[:_.-]?v?(?P<dotted>\d{2}\.\d+)|cu(?P<major>\d\d)(?P<minor>\d))(?![a-z\d])"


def with_told_cuda(spec: Spec, compat: Compat) -> Spec:
    """The version in the name counts as stated where `build.cuda` says nothing, and where the database has it."""
    if not spec.uses_gpu or spec.cuda is not None or spec.base_image is None:
        return spec
    found = re.search(_TOLD, spec.base_image.value)
    version = "" if found is None else found["dotted"] or f"{found['major']}.{found['minor']}"
    if found is None or version not in {minor(image.cuda) for image in compat.images}:
        return spec
    return replace(spec, cuda=Stated(version, spec.base_image.span))
