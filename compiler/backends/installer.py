"""Instructions that install by uv, which is mounted while it is needed and is in no layer."""

import shlex

from ..ir.ground_steps import CERTIFICATES
from ..ir.recipe import (
    CONSTRAINTS,
    PROJECTS,
    REQUIREMENTS,
    RUNTIME_WHEEL,
    SERVER_LOCK,
    SOURCE_FOLDER,
    EnsurePython,
    InstallProjects,
    InstallPython,
    InstallRequirements,
    InstallServer,
    Recipe,
)
from . import uv
from .layout import OWN, place
from .run import bind_mount, cache_mount, run, words

_UV = "/opt/uv"
_MADE = "/opt/cogc"
_PYTHON = "/opt/python"

_MOUNT_UV = f"--mount=type=bind,from=uv,source={_UV},target={_UV}"
_CACHE_UV = cache_mount("/root/.cache/uv")
# uv trusts what the base image's system and pip trust.
_TRUST = f"SSL_CERT_DIR=/etc/ssl/certs SSL_CERT_FILE={_UV}/cacert.pem"
# Bytecode that is checked by content stays valid whatever a builder does to file times, and what uv notes down about
# files that it installs from would differ with those.
_SETTINGS = f"{_TRUST} PYC_INVALIDATION_MODE=CHECKED_HASH UV_NO_INSTALLER_METADATA=1"
_INSTALL = "pip install --compile-bytecode --link-mode copy"
_UNLOCK = "rm -f /tmp/uv-*.lock"


def fetch(recipe: Recipe) -> str:
    """Makes the folder that the other instructions mount."""
    install = "python -m pip install --no-cache-dir --no-compile --disable-pip-version-check --no-warn-script-location"
    target = f"--root-user-action=ignore --require-hashes --target {_UV} -r {_MADE}/{uv.ITSELF}"
    bundle = f"{_UV}/cacert.pem"
    if not recipe.certificates:
        known = f'cp "$(python -m pip._vendor.certifi)" {bundle}'
        return run((_own(uv.ITSELF),), (words(install, target), known))
    more = f'mkdir {_UV} && cat "$(python -m pip._vendor.certifi)" {_MADE}/{CERTIFICATES} > {bundle}'
    return run(tuple(map(_own, (uv.ITSELF, CERTIFICATES))), (more, words(install, f"--cert {bundle}", target)))


def python(step: InstallPython) -> tuple[str, ...]:
    """A Python that one may install into, under a path that does not name its patch version or its platform."""
    return run((_MOUNT_UV, _CACHE_UV), _get_python(step.version)), f'ENV PATH="{_PYTHON}/current/bin:$PATH"'


def missing_python(step: EnsurePython) -> tuple[str, ...]:
    """The same where `python` is another version, has no pip, or is one that the system keeps for itself."""
    length = len(step.version.split("."))
    found = (
        "import os, pip, sys, sysconfig; "
        "own = not os.path.exists(sysconfig.get_path('stdlib') + '/EXTERNALLY-MANAGED'); "
        f"sys.exit(not own or '.'.join(map(str, sys.version_info[:{length}])) != '{step.version}')"
    )
    get = " && ".join(_get_python(step.version))
    command = words(f'python -c "{found}" 2>/dev/null', f"|| {{ {get}; }}")
    return run((_MOUNT_UV, _CACHE_UV), (command,)), f'ENV PATH="{_PYTHON}/current/bin:$PATH"'


def _get_python(version: str) -> tuple[str, ...]:
    return (
        f"{_TRUST} {_UV}/bin/uv python install --no-bin --install-dir {_PYTHON} {version}",
        f"ln -s {_PYTHON}/cpython-{version}-* {_PYTHON}/current",
        f"rm -rf {_PYTHON}/current/lib/python*/EXTERNALLY-MANAGED {_PYTHON}/.lock {_PYTHON}/.temp",
    )


def server(step: InstallServer) -> str:
    target = f"--target {step.folder} --no-deps"
    files = f"-r {_MADE}/{SERVER_LOCK} {_MADE}/{RUNTIME_WHEEL}"
    mounts = (_MOUNT_UV, *map(_own, (SERVER_LOCK, RUNTIME_WHEEL)), _CACHE_UV)
    return run(mounts, (words(_SETTINGS, f"{_UV}/bin/uv {_INSTALL} {target}", files), _UNLOCK))


def requirements(step: InstallRequirements) -> str:
    return _packages(step, REQUIREMENTS if step.lines else "", ())


def projects(step: InstallProjects) -> str:
    """Folders may be written to while they are built; what is written there stays in no layer."""
    folders = tuple(bind_mount(place(path), _target(path), "rw") for path in step.folders)
    return _packages(step, PROJECTS, folders)


def _packages(step: InstallRequirements | InstallProjects, listing: str, folders: tuple[str, ...]) -> str:
    constraints = CONSTRAINTS if step.constraints else ""
    own = tuple(_own(name) for name in (listing, constraints, RUNTIME_WHEEL) if name)
    files = tuple(bind_mount(place(path), _target(path)) for path in step.files)
    # uv takes paths in the lines from where it is started.
    where = f" --directory {SOURCE_FOLDER}" if files or folders else ""
    made = uv.Files(*(name and f"{_MADE}/{name}" for name in (listing, constraints, RUNTIME_WHEEL)))
    installs = (
        words(_SETTINGS, f"{_UV}/bin/uv{where} {_INSTALL} --system", shlex.join(arguments))
        for arguments in uv.packages(step.lines, made)
    )
    return run((_MOUNT_UV, *own, *files, *folders, _CACHE_UV), (*installs, _UNLOCK))


def _own(name: str) -> str:
    """One file a mount: a change of the requirements leaves the server's layer alone."""
    return bind_mount(f"{OWN}/{name}", f"{_MADE}/{name}")


def _target(path: str) -> str:
    return SOURCE_FOLDER if path == "." else f"{SOURCE_FOLDER}/{path}"
