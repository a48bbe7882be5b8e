"""No file that usually holds a secret goes into the image."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from ..ir.codes.lint import SECRET_FILE
from .finding import Finding, line_at_end
from .subject import Context, ContextFile

# Names, and what has to stand in the file: certificates are public, only keys are not.
_MARKS = {
    ".env": b"=",
    ".env.local": b"=",
    ".git-credentials": b"",
    ".netrc": b"",
    ".npmrc": b"_auth",
    ".pypirc": b"password",
    "*.key": b"PRIVATE KEY",
    "*.p12": b"",
    "*.pem": b"PRIVATE KEY",
    "credentials.json": b"private_key",
    "id_ecdsa": b"PRIVATE KEY",
    "id_ed25519": b"PRIVATE KEY",
    "id_rsa": b"PRIVATE KEY",
    "kubeconfig": b"",
}
PATTERNS = tuple(f"**/{name}" for name in _MARKS)


def check(context: Context) -> Iterator[Finding]:
    for file in context.files:
        if file.size and any(mark in file.head for mark in _marks(file.path)):
            yield _finding(context, file)


def looks_secret(path: str) -> bool:
    """Whether the rule has to look into the file."""
    return bool(_marks(path))


def _marks(path: str) -> tuple[bytes, ...]:
    name = PurePosixPath(path).name
    return tuple(mark for pattern, mark in _MARKS.items() if fnmatchcase(name, pattern))


def _finding(context: Context, file: ContextFile) -> Finding:
    advice = (
        f"name it in {context.ignore.name}; hand secrets in with `build.run[].mounts`, or when the container starts"
    )
    diagnostic = SECRET_FILE.bare(f"{file.path} looks like a secret, and would be in the image", help=advice)
    return Finding(diagnostic, (line_at_end(context.ignore, _escaped(file.path)),))


def _escaped(path: str) -> str:
    """The path as a pattern that fits nothing else."""
    return re.sub(r"([*?\[\\])", r"\\\1", path)
