"""Images of one small model, built side by side: size, and seconds for four kinds of build.

`--cogc` is the command; `--truss` and `--bentoml` add those tools, which write their own contexts. The reference's
documented Dockerfile is written here. Every candidate starts from a base that no build has seen, with empty cache
mounts. Two times are told: that of the tool, which writes a context, and that of `docker build` on it.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import images_models as models

CHANGES = ("first", "nothing", "source", "requirement")
_BASE = re.compile(r"^FROM (?!scratch)\S+", re.MULTILINE)
_CACHE = re.compile(r"--mount=type=cache,target=([^,\s]+)")


@dataclass(frozen=True)
class Candidate:
    """`make` writes the context of a project into an empty folder; `base` is what its Dockerfile starts from."""

    name: str
    base: str
    make: Callable[[Path, models.Model], Path]


@dataclass(frozen=True)
class Measured:
    """The image's size in bytes, and for each change the seconds of the tool and of the build."""

    size: int
    seconds: dict[str, tuple[float, float]]


def main() -> None:
    asked = _arguments()
    candidates = list(_candidates(asked))
    results: dict[str, list[Measured]] = {candidate.name: [] for candidate in candidates}
    for number in range(asked.rounds):
        # Another one begins each time: whoever comes first fetches for the others what caches on the way keep.
        turn = number % len(candidates)
        for candidate in (*candidates[turn:], *candidates[:turn]):
            with tempfile.TemporaryDirectory() as folder:
                found = _measure(candidate, Path(folder), asked.env)
            results[candidate.name].append(found)
            print(f"round {number + 1}: {_row(candidate.name, found)}", file=sys.stderr, flush=True)
    for name, each in results.items():
        print(_row(name, _median(each)))
    if asked.json:
        told = {name: [asdict(found) for found in each] for name, each in results.items()}
        Path(asked.json).write_text(json.dumps(told, indent=2), "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cogc", required=True, metavar="CMD")
    parser.add_argument("--truss", metavar="CMD")
    parser.add_argument("--truss-base", metavar="IMAGE", help="in place of the base that truss names")
    parser.add_argument("--bentoml", metavar="CMD")
    parser.add_argument("--base", default="python:3.12-slim", metavar="IMAGE")
    parser.add_argument("--env", action="append", default=[], metavar="NAME=VALUE", help=(
        "a variable of every base, such as SSL_CERT_FILE where the network has an authority of its own"
    ))  # fmt: skip
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", metavar="FILE")
    return parser.parse_args()


def _candidates(asked: argparse.Namespace) -> Iterator[Candidate]:
    def cogc(folder: Path, model: models.Model) -> Path:
        models.write_cog(folder / "project", model)
        _run([*shlex.split(asked.cogc), "compile", "project", "-o", "out"], folder)
        return folder / "out"

    def truss(folder: Path, model: models.Model) -> Path:
        models.write_truss(folder / "project", model)
        words = ["--non-interactive", "image", "build-context", str(folder / "out"), str(folder / "project")]
        _run([*shlex.split(asked.truss), *words], folder)
        return folder / "out"

    def bentoml(folder: Path, model: models.Model) -> Path:
        models.write_bento(folder / "project", model)
        said = _run([*shlex.split(asked.bentoml), "build", "-o", "tag"], folder / "project", BENTOML_HOME=str(folder))
        name, _, version = said.strip().rpartition("__tag__:")[2].partition(":")
        made = folder / "bentos" / name / version
        shutil.copy(made / "env" / "docker" / "Dockerfile", made / "Dockerfile")
        return made

    yield Candidate("cogc", asked.base, cogc)
    yield Candidate("reference", asked.base, models.write_reference)
    if asked.truss:
        yield Candidate("truss", asked.truss_base, truss)
    if asked.bentoml:
        yield Candidate("bentoml", asked.base, bentoml)


def _measure(candidate: Candidate, folder: Path, variables: list[str]) -> Measured:
    """Raises SystemExit with what the tool or the engine said, where one fails."""
    mark = uuid.uuid4().hex
    image, fresh = f"bench-{candidate.name}-{mark}", f"bench-base-{mark}"
    lines = (
        f"FROM {candidate.base}",
        f"RUN echo {mark} > /etc/mark",
        *(f"ENV {variable}" for variable in variables),
        "",
    )
    words = ["docker", "build", "-q", "-t", fresh, "-"]
    subprocess.run(words, input="\n".join(lines), text=True, check=True, stdout=subprocess.DEVNULL)
    try:
        seconds = {change: _timed(candidate, folder / "here", change, image, fresh, mark) for change in CHANGES}
        size = _run(["docker", "image", "inspect", "--format", "{{.Size}}", image], folder)
        return Measured(int(size), seconds)
    finally:
        subprocess.run(["docker", "image", "rm", "-f", image, fresh], stdout=subprocess.DEVNULL, check=False)


def _median(found: list[Measured]) -> Measured:
    """Of each figure by itself."""
    seconds = {
        change: tuple(median(each) for each in zip(*(one.seconds[change] for one in found), strict=True))
        for change in CHANGES
    }
    return Measured(found[0].size, seconds)


def _timed(candidate: Candidate, folder: Path, change: str, image: str, fresh: str, mark: str) -> tuple[float, float]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    start = time.monotonic()
    context = candidate.make(folder, models.MODELS[change])
    writing = time.monotonic() - start
    text = _BASE.sub(f"FROM {fresh}", (context / "Dockerfile").read_text())
    (context / "Dockerfile").write_text(_CACHE.sub(rf"--mount=type=cache,id={mark}\1,target=\1", text))
    start = time.monotonic()
    _run(["docker", "buildx", "build", "--load", "-q", "-t", image, str(context)], folder)
    return writing, time.monotonic() - start


def _row(name: str, found: Measured) -> str:
    times = "  ".join(f"{change} {tool:.1f} + {build:.1f} s" for change, (tool, build) in found.seconds.items())
    return f"{name:10} {found.size / 1e6:6.0f} MB  {times}"


def _run(words: list[str], folder: Path, **variables: str) -> str:
    found = subprocess.run(
        words, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )
    if found.returncode != 0:
        raise SystemExit(f"{shlex.join(words)}\n{found.stdout[-3000:]}{found.stderr[-3000:]}")
    return found.stdout


if __name__ == "__main__":
    main()
