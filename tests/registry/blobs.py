"""Blobs of the tests, and short ways to move them."""

import hashlib
import io
import random
from pathlib import Path

from cogc.registry.blob import BlobSource
from cogc.registry.client import Registry
from cogc.registry.progress import Progress
from cogc.registry.pull import pull_blobs
from cogc.registry.push import push_blobs
from cogc.registry.retry import Patience
from cogc.registry.settings import Settings
from cogc.registry.wanted import Wanted

MIB = 1 << 20
REPOSITORY = "team/model"
# Chunks and ranges as small as the blobs of tests.
SMALL = Settings(workers=4, chunk=MIB, threshold=2 * MIB, span=MIB, split=2 * MIB)
HASTY = Patience(tries=4, first=0.01, longest=0.05)


def noise(size: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(size)


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def source(content: bytes, *mounts: str) -> BlobSource:
    def opened(offset: int) -> io.BytesIO:
        stream = io.BytesIO(content)
        stream.seek(offset)
        return stream

    return BlobSource(digest_of(content), len(content), "application/octet-stream", opened, mounts)


def client(host: str, **environment: str) -> Registry:
    return Registry(host, {"DOCKER_CONFIG": "/nonexistent", **environment}, HASTY)


def push(registry: Registry, folder: Path, *blobs: BlobSource, settings: Settings = SMALL) -> list[Progress]:
    seen: list[Progress] = []
    with registry:
        push_blobs(registry, REPOSITORY, blobs, folder / "journal", settings, seen.append)
    return seen


def pull(registry: Registry, folder: Path, *wanted: Wanted, settings: Settings = SMALL) -> list[Progress]:
    seen: list[Progress] = []
    pull_blobs(registry, REPOSITORY, wanted, folder / "parts", settings, seen.append)
    return seen


def wanted_whole(content: bytes, folder: Path) -> Wanted:
    digest = digest_of(content)
    return Wanted.whole(digest, len(content), folder / "files" / digest.removeprefix("sha256:"))


def left_in(folder: Path) -> list[str]:
    """What a transfer left of its state."""
    return sorted(path.name for path in folder.glob("*/*") if path.parent.name in {"journal", "parts"})
