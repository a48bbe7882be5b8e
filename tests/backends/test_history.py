"""Sizes of an image's history, as the clients print it."""

import json

from cogc.backends import history

LABEL = '/bin/sh -c #(nop) LABEL "run.cog.recipe"="sha256:12"'
PODMAN = (
    {"CreatedBy": LABEL, "size": 0},
    {"CreatedBy": "RUN", "size": 5120},
    {"CreatedBy": "ENV", "size": 0},
    {"size": 7},
)
BUILDAH: tuple[dict[str, object], ...] = (
    {},
    {"created_by": "ENV", "empty_layer": True},
    {"created_by": "RUN"},
    {"created_by": LABEL, "empty_layer": True},
)


def test_docker() -> None:
    assert history.of_docker("5120\n0\n7\n") == (5120, 0, 7)


def test_podman() -> None:
    """A layer of the base may not say what made it."""
    assert history.of_podman(json.dumps(PODMAN)) == (5120, 0, 7)


def test_buildah() -> None:
    manifest = {"layers": [{"size": 7}, {"size": 5120}]}
    said = json.dumps({"Manifest": json.dumps(manifest), "OCIv1": {"history": BUILDAH}})
    assert history.of_buildah(said) == (5120, 0, 7)
