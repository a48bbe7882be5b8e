"""Packages that lie in the project: wheels, archives and folders, by their paths."""

import re
from dataclasses import dataclass

from ..ir.codes.requirements import REQUIREMENT_LOCAL, REQUIREMENT_MARKER
from ..ir.diagnostic import Report
from ..ir.project import Files
from ..ir.requirement import LocalFile, LocalFolder, LocalLinks
from ..ir.source import Span
from .invalid_requirement import read_requirement
from .paths import fault_of_path, found_path

_FORM = r"(?s)(?P<path>.*?)(?P<extras>\[[^\]]*\])?\s*(;\s*(?P<marker>.*))?"
_ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_LINKS = "--find-links "
_PROJECT = ("pyproject.toml", "setup.py")


@dataclass(frozen=True, slots=True)
class WrittenPath:
    """A path as it was written; `before` is `-e `, `--find-links ` or `name @ `, `options` are the package's own."""

    text: str
    span: Span
    before: str = ""
    options: tuple[str, ...] = ()


def local_package(
    written: WrittenPath, folder: str, files: Files, report: Report
) -> tuple[LocalFile | LocalFolder | LocalLinks, ...]:
    """The package, with its path from the project's root; none when it cannot be installed, which `report` is told."""
    form = re.fullmatch(_FORM, written.text)
    assert form is not None, "every part of it may be blank"
    path = found_path(form["path"], folder, files)
    message, advice = _fault(form["path"], written, folder, files)
    if message:
        report.add(REQUIREMENT_LOCAL.at(written.span, message, help=advice))
        return ()
    if form["marker"] and not _is_marker(form["marker"]):
        advice = "compare a variable with quoted text: `python_version < '3.12'`"
        report.add(REQUIREMENT_MARKER.at(written.span, f"the marker of `{path}` cannot be read", help=advice))
        return ()
    marker = f" ; {form['marker'].strip()}" if form["marker"] else ""
    here = f"{written.before}./{path}" if path != "." else f"{written.before}."
    text = " ".join((f"{here}{form['extras'] or ''}{marker}", *written.options))
    if written.before == _LINKS:
        return (LocalLinks(text, written.span, path),)
    return (LocalFile(text, written.span, path) if files.is_file(path) else LocalFolder(text, written.span, path),)


def _fault(path: str, written: WrittenPath, folder: str, files: Files) -> tuple[str, str]:
    if path.startswith("file:"):
        return f"`{path}` is the URL of a file", "give its path, which counts from the folder of this file"
    message, advice = fault_of_path(path, folder, files)
    if message:
        return message, advice
    found = found_path(path, folder, files)
    if written.before == _LINKS:
        return ("", "") if files.is_folder(found) else (f"`{path}` is no folder", "name the folder of the wheels")
    if files.is_file(found):
        return _fault_of_file(found, written)
    if any(files.is_file(f"{found}/{name}") for name in _PROJECT):
        return "", ""
    advice = "remove the line if it means this project, which is importable anyway; or add a pyproject.toml"
    return f"`{path}` is a folder without {' or '.join(_PROJECT)}", advice


def _fault_of_file(path: str, written: WrittenPath) -> tuple[str, str]:
    if not path.endswith(_ARCHIVES):
        return f"`{path}` is no wheel and no archive", f"name a file that ends in {', '.join(_ARCHIVES)}, or a folder"
    if written.before == "-e ":
        return f"`{path}` is a file, which cannot be installed as editable", "remove the `-e`"
    return "", ""


def _is_marker(text: str) -> bool:
    try:
        read_requirement(f"name ; {text}")
    except ValueError:
        return False
    return True
