"""cogc login: the name and password for a registry, asked for, tried and kept."""

import os
import sys
from pathlib import Path

import click

from ..backends import docker
from ..deliver.login import log_in
from ..frontend.load import load_environment
from ..ir.codes.engine import LOGIN_FAILED
from ..ir.diagnostic import CompileError
from .console import say
from .project import config_option, find_project, folder_option

# What most registries take as the name beside a token, which tells them all.
_ANYBODY = "token"


@click.command("login")
@click.argument("registry", metavar="[REGISTRY]", required=False)
@click.option("-u", "--username", metavar="NAME", default="", help="The account; asked for where it is needed.")
@click.option("--token-stdin", is_flag=True, help="Read the token or password from standard input.")
@folder_option
@config_option
def command(registry: str | None, username: str, token_stdin: bool, folder: Path | None, config: str) -> None:
    """Logs in to REGISTRY: by default COG_REGISTRY_HOST, else that of `image` or `model` in cog.yaml, else Docker Hub.

    The registry is asked, no engine. The password goes to docker's credential store, from which docker and podman take
    it for builds and pushes, and cogc for weights.
    """
    place = registry or os.environ.get("COG_REGISTRY_HOST") or _of_project(folder, config)
    name = place or "Docker Hub"
    if token_stdin:
        kept = log_in(place, username or _ANYBODY, sys.stdin.read().strip())
    elif sys.stdin.isatty():
        username = username or click.prompt(f"Username for {name}", err=True)
        kept = log_in(place, username, click.prompt("Password or token", hide_input=True, err=True))
    else:
        advice = "hand the password or token in: cogc login --token-stdin"
        raise CompileError([LOGIN_FAILED.bare(f"no login to {name}: nobody can be asked for a password", help=advice)])
    say(f"Logged in to {name}; the login is kept by {kept}.")


def _of_project(folder: Path | None, config: str) -> str:
    """Blank where there is no project, or none that names its image."""
    try:
        spec, _ = load_environment(find_project(folder, config), config)
    except CompileError:
        return ""
    stated = spec.image or spec.model
    return "" if stated is None else docker.registry_of(stated.value)
