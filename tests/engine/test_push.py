"""`cogc push`, `login` and `inspect`, on a real engine and a real registry."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from ..ports import free_port
from .projects import cogc, docker, project, removed
from .registries import PASSWORD, USER, breaking, refusing, registry

pytestmark = pytest.mark.engine

# A small image, so that what is tested is the push.
OWN = "FROM scratch\nCOPY cog.yaml /src/\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path / "project", {}, Dockerfile=OWN)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with registry(tmp_path_factory.mktemp("registry")) as found:
        yield found


def _push(folder: Path, name: str, *more: str, code: int = 0, **variables: str) -> "subprocess.CompletedProcess[str]":
    with removed(name):
        return cogc(folder, "push", name, "--dockerfile", "Dockerfile", *more, code=code, **variables)


def test_the_digest_is_what_the_registry_has(folder: Path, address: str) -> None:
    name = f"{address}/team/hello:v1"
    said = _push(folder, name)
    assert re.fullmatch(rf"{address}/team/hello@sha256:[0-9a-f]{{64}}\n", said.stdout)
    pulled = said.stdout.strip()
    with removed(pulled):
        docker("pull", "--quiet", pulled)
        labels = json.loads(docker("image", "inspect", "--format", "{{json .Config.Labels}}", pulled))
    assert labels["run.cog.has_init"] == "true"


def test_the_name_of_the_configuration_and_of_the_variables(folder: Path, address: str) -> None:
    project(folder, {"image": f"{address}/team/stated"})
    with removed(f"{address}/team/stated"), removed(f"{address}/team/other:v2"):
        assert f"{address}/team/stated@sha256:" in cogc(folder, "push", "--dockerfile", "Dockerfile").stdout
        said = cogc(
            folder, "push", "--dockerfile", "Dockerfile",
            COG_MODEL_REGISTRY=address, COG_MODEL_REPO="team/other", COG_MODEL_TAG="v2",
        )  # fmt: skip
    assert f"{address}/team/other@sha256:" in said.stdout
    assert f"Pushed {address}/team/other:v2" in said.stderr


def test_images_for_several_platforms_become_one(folder: Path, address: str) -> None:
    name = f"{address}/team/both:v1"
    with removed(f"{name}-amd64"), removed(f"{name}-arm64"):
        said = cogc(
            folder, "push", name, "--dockerfile", "Dockerfile", "--platform", "linux/arm64,linux/amd64"
        )  # fmt: skip
        found = json.loads(cogc(folder, "inspect", name, "--json").stdout)
    assert sorted(found["platforms"]) == ["linux/amd64", "linux/arm64"]
    assert said.stdout == f"{address}/team/both@{found['digest']}\n"


def test_an_image_is_looked_up_without_fetching_it(folder: Path, address: str) -> None:
    name = f"{address}/team/looked-up"
    pushed = _push(folder, name).stdout.strip().partition("@")[2]
    found = json.loads(cogc(folder, "inspect", name, "--json").stdout)
    assert (found["digest"], found["versions"]["python"]) == (pushed, "3.12")
    assert found["config"]["predict"] == "predict.py:Predictor"
    assert found["plan"].startswith("sha256:")
    assert found["recipe"].startswith("sha256:")
    assert "name: string = 'World'" in cogc(folder, "inspect", name).stdout
    assert not docker("image", "ls", "--quiet", name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("python:3.12-slim", "image-not-cog"),
        ("{address}/team/nothing", "image-not-cog"),
        ("127.0.0.1:{closed}/team/nothing", "registry-unreachable"),
    ],
)
def test_what_is_no_image_of_ours(folder: Path, address: str, name: str, code: str) -> None:
    said = cogc(folder, "inspect", name.format(address=address, closed=free_port()), code=1)
    assert f"error[{code}]" in said.stderr


def test_a_login_is_needed_and_kept_in_the_credential_store(folder: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "docker")
    with registry(tmp_path, login=True) as address:
        name = f"{address}/team/private"
        assert "error[login-needed]" in _push(folder, name, code=1, DOCKER_CONFIG=store).stderr
        assert "error[login-failed]" in _log_in(folder, address, "wrong", code=1, DOCKER_CONFIG=store).stderr
        nowhere = f"unix://{tmp_path}/none.sock"
        said = _log_in(folder, address, PASSWORD, DOCKER_CONFIG=store, DOCKER_HOST=nowhere)
        assert f"Logged in to {address};" in said.stderr, "no engine is asked"
        assert f"{address}/team/private@sha256:" in _push(folder, name, DOCKER_CONFIG=store).stdout
        assert address in json.loads((tmp_path / "docker" / "config.json").read_text())["auths"]


def _log_in(
    folder: Path, address: str, token: str, code: int = 0, **variables: str
) -> "subprocess.CompletedProcess[str]":
    found = subprocess.run(
        [sys.executable, "-m", "cogc", "login", address, "--username", USER, "--token-stdin"],
        cwd=folder, env={**os.environ, **variables}, input=token, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == code, found.stderr
    return found


def test_a_network_that_fails_for_a_while(folder: Path, address: str) -> None:
    with breaking(address, times=2) as (proxy, seen):
        said = _push(folder, f"{proxy}/team/unlucky")
    assert "@sha256:" in said.stdout
    assert "trying again in 0.5 s" in said.stderr
    assert len(seen) > 2


def test_a_registry_that_is_read_only(folder: Path, tmp_path: Path) -> None:
    with registry(tmp_path, storage="maintenance: {readonly: {enabled: true}}") as address:
        said = _push(folder, f"{address}/team/x", code=1)
    assert "error[push-denied]" in said.stderr
    assert "read-only" in said.stderr


def test_a_registry_whose_disk_is_full(folder: Path, tmp_path: Path) -> None:
    """Docker's client says no more than that the registry failed."""
    (folder / "big.bin").write_bytes(os.urandom(3_000_000))
    (folder / "Dockerfile").write_text("FROM scratch\nCOPY cog.yaml big.bin /src/\n")
    with registry(tmp_path, room="1m") as address:
        said = _push(folder, f"{address}/team/x", code=1)
    assert "error[registry-full]" in said.stderr
    assert "no space left on device" in said.stderr
    assert "trying again" not in said.stderr


def test_no_registry_at_all(folder: Path) -> None:
    said = _push(folder, f"127.0.0.1:{free_port()}/team/nowhere", code=1)
    assert "error[registry-unreachable]" in said.stderr
    assert said.stderr.count("trying again") == 3


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [(HTTPStatus.FORBIDDEN, b'{"errors":[{"code":"DENIED","message":"no push for you"}]}', "push-denied")],
)
def test_a_registry_that_takes_nothing(folder: Path, status: HTTPStatus, body: bytes, code: str) -> None:
    with refusing(status, body) as address:
        assert f"error[{code}]" in _push(folder, f"{address}/team/refused", code=1).stderr
