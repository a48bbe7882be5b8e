"""What is done to a base image that the user brings: its contract is checked, its user made."""

import shlex

from ..ir.recipe import CheckBase, CreateUser
from .run import words

# useradd writes the day into /etc/shadow, unless it is told which.
_DAY = "SOURCE_DATE_EPOCH=86400"


def check(step: CheckBase) -> tuple[str, ...]:
    """Shell commands that end the build in words where packages could not be installed."""
    said = shlex.quote(f"cogc: build.base_image {step.base} is not Debian or Ubuntu with apt-get")
    fits = words(
        'case "$(command -v apt-get) ${ID:-} ${ID_LIKE:-} " in',
        '/*" debian "*|/*" ubuntu "*) ;;',
        f'*) echo {said}", but ${{PRETTY_NAME:-unknown}}" >&2; exit 1 ;;',
        "esac",
    )
    return ("if test -r /etc/os-release; then . /etc/os-release; fi", fits)


def create_user(step: CreateUser) -> tuple[str, ...]:
    return (f"id {step.name} >/dev/null 2>&1 || {_DAY} useradd --no-log-init --create-home {step.name}",)
