"""A start in two steps: the interpreter and large packages first, the model when its files have come."""

import importlib
import pathlib
import sys
import time
from typing import Mapping

_INTERVAL_SECONDS = 0.01
LIMIT_SECONDS = 60.0


def wait_for_model(environment: Mapping[str, str]) -> None:
    """Imports COG_EAGER_IMPORTS, waits until the file COG_WAIT_FILE exists, and adds COG_PYENV_PATH's packages."""
    for name in filter(None, environment.get("COG_EAGER_IMPORTS", "").split(",")):
        _import_eagerly(name.strip())
    file = environment.get("COG_WAIT_FILE")
    if file and not appears(pathlib.Path(file), LIMIT_SECONDS):
        print(f"COG_WAIT_FILE: {file} is not there after {LIMIT_SECONDS:g} seconds; going on", file=sys.stderr)
    packages = environment.get("COG_PYENV_PATH")
    if packages:
        version = environment.get("R8_PYTHON_VERSION") or "{}.{}".format(*sys.version_info)
        sys.path.insert(0, str(pathlib.Path(packages, "lib", f"python{version}", "site-packages")))


def _import_eagerly(name: str) -> None:
    """It only saves time: what is missing now may be there when the model imports it."""
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(f"COG_EAGER_IMPORTS: {name} cannot be imported: {error}", file=sys.stderr)


def appears(file: pathlib.Path, limit: float) -> bool:
    """False when the file is not there after `limit` seconds."""
    deadline = time.monotonic() + limit
    while not file.exists():
        if time.monotonic() > deadline:
            return False
        time.sleep(_INTERVAL_SECONDS)
    return True
