"""Plan -> the plan after a change of one key, whatever the change is: what `cogc impact` compares with."""

from collections.abc import Callable
from dataclasses import replace

from ..contract import Signature, Type
from ..ir.plan import Decision, Line, Plan, PlannedWeights
from ..ir.spec import Command, EntryPoint, Reference, Spec, Stated, Variable
from ..ir.why import Default

Pretended = Callable[[Plan], Plan]

_OTHER = "…"
_WHY = Default("it is pretended")
_SIGNATURE = Signature((), Type("any"))


def another_base(plan: Plan) -> Plan:
    return replace(plan, base_image=Decision(f"{plan.base_image.value}.{_OTHER}", _WHY))


def another_requirement(plan: Plan) -> Plan:
    return replace(plan, requirements=(*plan.requirements, Line(_OTHER, _WHY)))


def another_signature(plan: Plan) -> Plan:
    """The entry points take and give something else."""
    spec = plan.spec
    predict = spec.predict and replace(spec.predict, signature=_SIGNATURE)
    train = spec.train and replace(spec.train, signature=_SIGNATURE)
    return replace(plan, spec=replace(spec, predict=predict, train=train))


def another_weights(plan: Plan) -> Plan:
    """The first set has other files."""
    first = plan.weights[0] if plan.weights else PlannedWeights(_OTHER, _OTHER, Decision(_OTHER, _WHY))
    changed = replace(first, digest=Decision(f"{first.digest.value}{_OTHER}", _WHY))
    return replace(plan, weights=(changed, *plan.weights[1:]))


def _system_packages(spec: Spec) -> Spec:
    return replace(spec, system_packages=(*spec.system_packages, Stated(_OTHER, spec.config.start())))


def _run(spec: Spec) -> Spec:
    """The first of the commands, as any of them may change."""
    text = spec.run[0].text if spec.run else ""
    return replace(spec, run=(Command(f"{text}{_OTHER}", (), spec.config.start()), *spec.run[1:]))


def _pre_install(spec: Spec) -> Spec:
    text = spec.pre_install[0].text if spec.pre_install else ""
    return replace(spec, pre_install=(Command(f"{text}{_OTHER}", (), spec.config.start()), *spec.pre_install[1:]))


def _user(spec: Spec) -> Spec:
    return replace(spec, user=Stated(_OTHER, spec.config.start()))


def _environment(spec: Spec) -> Spec:
    name = spec.environment[0].name if spec.environment else _OTHER
    return replace(spec, environment=(Variable(name, _OTHER, spec.config.start()), *spec.environment[1:]))


def _image(spec: Spec) -> Spec:
    return replace(spec, image=Stated(_OTHER, spec.config.start()))


def _model(spec: Spec) -> Spec:
    return replace(spec, model=Stated(_OTHER, spec.config.start()))


def _predict(spec: Spec) -> Spec:
    return replace(spec, predict=_entry(spec))


def _train(spec: Spec) -> Spec:
    return replace(spec, train=_entry(spec))


def _entry(spec: Spec) -> EntryPoint:
    return EntryPoint(Reference(f"{_OTHER}.py", _OTHER, spec.config.start()), _SIGNATURE)


def _concurrency(spec: Spec) -> Spec:
    now = 1 if spec.concurrency is None else spec.concurrency.value
    return replace(spec, concurrency=Stated(now + 1, spec.config.start()))


def _of_spec(change: Callable[[Spec], Spec]) -> Pretended:
    return lambda plan: replace(plan, spec=change(plan.spec))


# A key that is not listed can change anything, as far as is known.
_BY_KEY: dict[str, Pretended] = {
    "build.pre_install": _of_spec(_pre_install),
    "build.python_packages": another_requirement,
    "build.python_requirements": another_requirement,
    "build.run": _of_spec(_run),
    "build.system_packages": _of_spec(_system_packages),
    "build.user": _of_spec(_user),
    "concurrency": _of_spec(_concurrency),
    "concurrency.max": _of_spec(_concurrency),
    "environment": _of_spec(_environment),
    "image": _of_spec(_image),
    "model": _of_spec(_model),
    "predict": _of_spec(_predict),
    "run": _of_spec(_predict),
    "train": _of_spec(_train),
    "weights": another_weights,
}


def change_of_key(key: str) -> Pretended:
    return _BY_KEY.get(key, another_base)
