"""The installer: which release of uv, and its flags for what a requirements file asks in pip's words."""

from collections.abc import Iterator

VERSION = "0.13.9"
# SHA-256 of the manylinux wheels for x86_64 and aarch64, as the index publishes them.
HASHES = (
    "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
)
REQUIREMENT = " ".join((f"uv=={VERSION}", *(f"--hash=sha256:{digest}" for digest in HASHES)))


def flags(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Flags with which uv does what pip does for these lines.

    pip takes the best version of all indexes, uv by itself the first index that has the package; `--pre` and
    `--trusted-host` are read by uv on the command line only.
    """
    return ("--index-strategy", "unsafe-best-match", *(flag for line in lines for flag in _translated(line)))


def _translated(line: str) -> Iterator[str]:
    name, _, value = line.replace("=", " ", 1).partition(" ")
    if name == "--pre":
        yield from ("--prerelease", "allow")
    if name == "--trusted-host":
        yield from ("--allow-insecure-host", value.strip())
