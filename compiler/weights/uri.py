"""Where weights come from: the kinds of URI, told apart without opening any of them."""

import re
from dataclasses import dataclass

from ..ir.weight import SourceKind

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HUB = re.compile(r"[\w.-]+/[\w.-]+(@[\w./-]+)?")
_CREDENTIALS = re.compile(r"[^/@]*:[^/@]*@")

# What fsspec opens by these names, beside those that need no package of it.
_STORAGE = (
    *("abfs", "abfss", "adl", "az", "box", "dropbox", "dvc", "ftp", "gcs", "gdrive", "gs", "hdfs", "lakefs", "memory"),
    *("oss", "s3", "s3a", "sftp", "smb", "ssh", "tos", "webdav", "webdav+https", "webhdfs"),
)
_KINDS: dict[str, SourceKind] = {
    "file": "path",
    "https": "file",
    "http": "file",
    "hf": "hub",
    "huggingface": "hub",
    "oci": "registry",
    **dict.fromkeys(_STORAGE, "storage"),
}


@dataclass(frozen=True, slots=True)
class Uri:
    """`scheme` is in lower case and blank for a bare path; `rest` is what follows `://`."""

    scheme: str
    rest: str
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class BadUri:
    """`start` and `end` say where in the text the fault is."""

    fault: str
    help: str
    start: int
    end: int


def read_uri(text: str) -> Uri | BadUri:
    """A URI of a source, or what is wrong with it."""
    found = _SCHEME.match(text)
    if found is None:
        return Uri("", text, "path") if text.strip() else BadUri("is blank", _ANY, 0, len(text))
    scheme, rest = found[1].lower(), text[found.end() :]
    if scheme not in _KINDS:
        return BadUri(f"has a scheme that no source has: `{scheme}`", _ANY, 0, len(found[1]))
    if fault := _fault(_KINDS[scheme], rest):
        return BadUri(*fault, found.end(), len(text))
    return Uri(scheme, rest, _KINDS[scheme])


_ANY = "write a path, or a URI such as `hf://owner/name`, `https://…`, `oci://…`, `s3://…` or `file://…`"


def _fault(kind: SourceKind, rest: str) -> tuple[str, str] | None:
    if _CREDENTIALS.match(rest):
        return "has a password in it, which weights.lock would keep", "remove it, and log in by the environment"
    if not rest.strip("/") and kind != "path":
        return "names nothing", "write what comes after `://`"
    match kind:
        case "path" if not rest:
            return "names nothing", "write the folder after `file://`"
        case "hub" if not _HUB.fullmatch(rest):
            return "is no repository of the hub", "write `hf://owner/name`, or `hf://owner/name@revision`"
        case "file" if rest.partition("?")[0].partition("#")[0].endswith("/") or "/" not in rest:
            return "names no file", "name a single file; a whole repository comes by `hf://` or `oci://`"
    return None
