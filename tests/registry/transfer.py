"""A process that pushes or pulls one file, for tests that kill it or look at what it takes."""

import json
import math
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cogc.ir.diagnostic import CompileError
from cogc.registry.blob import BlobSource
from cogc.registry.progress import Progress, Watch
from cogc.registry.pull import pull_blobs
from cogc.registry.push import push_blobs
from cogc.registry.settings import Settings
from cogc.registry.wanted import Wanted
from tests.registry.blobs import REPOSITORY, SMALL, client


def saying(pause: float) -> Watch:
    """Prints how far it is. From `pause` bytes on it waits for the end of its standard input: then a test has acted."""

    def say(progress: Progress) -> None:
        print(json.dumps([progress.phase, progress.done]), flush=True)
        if progress.done >= pause:
            sys.stdin.read()

    return say


def push(host: str, path: Path, folder: Path, digest: str, settings: Settings, watch: Watch) -> None:
    def opened(offset: int) -> BinaryIO:
        stream = path.open("rb")
        stream.seek(offset)
        return stream

    blob = BlobSource(digest, path.stat().st_size, "application/octet-stream", opened)
    push_blobs(client(host), REPOSITORY, [blob], folder / "journal", settings, watch)


def pull(host: str, path: Path, folder: Path, digest: str, size: int, settings: Settings, watch: Watch) -> None:
    wanted = Wanted.whole(digest, size, path)
    pull_blobs(client(host), REPOSITORY, [wanted], folder / "parts", settings, watch)


def peak_memory() -> int:
    """Bytes. The resource module would count what our parent had when it started us."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def main() -> None:
    action, host, file, place, digest, *rest = sys.argv[1:]
    settings = Settings() if "large" in rest else replace(SMALL, workers=2)
    if limit := [int(word.removeprefix("limit=")) for word in rest if word.startswith("limit=")]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit[0], limit[0]))
    path, folder = Path(file), Path(place)
    (pause,) = [float(word.removeprefix("pause=")) for word in rest if word.startswith("pause=")] or [math.inf]
    if action == "push":
        push(host, path, folder, digest, settings, saying(pause))
    else:
        (size,) = (int(word.removeprefix("size=")) for word in rest if word.startswith("size="))
        pull(host, path, folder, digest, size, settings, saying(pause))
    print(json.dumps(["peak", peak_memory()]), flush=True)


if __name__ == "__main__":
    try:
        main()
    except CompileError as error:
        sys.exit(f"{error.diagnostics[0].code.id}: {error}")
    except OSError as error:
        sys.exit(f"{error.strerror}: {error.filename}")
    except KeyboardInterrupt:
        sys.exit("interrupted")
