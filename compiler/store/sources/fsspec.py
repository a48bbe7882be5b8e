"""Any storage that fsspec reads, such as s3://, gs:// and az://."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ...ir.codes.store import SOURCE_MISSING, SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_UNSUPPORTED
from ...ir.diagnostic import CompileError
from ..receive import UNKNOWN
from .source import Found, Inventory

_BLOCK = 1 << 20
# Where the extra's name is not the scheme's.
_PACKAGES = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs"}


@dataclass(frozen=True, slots=True)
class FsspecSource:
    """A folder or a file of a storage. Logins are those of the storage's own tools."""

    uri: str

    @property
    def place(self) -> str:
        return self.uri

    def inventory(self) -> Inventory:
        storage, root = self._opened()
        with _told(self.uri):
            listed: dict[str, dict[str, Any]] = storage.find(root, detail=True)
            files = tuple(_found(storage, root, path, facts) for path, facts in sorted(listed.items()))
        if not files:
            raise CompileError([SOURCE_MISSING.bare(f"there is nothing at {self.uri}", help="correct the `uri`")])
        lines = "\n".join(f"{found.version}  {found.size}  {found.path}" for found in files)
        return Inventory(files, f"listing:sha256:{hashlib.sha256(lines.encode()).hexdigest()}")

    def read(self, found: Found, offset: int) -> Iterator[bytes]:
        storage, root = self._opened()
        path = root if found.path == root.rpartition("/")[2] and storage.isfile(root) else f"{root}/{found.path}"
        with _told(self.uri), storage.open(path, "rb", cache_type="readahead", block_size=_BLOCK * 8) as file:
            file.seek(offset)
            while block := file.read(_BLOCK):
                yield block

    def close(self) -> None:
        """Connections are the storage's own, which keeps them for the next use."""

    def _opened(self) -> tuple[Any, str]:
        """The storage, and the path in it."""
        try:
            from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # fsspec has no types
        except ImportError as error:
            raise _unsupported(self.uri, "fsspec") from error
        try:
            storage, root = url_to_fs(self.uri)
        except (ImportError, ValueError) as error:
            scheme = self.uri.partition("://")[0]
            raise _unsupported(self.uri, _PACKAGES.get(scheme, "")) from error
        return storage, str(root).rstrip("/")


def _found(storage: Any, root: str, path: str, facts: dict[str, Any]) -> Found:
    name = path.removeprefix(root).lstrip("/") or path.rpartition("/")[2]
    size = facts.get("size")
    return Found(name, UNKNOWN if size is None else int(size), version=_version(storage, path, facts))


def _version(storage: Any, path: str, facts: dict[str, Any]) -> str:
    """The storage's own mark of a content, else its word for all that is known of the file."""
    for name in ("ETag", "etag", "md5Hash", "content_md5", "generation"):
        if facts.get(name):
            return str(facts[name])
    return str(storage.ukey(path))


@contextmanager
def _told(uri: str) -> Iterator[None]:
    """Each storage has errors of its own, which nothing but Exception covers."""
    try:
        yield
    except CompileError:
        raise
    except FileNotFoundError as error:
        raise CompileError([SOURCE_MISSING.bare(f"there is nothing at {uri}", help="correct the `uri`")]) from error
    except PermissionError as error:
        message = f"{uri} may not be read: {error}"
        raise CompileError([SOURCE_REFUSED.bare(message, help="log in with the storage's own tool")]) from error
    except Exception as error:
        message = f"{uri} cannot be read: {error}"
        raise CompileError([SOURCE_UNREACHABLE.bare(message, help="try again: what was received is kept")]) from error


def _unsupported(uri: str, package: str) -> CompileError:
    message = f"{uri} is read by fsspec, which is not installed beside cogc"
    help = "pip install 'cogc[fsspec]'"
    if package != "fsspec":
        message = f"nothing that is installed beside cogc reads {uri}"
        help = f"pip install {package}" if package else "install the package that brings this storage to fsspec"
    return CompileError([SOURCE_UNSUPPORTED.bare(message, help=help)])
