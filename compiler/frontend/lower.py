"""From a Document of the right shape to the Spec: the rules that a schema cannot state."""

from ..ir.codes import config as codes
from ..ir.diagnostic import Diagnostic, Label, Report
from ..ir.document import Mapping
from ..ir.project import Files
from ..ir.source import Source, Span
from ..ir.spec import EntryPoint, Spec, Stated
from ..ir.weight import Weight
from .base_image import base_image
from .commands import commands
from .environment import environment
from .image import image
from .model import model
from .older_keys import tell_older_keys
from .references import predictor, trainer
from .requirements import requirements, requirements_file
from .system_packages import system_packages
from .user import user
from .versions import cuda, cudnn, gpu_architectures, minor, python_version

_ASYNC_SINCE = (3, 11)


def lower(root: Mapping, config: Source, files: Files, report: Report) -> Spec:
    """The Spec of a document; it has a meaning only when `report` has no errors."""
    build = root.mapping("build")
    spec = Spec(
        config=config,
        python_version=python_version(build, report),
        gpu=_gpu(build),
        cuda=cuda(build, report),
        cudnn=cudnn(build, report),
        cuda_image=_cuda_image(build),
        gpu_architectures=gpu_architectures(build, report),
        requirements=(packages := requirements(build, files, report)).lines,
        constraints=packages.constraints,
        requirements_file=requirements_file(build),
        system_packages=system_packages(build, report),
        pre_install=commands(build, "pre_install", files, report),
        run=commands(build, "run", files, report),
        environment=environment(root, report),
        image=image(root, report),
        predict=predictor(root, files, report),
        train=trainer(root, files, report),
        concurrency=_concurrency(root),
        base_image=base_image(build, report),
        user=user(build, report),
        model=model(root, report),
        weights=_weights(root, report),
    )
    tell_older_keys(root, report)
    _check_cuda(spec, report)
    _check_concurrency(spec, report)
    return spec


def _weights(root: Mapping, report: Report) -> tuple[Weight, ...]:
    if not root.items("weights"):
        return ()
    from .weights import check_home, weights

    check_home(root, report)
    return weights(root, report)


def _gpu(build: Mapping) -> Stated[bool] | None:
    scalar = build.scalar("gpu")
    return None if scalar is None else Stated(bool(scalar.value()), scalar.span)


def _cuda_image(build: Mapping) -> Stated[str] | None:
    scalar = build.scalar("cuda_image")
    return None if scalar is None else Stated(scalar.text, scalar.span)


def _concurrency(root: Mapping) -> Stated[int] | None:
    scalar = root.mapping("concurrency").scalar("max")
    value = None if scalar is None else scalar.value()
    return Stated(int(value), scalar.span) if scalar is not None and isinstance(value, int | float) else None


def _check_cuda(spec: Spec, report: Report) -> None:
    if spec.uses_gpu:
        return
    architecture = next(iter(spec.gpu_architectures), None)
    keys = {
        "cuda": spec.cuda,
        "cudnn": spec.cudnn,
        "cuda_image": spec.cuda_image,
        "gpu_architectures": architecture,
    }
    for name, stated in keys.items():
        if stated is not None:
            message = f"`build.{name}` has no effect without `gpu: true`"
            advice = "set `gpu: true`, or remove the key"
            report.add(codes.CUDA_WITHOUT_GPU.at(stated.span, message, help=advice))


def _check_concurrency(spec: Spec, report: Report) -> None:
    if spec.concurrency is None or spec.concurrency.value == 1:
        return
    place = spec.concurrency.span
    if spec.python_version is not None and minor(spec.python_version.value) < _ASYNC_SINCE:
        message = f"predictions at the same time need Python 3.11, not {spec.python_version.value}"
        also = [Label(spec.python_version.span, "the version of the image")]
        advice = "raise `python_version`, or set `concurrency.max` to 1"
        report.add(codes.CONCURRENCY_PYTHON.at(place, message, help=advice, also=also))
    if spec.predict is not None and not spec.predict.signature.is_async:
        report.add(_not_async(spec.predict, place))


def _not_async(predict: EntryPoint, place: Span) -> Diagnostic:
    message = f"`{predict.reference}` is not async, so it makes one prediction at a time"
    also = [Label(predict.reference.span, "the entry point")]
    advice = "write the method with `async def`, or set `concurrency.max` to 1"
    return codes.CONCURRENCY_NOT_ASYNC.at(place, message, help=advice, also=also)
