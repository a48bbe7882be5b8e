"""The folder in the container at which the model finds its weights."""

import posixpath
import re
from itertools import chain

from ..ir.codes import weights as codes
from ..ir.diagnostic import Code, Report
from ..ir.document import Scalar
from ..ir.recipe import SERVER_FOLDER, SOURCE_FOLDER

# A comma ends the option of a mount, and a blank or a `$` means something in a Dockerfile.
_PLAIN = re.compile(r"[\w.@+~/-]+", re.ASCII)
# A mount may lie in the first, but not over them; neither over the others nor in them.
_OPEN = (SOURCE_FOLDER, "/etc", "/home", "/lib", "/lib64", "/root", "/run", "/tmp", "/usr/bin", "/usr/lib", "/var/lib")
_CLOSED = ("/.cog", "/bin", "/dev", "/proc", "/sbin", "/sys", posixpath.dirname(SERVER_FOLDER))


def checked_target(scalar: Scalar, report: Report) -> str:
    """The path without doubled slashes and without one at its end; blank when it cannot be one."""
    target = posixpath.normpath(f"/{scalar.text.lstrip('/')}")
    if problem := _problem(scalar.text, target):
        code, message, advice = problem
        report.add(code.at(scalar.span, message, help=advice))
        return ""
    return target


def _problem(text: str, target: str) -> tuple[Code, str, str] | None:
    if not text.startswith("/"):
        near = posixpath.normpath(f"{SOURCE_FOLDER}/{text}")
        return codes.WEIGHT_TARGET_RELATIVE, f"the target `{text}` is not absolute", f"write `{near}`"
    if not _PLAIN.fullmatch(text) or ".." in text.split("/"):
        advice = "write letters, digits and `_.@+~-` between slashes, and no `..`"
        return codes.WEIGHT_TARGET_FORMAT, f"`{text}` is not a plain path", advice
    if hidden := _hidden(target):
        message = f"weights at `{target}` would hide `{hidden}`, which the image needs"
        return codes.WEIGHT_TARGET_ROOT, message, f"take a folder of its own, such as `{SOURCE_FOLDER}/weights`"
    return None


def is_inside(folder: str, other: str) -> bool:
    """Whether a path is the other one, or lies below it, by its parts: `/a/b2` is not in `/a/b`."""
    return f"{folder}/".startswith(f"{other.rstrip('/')}/")


def _hidden(target: str) -> str:
    over = (folder for folder in (*_OPEN, *_CLOSED) if is_inside(folder, target))
    within = (folder for folder in _CLOSED if is_inside(target, folder))
    return next(chain(over, within), "")
