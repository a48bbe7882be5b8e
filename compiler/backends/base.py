"""What is done to a base image that the user brings: its contract is checked, its user made."""

import shlex

from ..ir.recipe import CheckBase, CreateUser
from .run import words

# useradd writes the day into /etc/shadow, unless it is told which.
_DAY = "SOURCE_DATE_EPOCH=86400"


def check(step: CheckBase) -> tuple[str, ...]:
    """Shell commands that end the build in words where packages could not be installed."""
    said = shlex.quote(f"cogc: build.base_image {step.base} is not Debian or Ubuntu with apt-get")
    fits = (
        'case " ${ID:-} ${ID_LIKE:-} " in *" debian "*|*" ubuntu "*) command -v apt-get >/dev/null ;; *) false ;; esac'
    )
    told = f'|| {{ echo {said}", but ${{PRETTY_NAME:-unknown}}" >&2; exit 1; }}'
    return ("{ test ! -r /etc/os-release || . /etc/os-release; }", words(fits, told))


def create_user(step: CreateUser) -> tuple[str, ...]:
    return (f"id {step.name} >/dev/null 2>&1 || {_DAY} useradd --no-log-init --create-home {step.name}",)
