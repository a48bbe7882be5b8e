"""Which revision of the project is being built: labels from the CI's variables, or from git."""

import os
import subprocess
from pathlib import Path

_PREFIX = "org.opencontainers.image"
# A repository on a slow disk must not hold up a build.
_SECONDS = 3
_SOURCES = (
    (f"{_PREFIX}.revision", "GITHUB_SHA", ("git", "rev-parse", "HEAD")),
    (f"{_PREFIX}.version", "GITHUB_REF_NAME", ("git", "describe", "--tags", "--dirty")),
)


def revision_labels(project: Path) -> tuple[tuple[str, str], ...]:
    """Those that can be told; a project outside git has none."""
    found = ((label, os.environ.get(variable) or _said(command, project)) for label, variable, command in _SOURCES)
    return tuple((label, value) for label, value in found if value)


def _said(command: tuple[str, ...], project: Path) -> str:
    try:
        answer = subprocess.run(
            command, cwd=project, capture_output=True, text=True, timeout=_SECONDS, check=False
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""
