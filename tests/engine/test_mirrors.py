"""Mirrors: of a registry, by the engine's own setting; of a package index, by that of the base image."""

import json
import os
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ..runtime.serving import eventually
from .network import index
from .projects import cogc, docker, in_image, project, removed

pytestmark = pytest.mark.engine

BASE = "python:3.12-slim"
OWN = f"FROM {BASE}\nCOPY cog.yaml /src/\n"


# A network of its own, or the engine would take away the bridge of the one that is here.
START = """
ip link set lo up
docker-registry serve "$0/registry.yml" >"$0/registry.log" 2>&1 &
mirror=$!
dockerd --config-file "$0/daemon.json" >"$0/dockerd.log" 2>&1 &
engine=$!
trap 'kill $mirror $engine' TERM
wait
wait
"""
MIRROR = "127.0.0.1:5000"


@contextmanager
def _engine() -> Iterator[str]:
    """The address of an engine that has no images, and asks a mirror for those of Docker Hub.

    Its folder has a short path, as sockets need one.
    """
    with tempfile.TemporaryDirectory() as place:
        address = f"unix://{place}/docker.sock"
        paths = {"data-root": f"{place}/data", "exec-root": f"{place}/run", "pidfile": f"{place}/pid"}
        mirror = {"registry-mirrors": [f"http://{MIRROR}"], "bridge": "none", "iptables": False, "ip6tables": False}
        (Path(place) / "daemon.json").write_text(json.dumps({"hosts": [address], **paths, **mirror}))
        storage = f"storage: {{filesystem: {{rootdirectory: {place}/registry}}}}"
        (Path(place) / "registry.yml").write_text(f"version: 0.1\n{storage}\nhttp: {{addr: '{MIRROR}'}}\n")
        programs = f"{Path(docker('info', '--format', '{{.DockerRootDir}}')).parent}/bin:{os.environ['PATH']}"
        engine = subprocess.Popen(
            ["unshare", "--net", "--mount", "sh", "-c", START, place], env={**os.environ, "PATH": programs}
        )
        try:
            eventually(lambda: _answers(address), bool)
            yield address
        finally:
            engine.terminate()
            engine.wait()


def _answers(address: str) -> bool:
    argv = ["docker", "--host", address, "version"]
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


def test_a_base_comes_from_the_engines_mirror(tmp_path: Path) -> None:
    folder = project(tmp_path, {}, Dockerfile=OWN)
    with _engine() as address:
        subprocess.run(
            ["docker", "--host", address, "build", "--quiet", "--push", "--tag", f"{MIRROR}/library/{BASE}", "-"],
            input=b"FROM scratch\nLABEL of=the-mirror\n", check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        cogc(folder, "build", "-t", "mirrored", "--dockerfile", "Dockerfile", DOCKER_HOST=address)
        said = docker("--host", address, "image", "inspect", "--format", "{{json .Config.Labels}}", "mirrored")
    assert json.loads(said)["of"] == "the-mirror"


def test_packages_come_from_the_index_that_the_base_names(tmp_path: Path) -> None:
    """Those of the model, and those of the server."""
    package = f"private{uuid.uuid4().hex[:12]}"
    with (
        index(package) as served,
        removed(f"cogc-tests/{package}-base") as base,
        removed(f"cogc-tests/{package}") as image,
    ):
        url = f"http://{served.address}/simple/"
        listed = f'[[index]]\\nurl = "{url}"\\n'
        lines = f"FROM {BASE}\nRUN mkdir /etc/uv && printf '{listed}' > /etc/uv/uv.toml\n"
        subprocess.run(
            ["docker", "build", "-q", "-t", base, "-"], input=lines.encode(), check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        build = {"python_version": "3.12", "base_image": base, "python_packages": [f"{package}==1.0"]}
        cogc(project(tmp_path, {"build": build}), "build", "-t", image)
        assert in_image(image, f"python -c 'import {package}; print({package}.here)'") == "True"
    assert "/simple/starlette/" in served.asked
