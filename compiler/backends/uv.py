"""The installer: which release of uv, and its flags for what a requirements file asks in pip's words."""

from collections.abc import Iterator
from dataclasses import dataclass

VERSION = "0.13.9"
# SHA-256 of the manylinux wheels for x86_64 and aarch64, as the index publishes them.
HASHES = (
    "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
)
# The file of the context that asks for it, in pip's words.
ITSELF = "uv.txt"
REQUIREMENT = " ".join((f"uv=={VERSION}", *(f"--hash=sha256:{digest}" for digest in HASHES)))


@dataclass(frozen=True, slots=True)
class Files:
    """Paths of what the compiler made: the lines, the constraints (blank without any), the runtime's wheel."""

    listing: str
    constraints: str
    wheel: str


_HASHES_ALONE = "--require-hashes"
# A folder of the project: in a file, uv would not look for it from where it is started.
_LOCAL_LINKS = "--find-links ."


def listing(lines: tuple[str, ...]) -> str:
    """The text of a file for `-r` or `-c`."""
    return "".join(f"{line}\n" for line in lines if line != _HASHES_ALONE and not _is_local(line))


def _is_local(line: str) -> bool:
    return line.startswith(_LOCAL_LINKS)


def packages(lines: tuple[str, ...], files: Files) -> tuple[tuple[str, ...], ...]:
    """Arguments of the installs, one after the other, that bring the lines and the runtime.

    Where all lines need hashes, the runtime and what it needs have none: they come second.
    """
    limits = ("-c", files.constraints) if files.constraints else ()
    listed = ("-r", files.listing) if lines else ()
    together = (*flags(lines), *limits, *listed, files.wheel)
    return ((*flags(lines), _HASHES_ALONE, *limits, *listed), together) if _HASHES_ALONE in lines else (together,)


def flags(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Flags with which uv does what pip does for these lines.

    pip takes the best version of all indexes, uv by itself the first index that has the package; `--pre`,
    `--trusted-host` and folders of links are read by uv on the command line only.
    """
    return ("--index-strategy", "unsafe-best-match", *(flag for line in lines for flag in _translated(line)))


def _translated(line: str) -> Iterator[str]:
    name, _, value = line.replace("=", " ", 1).partition(" ")
    if _is_local(line):
        yield from (name, value)
    if name == "--pre":
        yield from ("--prerelease", "allow")
    if name == "--trusted-host":
        yield from ("--allow-insecure-host", value.strip())
