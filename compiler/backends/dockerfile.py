"""Recipe -> Dockerfile."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from ..ir.recipe import (
    REQUIREMENTS,
    RUNTIME_WHEEL,
    SERVER_LOCK,
    CopySource,
    Describe,
    InstallPython,
    InstallRequirements,
    InstallServer,
    InstallSystemPackages,
    InstallTools,
    Recipe,
    RunCommand,
    SetEnvironment,
    StartServer,
    Step,
)
from . import uv
from .quoting import folded, quoted, shell_or_exec

# Where the context folder holds what the compiler made, and the project.
OWN_FOLDER = "cogc"
SOURCE_FOLDER = "src"
# The name of the last stage, which is the image.
STAGE = "model"

_UV = "/opt/uv"
_MADE = "/opt/cogc"
_APT = "/var/cache/cogc"
_PYTHON = "/opt/python"

_MOUNT_UV = f"--mount=type=bind,from=uv,source={_UV},target={_UV}"
_CACHE_UV = "--mount=type=cache,target=/root/.cache/uv"
_CACHE_PIP = "--mount=type=cache,target=/root/.cache/pip"
_CACHE_APT = f"--mount=type=cache,target={_APT},sharing=locked"
# uv trusts what the base image's system and pip trust.
_TRUST = f"SSL_CERT_DIR=/etc/ssl/certs SSL_CERT_FILE={_UV}/cacert.pem"
# Bytecode that is checked by content stays valid whatever a builder does to file times.
_SETTINGS = f"{_TRUST} PYC_INVALIDATION_MODE=CHECKED_HASH"
_INSTALL = f"{_UV}/bin/uv pip install --compile-bytecode --link-mode copy"
_TITLE_LENGTH = 60
_AND = " \\\n && "
_NEXT = " \\\n    "


@dataclass(frozen=True, slots=True)
class Block:
    """The instructions of one step, under a title that a person reads."""

    title: str
    instructions: tuple[str, ...]


def dockerfile(recipe: Recipe) -> str:
    """The text, which needs a folder `cogc/` with the compiler's own files, and `src/` with the project's."""
    installer = {"base": _installer_base(recipe), "run": _fetch_uv()}
    return _template().render(installer=installer, base=recipe.base, stage=STAGE, blocks=_blocks(recipe))


def titles(recipe: Recipe) -> tuple[str, ...]:
    """What each step of the last stage does, by the numbers that BuildKit gives to steps, less one."""
    working = ("RUN ", "COPY ", "WORKDIR ")
    steps = ((block.title, line) for block in _blocks(recipe) for line in block.instructions)
    return ("Base image", *(title for title, line in steps if line.startswith(working)))


def _blocks(recipe: Recipe) -> tuple[Block, ...]:
    return tuple(_block(step) for step in recipe.steps)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("cogc", "backends"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("dockerfile.j2")


def _installer_base(recipe: Recipe) -> str:
    """Any image with pip will do; the base itself costs nothing more."""
    if any(isinstance(step, InstallPython) for step in recipe.steps):
        return f"python:{'.'.join(recipe.python.split('.')[:2])}-slim"
    return recipe.base


def _fetch_uv() -> str:
    install = "python -m pip install --no-cache-dir --no-compile --disable-pip-version-check --no-warn-script-location"
    pinned = _NEXT.join((f"printf '%s\\n' '{uv.REQUIREMENT}'", f"| {install}"))
    target = f" --root-user-action=ignore --require-hashes --target {_UV} -r /dev/stdin"
    return f'RUN {pinned}{target}{_AND}cp "$(python -m pip._vendor.certifi)" {_UV}/cacert.pem'


def _block(step: Step) -> Block:
    match step:
        case InstallTools():
            return Block("Tools of the image", (_apt(step.packages, "--no-install-recommends "),))
        case InstallPython():
            return Block(f"Python {step.version}", tuple(_python(step)))
        case InstallServer():
            return Block("Prediction server, apart from the model", (_server(step),))
        case InstallSystemPackages():
            return Block("System packages", (_apt(step.packages, ""),))
        case InstallRequirements():
            return Block("Python packages", (_requirements(step),))
        case SetEnvironment():
            return Block("Environment", tuple(_pairs("ENV", step.variables)))
        case RunCommand():
            return Block(f"Command: {_shortened(step.text)}", (_command(step),))
        case StartServer():
            return Block("Start", tuple(_start(step)))
        case Describe():
            return Block("Labels", tuple(_pairs("LABEL", step.labels)))
        case CopySource():
            return Block("Source", (f"COPY {SOURCE_FOLDER} {step.folder}",))


def _apt(packages: tuple[str, ...], options: str) -> str:
    """apt-get with its lists and archives in a cache mount, so that no layer holds them."""
    apt = f"apt-get -qq -o Dir::Cache={_APT} -o Dir::State::Lists={_APT}/lists"
    names = " ".join(shlex.quote(package) for package in packages)
    commands = (
        f"mkdir -p {_APT}/archives/partial {_APT}/lists/partial",
        f"{apt} update",
        f"{apt} install -y {options}{names}",
    )
    return f"RUN {_CACHE_APT}{_NEXT}{_AND.join(commands)}"


def _python(step: InstallPython) -> Iterator[str]:
    """A Python that one may install into, under a path that does not name its patch version or its platform."""
    commands = (
        f"{_TRUST} {_UV}/bin/uv python install --no-bin --install-dir {_PYTHON} {step.version}",
        f"ln -s {_PYTHON}/cpython-{step.version}-* {_PYTHON}/current",
        f"rm -f {_PYTHON}/current/lib/python*/EXTERNALLY-MANAGED",
    )
    yield f"RUN {_NEXT.join((_MOUNT_UV, _CACHE_UV, _AND.join(commands)))}"
    yield f'ENV PATH="{_PYTHON}/current/bin:$PATH"'


def _server(step: InstallServer) -> str:
    return _uv_install(f"--target {step.folder} --no-deps", (SERVER_LOCK,))


def _requirements(step: InstallRequirements) -> str:
    flags = (shlex.quote(flag) for flag in uv.flags(step.lines))
    return _uv_install(" ".join(("--system", *flags)), (REQUIREMENTS,) if step.lines else ())


def _uv_install(options: str, listings: tuple[str, ...]) -> str:
    """Installs the runtime, and what files of the compiler list."""
    mounts = (_MOUNT_UV, *map(_own, (*listings, RUNTIME_WHEEL)), _CACHE_UV)
    files = (*(f"-r {_MADE}/{listing}" for listing in listings), f"{_MADE}/{RUNTIME_WHEEL}")
    return f"RUN {_NEXT.join((*mounts, _SETTINGS, f'{_INSTALL} {options}', ' '.join(files)))}"


def _own(name: str) -> str:
    """One file a mount: a change of the requirements leaves the server's layer alone."""
    return f"--mount=type=bind,source={OWN_FOLDER}/{name},target={_MADE}/{name}"


def _shortened(command: str) -> str:
    first = command.partition("\n")[0]
    return first if len(command) <= _TITLE_LENGTH else f"{first[: _TITLE_LENGTH - 1]}…"


def _command(step: RunCommand) -> str:
    secrets = (f"--mount=type=secret,id={secret.id},target={secret.target},required=true" for secret in step.secrets)
    return folded(f"RUN {_NEXT.join((_CACHE_PIP, *secrets, shell_or_exec(step.text)))}")


def _start(step: StartServer) -> Iterator[str]:
    yield f"WORKDIR {step.folder}"
    yield f"EXPOSE {step.port}"
    yield 'ENTRYPOINT ["/usr/bin/tini", "--"]'
    yield f"CMD {json.dumps(step.command)}"


def _pairs(instruction: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    return (folded(f"{instruction} {name}={quoted(value)}") for name, value in pairs)
