"""Command lines and progress lines of podman and buildah, where they differ from docker's."""

import re
from dataclasses import dataclass

from .buildkit import Event
from .docker import Argv, Build

_STEP = re.compile(r"(?:\[(?P<stage>\d+)/(?P<stages>\d+)\] )?STEP (?P<number>\d+)/\d+: (?P<text>.*)")
_CACHED = re.compile(r"--> Using cache ")
_DONE = re.compile(r"(?:--> [0-9a-f]{11,}|\[\d+/\d+\] COMMIT .*|COMMIT .*)$")
_FAILED = re.compile(r"Error: (.*)")
# The instructions that BuildKit numbers as steps.
_WORK = ("FROM ", "RUN ", "COPY ", "ADD ", "WORKDIR ")
_OPTION_WITHOUT_MEANING = frozenset({"--load", "--progress", "--builder", "--provenance", "--allow"})
_STAGE = "model"
_EPOCH = "SOURCE_DATE_EPOCH="
# It has no format for JSON, which is what it prints without one.
_IN_BUILDAH: dict[str, Argv] = {"{{json .}}": (), "{{.Id}} {{.Size}}": ("--format", "{{.FromImageID}} 0")}
# What buildah has under the names that docker has.
BUILDAH_VERBS = frozenset({"build", "info", "inspect", "pull", "push", "rmi", "tag"})


def build(program: str, request: Build, progress: str) -> Argv:
    """Layers are kept, and the format is the one that has all of docker's settings."""
    platform = ("--platform", request.platform) if request.platform else ()
    dockerfile = ("--file", request.dockerfile) if request.dockerfile else ()
    return (
        *(program, "build", "--layers", "--format", "docker", "--tag", request.tag),
        *platform,
        *dockerfile,
        *(part for secret in request.secrets for part in ("--secret", secret)),
        *(part for name, value in request.labels for part in ("--label", f"{name}={value}")),
        *_meaningful(request.options),
        request.folder,
    )


def _meaningful(options: Argv) -> Argv:
    """Without those that only buildx has, each of which is followed by its value after a `=`.

    The time of an image, which is an argument of BuildKit's, is a flag here.
    """
    kept = tuple(option for option in options if option.partition("=")[0] not in _OPTION_WITHOUT_MEANING)
    times = (option.removeprefix(_EPOCH) for option in options if option.startswith(_EPOCH))
    return (*kept, *(word for seconds in times for word in ("--timestamp", seconds)))


# The digest that a registry has is told only in a file.
_TELL_DIGEST = ("--digestfile", "/dev/stdout")
# Sizes are rounded in any other form.
_TELL_BYTES = ("--format", "json")


def translated(argv: Argv) -> Argv:
    """Podman takes docker's words, but names a GPU as a device."""
    if argv[1] == "push":
        return ("podman", "push", *_TELL_DIGEST, *argv[2:])
    if argv[1:3] == ("image", "history"):
        return ("podman", "image", "history", *_TELL_BYTES, argv[-1])
    words = iter(argv[1:])
    found = ["podman"]
    for word in words:
        found += ("--device", f"nvidia.com/gpu={next(words)}") if word == "--gpus" else (word,)
    return tuple(found)


def translated_for_buildah(argv: Argv) -> Argv:
    """Buildah runs nothing, and describes an image in words of its own."""
    if argv[1:3] == ("image", "history"):
        return ("buildah", "inspect", "--type", "image", argv[-1])
    if argv[1:4] == ("image", "inspect", "--format"):
        return ("buildah", "inspect", "--type", "image", *_IN_BUILDAH.get(argv[4], ("--format", argv[4])), *argv[5:])
    return ("buildah", *translated(argv)[1:])


@dataclass(slots=True)
class Reader:
    """Reads the lines of one build in order; steps are named and numbered as BuildKit names them."""

    vertex: int = 0
    number: int = 0
    stage: str = ""
    cached: bool = False

    def __call__(self, line: str) -> Event | None:
        if found := _STEP.fullmatch(line):
            return self._started(found)
        if _CACHED.match(line):
            self.cached = True
            return Event("cached", self.vertex)
        if _DONE.match(line):
            return None if self.cached else Event("done", self.vertex)
        if found := _FAILED.match(line):
            return Event("failed", self.vertex, found[1])
        return Event("output", self.vertex, line) if self.vertex else None

    def _started(self, found: re.Match[str]) -> Event:
        stage = _STAGE if found["stage"] == found["stages"] else f"stage-{found['stage']}"
        if stage != self.stage:
            self.stage, self.number = stage, 0
        self.vertex, self.cached = self.vertex + 1, False
        if not found["text"].startswith(_WORK):
            return Event("started", self.vertex, f"[{stage}] {found['text']}")
        self.number += 1
        return Event("started", self.vertex, f"[{stage} {self.number}/0] {found['text']}")
