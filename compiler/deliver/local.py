"""The plan on this machine: its environment, made once under `.cog/local`."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import uv

from ..backends import host
from ..backends.context import own_files
from ..ir.codes.delivery import LOCAL_DIFFERS, LOCAL_INSTALL_FAILED
from ..ir.diagnostic import CompileError, Diagnostic
from ..ir.recipe import Recipe
from .interpreters import Interpreter, nearest
from .tree import entries_below
from .workspace import workspace

_STAMP = "made-from"


@dataclass(frozen=True, slots=True)
class Local:
    """A project's environment on this machine, ready to run."""

    project: Path
    recipe: Recipe
    places: host.Places
    interpreter: Interpreter

    def differences(self) -> Diagnostic:
        listed = host.differences(self.recipe, self.interpreter.version)
        return LOCAL_DIFFERS.bare("running on this machine, without the image: " + "; ".join(listed))


def prepare(project: Path, recipe: Recipe) -> Local:
    """Makes the environment, or finds the one that the same recipe and Python made.

    Raises CompileError (`local-python-missing`, `local-install-failed`).
    """
    home = workspace(project, "local")
    places = host.Places(uv.find_uv_bin(), str(project), *(str(home / name) for name in ("files", "venv", "server")))
    stamp, digest = home / _STAMP, _digest(project, recipe, places)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (known := _made_before(stamp, digest)) is not None:
            return Local(project, recipe, places, known)
        stamp.unlink(missing_ok=True)
        local = Local(project, recipe, places, nearest(recipe.python, places.uv))
        _make(local)
        stamp.write_text(json.dumps([digest, local.interpreter.path, local.interpreter.version]), "utf-8")
    return local


def _made_before(stamp: Path, digest: str) -> Interpreter | None:
    """The interpreter of an environment that is what we need, as long as it is still there."""
    if not stamp.is_file():
        return None
    made, path, version = json.loads(stamp.read_text("utf-8"))
    return Interpreter(path, version) if made == digest and Path(path).exists() else None


def _make(local: Local) -> None:
    for folder in (local.places.files, local.places.server):
        shutil.rmtree(folder, ignore_errors=True)
    Path(local.places.files).mkdir()
    for name, content in own_files(local.recipe):
        (Path(local.places.files) / name).write_bytes(content)
    for argv in host.installs(local.recipe, local.interpreter.path, local.places):
        _install(argv)


def _install(argv: host.Argv) -> None:
    """uv shows its progress to a person only; what goes wrong it says in any case."""
    quiet = () if sys.stderr.isatty() else ("--quiet",)
    if subprocess.run((argv[0], *quiet, *argv[1:]), stdout=sys.stderr, check=False).returncode != 0:
        advice = "the lines above are the installer's; an image may have what this machine has not"
        raise CompileError([LOCAL_INSTALL_FAILED.bare("the packages could not be installed here", help=advice)])


def _digest(project: Path, recipe: Recipe, places: host.Places) -> str:
    """Of all that the environment is made from: the files, the commands, the wanted Python, parts of the project."""
    whole = hashlib.sha256(repr((recipe.python, host.installs(recipe, "", places))).encode())
    for name, content in own_files(recipe):
        whole.update(name.encode() + content)
    for path in host.copied(recipe):
        for file in _files(project, path):
            whole.update(str(file).encode() + file.read_bytes())
    return whole.hexdigest()


def _files(project: Path, path: str) -> list[Path]:
    if (project / path).is_file():
        return [project / path]
    return [found for found in entries_below(project, path) if found.is_file()]
