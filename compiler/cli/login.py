"""cogc login: the name and password for a registry, in docker's credential store."""

import os
import sys
from pathlib import Path

import click

from ..backends import docker
from ..deliver.engine import require_engine
from ..deliver.login import log_in, log_in_at_the_terminal
from ..frontend.load import load_environment
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
    """Logs in to REGISTRY: by default COG_REGISTRY_HOST, else that of `image` in cog.yaml, else Docker Hub.

    The password goes to docker's credential store, from which builds and pushes take it.
    """
    require_engine()
    place = registry or os.environ.get("COG_REGISTRY_HOST") or _of_project(folder, config)
    if token_stdin:
        log_in(place, username or _ANYBODY, sys.stdin.read().strip())
    else:
        log_in_at_the_terminal(place, username)
    say(f"Logged in to {place or 'Docker Hub'}.")


def _of_project(folder: Path | None, config: str) -> str:
    """Blank where there is no project, or none that names its image."""
    try:
        spec, _ = load_environment(find_project(folder, config), config)
    except CompileError:
        return ""
    return docker.registry_of(spec.image.value) if spec.image is not None else ""
