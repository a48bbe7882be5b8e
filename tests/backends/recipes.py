"""Plans and recipes for the tests of backends, made without resolving anything."""

from dataclasses import replace

from cogc.contract import Parameter, Signature, Type
from cogc.ir.plan import Decision, Line, Plan, PlannedWeights
from cogc.ir.recipe import Recipe
from cogc.ir.requirement import LocalFile, LocalFolder, Package, Requirement, RequirementLine
from cogc.ir.source import Source
from cogc.ir.spec import CacheMount, Command, EntryPoint, Reference, SecretMount, Spec, Stated, Variable
from cogc.ir.weight import Weight, WeightSource
from cogc.ir.why import Default
from cogc.passes.steps import lower
from cogc.passes.trusting import trusting

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


def own_base() -> Recipe:
    """A recipe with a step of every kind that the keys of a project on its own base can ask for."""
    local: tuple[RequirementLine, ...] = (
        LocalFile("./wheels/a.whl", PLACE, "wheels/a.whl"),
        LocalFolder("-e ./pkg", PLACE, "pkg"),
    )
    made = plan(base="debian:bookworm-slim", lines=("six==1.16.0", *(line.text for line in local)))
    cache = CacheMount("/root/.cache/x", PLACE)
    spec = replace(
        made.spec,
        base_image=Stated("debian:bookworm-slim", PLACE),
        user=Stated("model", PLACE),
        requirements=local,
        constraints=(Package("six<2", PLACE, Requirement("six<2")),),
        pre_install=(Command("first", (), PLACE),),
        run=(Command("make", (), PLACE, (cache,), (Stated("csrc", PLACE), Stated("setup.py", PLACE))),),
    )
    return lower(replace(made, spec=spec))


def weighted() -> Recipe:
    return lower(weighted_plan())


def weighted_plan() -> Plan:
    """The plan of a model with two sets of weights, of which one is a folder of the project."""
    made = plan()
    source = WeightSource("./models")
    spec = replace(made.spec, weights=(Weight("vae", "/src/vae", (source,), PLACE, ("models",)),))
    sets = (
        PlannedWeights("vae", "/src/vae", Decision("sha256:" + "2" * 64, _WHY)),
        PlannedWeights("base", "/weights", Decision("sha256:" + "1" * 64, _WHY)),
    )
    return replace(made, spec=spec, weights=sets)


def gpu() -> Recipe:
    return lower(plan(base=GPU_BASE, lines=("torch==2.5.1",)))


def with_weights() -> Recipe:
    return lower(plan(lines=("six==1.16.0",)), (("models", "more"), ("a b.bin",)))


def with_certificates() -> Recipe:
    return trusting(own_base(), "-----BEGIN CERTIFICATE-----\n")
