"""Plans and recipes for the tests of backends, made without resolving anything."""

from cogc.contract import Parameter, Signature, Type
from cogc.ir.plan import Decision, Line, Plan
from cogc.ir.recipe import Recipe
from cogc.ir.source import Source
from cogc.ir.spec import Command, EntryPoint, Reference, SecretMount, Spec, Stated, Variable
from cogc.ir.why import Default
from cogc.passes.steps import lower

PLACE = Source("cog.yaml", "build: {}\n").whole()
CPU_BASE = "python:3.12-slim"
GPU_BASE = "nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04"

_WHY = Default("a test says so")
_SIGNATURE = Signature(parameters=(Parameter("text", Type("str")),), output=Type("str"))


def plan(
    base: str = CPU_BASE,
    lines: tuple[str, ...] = (),
    system: tuple[str, ...] = (),
    commands: tuple[str, ...] = (),
    variables: tuple[tuple[str, str], ...] = (),
    secrets: tuple[tuple[str, str], ...] = (),
    signature: Signature = _SIGNATURE,
) -> Plan:
    """`secrets` (id and target) are mounted by each of the commands."""
    mounts = tuple(SecretMount(name, target, PLACE) for name, target in secrets)
    spec = Spec(
        PLACE.source,
        gpu=Stated(base == GPU_BASE, PLACE),
        system_packages=tuple(Stated(package, PLACE) for package in system),
        run=tuple(Command(text, mounts, PLACE) for text in commands),
        environment=tuple(Variable(name, value, PLACE) for name, value in variables),
        predict=EntryPoint(Reference("predict.py", "Predictor", PLACE), signature),
    )
    requirements = tuple(Line(line, _WHY) for line in lines)
    return Plan(spec, Decision("3.12", _WHY), Decision(base, _WHY), (), requirements)


def full() -> Recipe:
    """A recipe with a step of every kind that a CPU project can have."""
    return lower(
        plan(
            lines=("six==1.16.0",),
            system=("ffmpeg",),
            commands=("echo hello",),
            variables=(("A", "b"),),
            secrets=(("pip", "/etc/pip.conf"),),
        )
    )


def gpu() -> Recipe:
    return lower(plan(base=GPU_BASE, lines=("torch==2.5.1",)))
