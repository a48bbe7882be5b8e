"""What the clients print of an image's history -> the size in bytes of each entry, the newest first."""

import json
from typing import Any

# How podman and buildah note down a label of the command line, which is an entry of its own with them.
_OF_COMMAND_LINE = 'LABEL "'


def of_docker(said: str) -> tuple[int, ...]:
    return tuple(int(size) for size in said.split() if size.isdigit())


def of_podman(said: str) -> tuple[int, ...]:
    entries: list[dict[str, Any]] = json.loads(said or "[]")
    return tuple(entry["size"] for entry in entries if _OF_COMMAND_LINE not in entry.get("CreatedBy", ""))


def of_buildah(said: str) -> tuple[int, ...]:
    """Buildah tells entries and layers apart, both of them the oldest first."""
    data = json.loads(said)
    layers = iter(json.loads(data["Manifest"])["layers"])
    told = (
        (entry.get("created_by", ""), 0 if entry.get("empty_layer") else next(layers)["size"])
        for entry in data["OCIv1"]["history"]
    )
    return tuple(size for text, size in told if _OF_COMMAND_LINE not in text)[::-1]
