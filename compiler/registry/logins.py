"""Logins: the files where clients of registries keep names and passwords, or name the program that keeps them."""

import base64
import json
import os
import secrets
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..ir.codes.registry import REGISTRY_CREDENTIALS
from ..ir.diagnostic import CompileError
from .reference import HUB

HUB_KEY = "https://index.docker.io/v1/"
_FILE = "config.json"


def login_files(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """In the order in which they are asked: the one that is named for podman, docker's, podman's own.

    Podman and buildah read docker's, too; docker reads no other.
    """
    named, runtime = environment.get("REGISTRY_AUTH_FILE"), environment.get("XDG_RUNTIME_DIR")
    configuration = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return (
        *((Path(named),) if named else ()),
        Path(environment.get("DOCKER_CONFIG") or Path.home() / ".docker") / _FILE,
        *((Path(runtime) / "containers" / "auth.json",) if runtime else ()),
        Path(configuration) / "containers" / "auth.json",
    )


def keep_login(host: str, username: str, password: str, environment: Mapping[str, str]) -> str:
    """Keeps a login in the first of the files, or where that file says; gives the place, for a person.

    Raises CompileError (`registry-credentials`).
    """
    path = login_files(environment)[0]
    key = HUB_KEY if host == HUB else host
    try:
        config = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        helper = config.get("credHelpers", {}).get(key) or config.get("credsStore")
        if helper:
            _hand_over(f"docker-credential-{helper}", key, username, password)
        secret = {} if helper else {"auth": base64.b64encode(f"{username}:{password}".encode()).decode()}
        _write(path, {**config, "auths": {**config.get("auths", {}), key: secret}})
    except (ValueError, TypeError, AttributeError, OSError, subprocess.CalledProcessError) as error:
        said = error.stdout.strip() if isinstance(error, subprocess.CalledProcessError) else error
        message = f"the login for {host} cannot be kept as {path} says: {said}"
        raise CompileError([REGISTRY_CREDENTIALS.bare(message, help=f"put {path} right")]) from error
    return f"the program {helper!r}" if helper else str(path)


def _hand_over(program: str, key: str, username: str, password: str) -> None:
    """As docker does: the program tells what is wrong on its standard output."""
    said = json.dumps({"ServerURL": key, "Username": username, "Secret": password})
    subprocess.run([program, "store"], input=said, capture_output=True, text=True, check=True)


def _write(path: Path, config: dict[str, Any]) -> None:
    """Whole or not at all, for nobody else's eyes; what is a link to the file stays one."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps(config, indent="\t") + "\n")
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
