"""`cogc login`: the registry is asked, and the login is where docker, podman and cogc itself look for it."""

import base64
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cogc.cli import main
from cogc.registry.credentials import Login, stored_login

from .faulty import FaultyRegistry, Guard

KEPT = base64.b64encode(b"user:secret").decode()


@pytest.fixture(autouse=True)
def _nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No logins of whoever runs this, no engine, and a helper that keeps what it is told."""
    program = tmp_path / "docker-credential-test"
    program.write_text(f'#!/bin/sh\ntest "$1" = store && cat > {tmp_path}/stored\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none.sock")
    for name in ("REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "COG_REGISTRY_HOST"):
        monkeypatch.delenv(name, raising=False)


def _log_in(host: str, password: str, **variables: str) -> Result:
    arguments = ("login", host, "--username", "user", "--token-stdin")
    return CliRunner(env=variables).invoke(main, arguments, input=f"{password}\n", catch_exceptions=False)


@pytest.mark.parametrize("basic", [True, False])
def test_what_the_registry_takes_is_kept(faulty: FaultyRegistry, tmp_path: Path, basic: bool) -> None:
    faulty.guard = Guard(password="secret", basic=basic)
    (tmp_path / "config.json").write_text('{"auths": {"other.example": {"auth": "eDp5"}}, "proxies": {}}')
    said = _log_in(faulty.host, "secret")
    assert f"Logged in to {faulty.host}; the login is kept by {tmp_path}/config.json." in said.stderr
    kept = json.loads((tmp_path / "config.json").read_text())
    assert kept == {"auths": {"other.example": {"auth": "eDp5"}, faulty.host: {"auth": KEPT}}, "proxies": {}}
    assert (tmp_path / "config.json").stat().st_mode & 0o777 == 0o600
    assert stored_login(faulty.host, {"DOCKER_CONFIG": str(tmp_path)}) == Login(basic=KEPT)


@pytest.mark.parametrize("basic", [True, False])
def test_what_it_refuses_is_not(faulty: FaultyRegistry, tmp_path: Path, basic: bool) -> None:
    faulty.guard = Guard(password="secret", basic=basic)
    said = _log_in(faulty.host, "wrong")
    assert (said.exit_code, "error[login-failed]" in said.stderr) == (1, True)
    assert not (tmp_path / "config.json").exists()


def test_no_registry(tmp_path: Path) -> None:
    said = _log_in("registry.invalid", "secret", https_proxy="", HTTPS_PROXY="")
    assert (said.exit_code, "error[registry-unreachable]" in said.stderr) == (1, True)


def test_nobody_to_ask() -> None:
    said = CliRunner().invoke(main, ["login", "r.example"], catch_exceptions=False)
    assert said.exit_code == 1
    assert "--token-stdin" in said.stderr


@pytest.mark.parametrize("config", [{"credsStore": "test"}, {"credHelpers": {"HOST": "test"}}])
def test_a_helper_keeps_it(faulty: FaultyRegistry, tmp_path: Path, config: dict[str, object]) -> None:
    faulty.guard = Guard(password="secret")
    (tmp_path / "config.json").write_text(json.dumps(config).replace("HOST", faulty.host))
    assert "kept by the program 'test'" in _log_in(faulty.host, "secret").stderr
    stored = json.loads((tmp_path / "stored").read_text())
    assert stored == {"ServerURL": faulty.host, "Username": "user", "Secret": "secret"}
    assert json.loads((tmp_path / "config.json").read_text())["auths"] == {faulty.host: {}}


@pytest.mark.parametrize("text", ["{", '{"credsStore": "not-there"}', "[]"])
def test_a_place_that_cannot_keep_it(faulty: FaultyRegistry, tmp_path: Path, text: str) -> None:
    (tmp_path / "config.json").write_text(text)
    said = _log_in(faulty.host, "secret")
    assert (said.exit_code, "error[registry-credentials]" in said.stderr) == (1, True)
    assert (tmp_path / "config.json").read_text() == text


def test_the_file_that_is_named_for_podman(faulty: FaultyRegistry, tmp_path: Path) -> None:
    named = str(tmp_path / "auth.json")
    assert f"kept by {named}." in _log_in(faulty.host, "secret", REGISTRY_AUTH_FILE=named).stderr
    assert not (tmp_path / "config.json").exists()


@pytest.mark.parametrize("place", ["REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"])
def test_a_login_of_podmans_is_found(tmp_path: Path, place: str) -> None:
    path = tmp_path / "auth.json" if place == "REGISTRY_AUTH_FILE" else tmp_path / "containers" / "auth.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"auths": {"r.example": {"auth": KEPT}}}))
    named = {place: str(path if place == "REGISTRY_AUTH_FILE" else tmp_path)}
    assert stored_login("r.example", {"DOCKER_CONFIG": str(tmp_path), **named}) == Login(basic=KEPT)
