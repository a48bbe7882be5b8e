"""An image without CUDA libraries will do only where every GPU package brings its own as wheels."""

from dataclasses import replace

from ..ir.codes.resolution import CUDNN_WITHOUT_IMAGE
from ..ir.diagnostic import Label, Report
from ..ir.rows import GpuRelease, TensorFlow, TorchBuild
from ..ir.space import Domain, Space
from ..ir.spec import Spec
from ..ir.why import Derived, Fact, Why, Written
from .jax import wants_local_cuda

RULE = "cuda-image"


def check_cuda_image(spec: Spec, report: Report) -> None:
    if spec.cudnn is None or spec.cuda_image is None or not spec.cuda_in_wheels:
        return
    message = f"`build.cudnn` is that of the image, and with `cuda_image: {spec.cuda_image.value}` it has none"
    also = [Label(spec.cuda_image.span, "the packages bring their own")]
    report.add(CUDNN_WITHOUT_IMAGE.at(spec.cudnn.span, message, help="remove one of the two keys", also=also))


def narrow(space: Space) -> Space:
    stated = space.spec.cuda_image
    if stated is None or not space.spec.cuda_in_wheels or space.image is None:
        return space
    asked = Written(stated.span, f"`cuda_image: {stated.value}` has no CUDA libraries")
    tensorflow = space.tensorflow if space.gpu_tensorflow is None else _cut_tensorflow(space.gpu_tensorflow, asked)
    torch = space.torch.cut(RULE, lambda build: _why_not_torch(build, asked)) if space.torch else None
    ort = space.onnxruntime.cut(RULE, lambda row: _why_not_release(row, asked)) if space.onnxruntime else None
    jax = space.jax.cut(RULE, lambda row: _why_not_jax(space, row, asked)) if space.jax else None
    return replace(space, torch=torch, tensorflow=tensorflow, jax=jax, onnxruntime=ort)


def _cut_tensorflow(domain: Domain[TensorFlow], asked: Written) -> Domain[TensorFlow]:
    def refuse(row: TensorFlow) -> Why | None:
        return None if row.extra else _lacking(row.place.fact(f"tensorflow {row.release} has no extra for CUDA"), asked)

    return domain.cut(RULE, refuse)


def _why_not_torch(build: TorchBuild, asked: Written) -> Why | None:
    fact = build.place.fact(f"no wheel of torch {build.release} is known to bring its CUDA libraries")
    return None if build.wheel is not None else _lacking(fact, asked)


def _why_not_release(row: GpuRelease, asked: Written) -> Why | None:
    fact = row.place.fact(f"{row.package} {row.release} has no extra for CUDA")
    return None if row.extras else _lacking(fact, asked)


def _why_not_jax(space: Space, row: GpuRelease, asked: Written) -> Why | None:
    fact = row.place.fact("the `local` extras of JAX look for CUDA in the image")
    return _lacking(fact, asked) if wants_local_cuda(space.certain("jax")) else None


def _lacking(fact: Fact, asked: Written) -> Why:
    return Derived(fact.text, (fact, asked))
