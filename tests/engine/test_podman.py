"""The same commands on Podman and Buildah, where a machine has them."""

import hashlib
import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..ports import free_port
from .projects import cogc, docker, project
from .registries import PASSWORD, USER, registry

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(
        not shutil.which("podman"), reason="Podman is not installed here: apt-get install podman buildah"
    ),
]
BASE = "python:3.12-slim"
OWN = "FROM scratch\nCOPY cog.yaml /src/\n"


@pytest.fixture(scope="module")
def _storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Variables that give Podman a storage of its own, with the base image in it."""
    root = tmp_path_factory.mktemp("podman")
    storage = f'[storage]\ndriver = "overlay"\nrunroot = "{root}/run"\ngraphroot = "{root}/images"\n'
    (root / "storage.conf").write_text(storage)
    limits = '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n'
    (root / "containers.conf").write_text(f'{limits}[engine]\ncgroup_manager = "cgroupfs"\n')
    variables = {
        "CONTAINERS_STORAGE_CONF": str(root / "storage.conf"),
        "CONTAINERS_CONF": str(root / "containers.conf"),
        "CONTAINERS_REGISTRIES_CONF": str(root / "registries.conf"),
    }
    (root / "registries.conf").write_text('unqualified-search-registries = ["docker.io"]\n')
    docker("image", "save", "--output", str(root / "base.tar"), BASE)
    everything = {**os.environ, **variables}
    subprocess.run(
        ["podman", "load", "--input", str(root / "base.tar")], check=True, capture_output=True, env=everything
    )
    yield variables
    subprocess.run(["podman", "system", "reset", "--force"], check=True, capture_output=True, env=everything)


@pytest.fixture(autouse=True)
def _own(_storage: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in _storage.items():
        monkeypatch.setenv(name, value)


def test_a_model_from_source_to_answer(tmp_path: Path) -> None:
    folder = project(tmp_path, {})
    assert cogc(folder, "build", "-t", "model", COGC_ENGINE="podman").stdout == "model\n"
    again = cogc(folder, "build", "-t", "model", COGC_ENGINE="podman").stderr
    assert "Nothing has changed" in again
    assert "· source " in again
    assert cogc(folder, "predict", "model", "-i", "name=Ada", COGC_ENGINE="podman").stdout == "Hello, Ada!\n"
    assert cogc(folder, "run", "python", "-c", "print(6 * 7)", COGC_ENGINE="podman").stdout == "42\n"
    found = json.loads(cogc(folder, "inspect", "model", "--json", COGC_ENGINE="podman").stdout)
    assert found["versions"]["python"] == "3.12"


def test_a_step_that_fails(tmp_path: Path) -> None:
    folder = project(tmp_path, {}, Dockerfile=f"FROM {BASE}\nRUN echo gone wrong here && false\n")
    said = cogc(folder, "build", "--dockerfile", "Dockerfile", code=1, COGC_ENGINE="podman")
    assert "error[build-failed]: the build failed at" in said.stderr
    assert "gone wrong here" in said.stderr


def test_buildah_tells_of_what_it_built(tmp_path: Path) -> None:
    said = cogc(project(tmp_path, {}), "build", "-t", "by-buildah", COGC_ENGINE="buildah").stderr
    assert "Built by-buildah" in said
    assert "· source " in said


@pytest.mark.parametrize("engine", ["podman", "buildah"])
def test_a_base_that_only_docker_has(tmp_path: Path, engine: str) -> None:
    base = f"127.0.0.1:{free_port()}/team/base:1"
    folder = project(tmp_path, {"build": {"python_version": "3.12", "base_image": base}})
    said = cogc(folder, "build", code=1, COGC_ENGINE=engine).stderr
    assert "error[network-unreachable]: the build failed at: Base image" in said
    assert "connection refused" in said
    assert f"docker save {base} | podman load" in said


@pytest.mark.parametrize("engine", ["podman", "buildah"])
def test_push(tmp_path: Path, engine: str) -> None:
    folder = project(tmp_path / "project", {}, Dockerfile=OWN)
    with registry(tmp_path) as address:
        listing = tmp_path / "registries.conf"
        listing.write_text(f'[[registry]]\nlocation = "{address}"\ninsecure = true\n')
        name = f"{address}/team/x"
        said = cogc(
            folder, "push", name, "--dockerfile", "Dockerfile",
            CONTAINERS_REGISTRIES_CONF=str(listing), COGC_ENGINE=engine,
        )  # fmt: skip
        digest = said.stdout.strip().partition("@")[2]
        with urllib.request.urlopen(f"http://{address}/v2/team/x/manifests/{digest}") as found:
            assert json.load(found)["schemaVersion"] == 2


@pytest.mark.parametrize("engine", ["podman", "buildah"])
def test_push_with_weights(tmp_path: Path, engine: str) -> None:
    with registry(tmp_path) as address:
        name = f"{address}/team/x"
        listing = tmp_path / "registries.conf"
        listing.write_text(f'[[registry]]\nlocation = "{address}"\ninsecure = true\n')
        weights = {"name": "base", "target": "/src/weights", "source": {"uri": "./files"}}
        folder = project(tmp_path / "project", {"model": name, "weights": [weights]}, Dockerfile=OWN)
        (folder / "files").mkdir()
        (folder / "files" / "model.bin").write_bytes(b"model" * 1000)
        cogc(folder, "weights", "import", COG_CACHE_DIR=str(tmp_path / "here"))
        said = cogc(
            folder, "push", f"{name}:v1", "--dockerfile", "Dockerfile", COG_CACHE_DIR=str(tmp_path / "here"),
            CONTAINERS_REGISTRIES_CONF=str(listing), COGC_ENGINE=engine,
        )  # fmt: skip
        pulled = cogc(folder, "weights", "pull", COG_CACHE_DIR=str(tmp_path / "there"))
        wish = urllib.request.Request(
            f"http://{address}/v2/team/x/manifests/v1", headers={"Accept": "application/vnd.oci.image.index.v1+json"}
        )
        with urllib.request.urlopen(wish) as found:
            index = found.read()
    model, one = json.loads(index)["manifests"]
    assert said.stdout == f"{name}@sha256:{hashlib.sha256(index).hexdigest()}\n"
    assert (model["platform"]["os"], one["artifactType"]) == ("linux", "application/vnd.cog.weight.v1")
    assert "base: fetched" in pulled.stdout


def test_several_platforms_become_one(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", {}, Dockerfile=OWN)
    with registry(tmp_path) as address:
        listing = tmp_path / "registries.conf"
        listing.write_text(f'[[registry]]\nlocation = "{address}"\ninsecure = true\n')
        cogc(
            folder, "push", f"{address}/team/x", "--dockerfile", "Dockerfile", "--platform", "linux/amd64,linux/arm64",
            CONTAINERS_REGISTRIES_CONF=str(listing), COGC_ENGINE="podman",
        )  # fmt: skip
        kind = {"Accept": "application/vnd.oci.image.index.v1+json"}
        url = f"http://{address}/v2/team/x/manifests/latest"
        with urllib.request.urlopen(urllib.request.Request(url, headers=kind)) as found:
            platforms = [each["platform"]["architecture"] for each in json.load(found)["manifests"]]
    assert platforms == ["amd64", "arm64"]


def test_a_login_is_podmans_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "project", {}, Dockerfile=OWN)
    with registry(tmp_path, login=True) as address:
        listing = tmp_path / "registries.conf"
        listing.write_text(f'[[registry]]\nlocation = "{address}"\ninsecure = true\n')
        (tmp_path / "auth.json").write_text("{}")  # podman wants one that is there
        monkeypatch.setenv("REGISTRY_AUTH_FILE", str(tmp_path / "auth.json"))
        monkeypatch.setenv("CONTAINERS_REGISTRIES_CONF", str(listing))
        monkeypatch.setenv("COGC_ENGINE", "podman")
        push = ("push", f"{address}/team/x", "--dockerfile", "Dockerfile")
        assert "error[login-needed]" in cogc(folder, *push, code=1).stderr
        cogc(folder, "login", address, "--username", USER, "--token-stdin", stdin=PASSWORD)
        assert "@sha256:" in cogc(folder, *push).stdout


def test_buildah_runs_nothing(tmp_path: Path) -> None:
    said = cogc(project(tmp_path, {}), "predict", code=1, COGC_ENGINE="buildah")
    assert "error[engine-cannot-run]" in said.stderr
