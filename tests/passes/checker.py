"""Judges a plan by the raw rows of the database, without any code of the compiler."""

import json
import re
from collections.abc import Iterator
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version

from ..compat.rows import Row, rows

TORCH = rows("torch")
TENSORFLOW = rows("tensorflow")
IMAGES = {f"nvidia/cuda:{row['tag']}": row for row in rows("cuda_images")}
RELEASES = {name: rows(file) for name, file in (("jax", "jax"), ("onnxruntime-gpu", "onnxruntime"))}
NEWEST = {
    "torch": max(Version(row["torch"]) for row in TORCH),
    "tensorflow": max(Version(row["tensorflow"]) for row in TENSORFLOW),
    "torchvision": max(Version(release) for row in TORCH for release in row["torchvision"]),
}


def faults(plan: str, asked: tuple[str, ...], options: dict[str, str]) -> list[str]:
    """What is wrong with a plan, given as its JSON, for the lines and options that were asked."""
    document = json.loads(plan)
    chosen = {question: decision["value"] for question, decision in document["decisions"].items()}
    found = [*_options(chosen, options), *_asked(chosen, asked), *_lines(chosen, document["requirements"])]
    if "gpu" in options:
        found += _image(chosen)
    if "torch" in chosen and Version(chosen["torch"]) <= NEWEST["torch"]:
        found += _torch(chosen, "gpu" in options)
    if "tensorflow" in chosen and Version(chosen["tensorflow"]) <= NEWEST["tensorflow"]:
        found += _tensorflow(chosen, options)
    for name in RELEASES.keys() & chosen.keys():
        found += _gpu_release(name, chosen, options)
    return found


def _minor(text: str) -> str:
    return ".".join(text.split(".")[:2])


def _options(chosen: dict[str, str], options: dict[str, str]) -> Iterator[str]:
    for option, question in (("python_version", "python"), ("cuda", "cuda"), ("cudnn", "cudnn")):
        if question in chosen and options.get(option, chosen[question]) != chosen[question]:
            yield f"{question} is not what was stated"
    if "gpu" not in options and chosen["base_image"] != f"python:{chosen['python']}-slim":
        yield "the image has another Python"


def _asked(chosen: dict[str, str], asked: tuple[str, ...]) -> Iterator[str]:
    for line in asked:
        wanted = Requirement(line)
        name = wanted.name.lower()
        holds = wanted.marker is None or wanted.marker.evaluate({"python_version": _minor(chosen["python"])})
        public = re.sub(r"\+\w+", "", str(wanted.specifier))
        if holds and name in chosen and not Requirement(f"x{public}").specifier.contains(chosen[name]):
            yield f"{name} {chosen[name]} does not satisfy {line}"


def _lines(chosen: dict[str, str], lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("-"):
            continue
        wanted = Requirement(line)
        pins = [found.version.split("+")[0] for found in wanted.specifier if found.operator == "=="]
        holds = wanted.marker is None or wanted.marker.evaluate({"python_version": _minor(chosen["python"])})
        release = chosen.get(wanted.name.lower())
        if holds and release and pins and Version(pins[0]) != Version(release):
            yield f"{line} installs another release than {release}"


def _image(chosen: dict[str, str]) -> Iterator[str]:
    row = IMAGES.get(chosen["base_image"])
    if row is None:
        yield f"there is no image {chosen['base_image']}"
    elif not f"{row['cuda']}.".startswith(f"{chosen['cuda']}.") or row["cudnn"] != chosen["cudnn"]:
        yield "the image has another CUDA or cuDNN"


def _torch(chosen: dict[str, str], gpu: bool) -> Iterator[str]:
    builds = [row for row in TORCH if Version(row["torch"]) == Version(chosen["torch"])]
    if not builds:
        yield f"there is no torch {chosen['torch']}"
        return
    companions = [name for name in ("torchvision", "torchaudio") if name in chosen]
    pythons = builds[0]["python" if companions or "python_alone" not in builds[0] else "python_alone"]
    if _minor(chosen["python"]) not in pythons:
        yield "torch has no wheels for this Python"
    known = [name for name in companions if Version(chosen[name]) <= NEWEST.get(name, Version(chosen[name]))]
    yield from (f"{name} is of another set" for name in known if chosen[name] not in builds[0][name])
    on_trust = not any("index" in row or "links" in row for row in builds)
    if gpu and not on_trust and not any("cuda" in row and _suits(row["cuda"], chosen) for row in builds):
        yield "torch has no build for this CUDA"


def _suits(built: str, chosen: dict[str, str]) -> bool:
    cuda = _minor(chosen["cuda"])
    if "tensorflow" not in chosen:
        return built == cuda
    return Version(built).major == Version(cuda).major and Version(built) <= Version(cuda)


def _tensorflow(chosen: dict[str, str], options: dict[str, str]) -> Iterator[str]:
    row: Row | None = next((row for row in TENSORFLOW if row["tensorflow"] == chosen["tensorflow"]), None)
    if row is None:
        yield f"there is no tensorflow {chosen['tensorflow']}"
        return
    if _minor(chosen["python"]) not in row["python"]:
        yield "tensorflow has no wheels for this Python"
    if "gpu" in options and not _has_cuda_for(row, chosen, options):
        yield "tensorflow does not find its CUDA"


def _has_cuda_for(row: dict[str, Any], chosen: dict[str, str], options: dict[str, str]) -> bool:
    cuda = _minor(chosen["cuda"])
    if row.get("without_image"):
        return "extra" in row and Version(cuda).major == Version(row["cuda"]).major
    if row["cudnn"].split(".")[0] != chosen["cudnn"]:
        return False
    return Version(cuda).major == Version(row["cuda"]).major if "cuda" in options else cuda == row["cuda"]


def _gpu_release(name: str, chosen: dict[str, str], options: dict[str, str]) -> Iterator[str]:
    found = [row for row in RELEASES[name] if row[name] == chosen[name]]
    if not found:
        if Version(chosen[name]) <= Version(RELEASES[name][-1][name]):
            yield f"there is no {name} {chosen[name]}"
        return
    if _minor(chosen["python"]) not in found[0]["python"]:
        yield f"{name} has no wheels for this Python"
    majors = {row["cuda"].split(".")[0]: row["cudnn"].split(".")[0] for row in found}
    if "gpu" in options and chosen["cuda"].split(".")[0] not in majors:
        yield f"{name} has no build for this CUDA"
    elif "gpu" in options and name != "jax" and majors[chosen["cuda"].split(".")[0]] != chosen["cudnn"]:
        yield f"{name} does not find its cuDNN"
