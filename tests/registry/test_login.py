"""Credentials, tokens and certificates, as a real client of a real token service meets them."""

import base64
import json
import stat
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.registry.credentials import Login, stored_login

from .blobs import MIB, REPOSITORY, SMALL, client, noise, pull, push, source, wanted_whole
from .faulty import FaultyRegistry, Guard, Rule, Upload, accepts, running

LARGE = noise(7 * MIB, 3)
AUTH = base64.b64encode(b"user:secret").decode()


def stored(folder: Path, host: str, **config: object) -> dict[str, str]:
    (folder / "config.json").write_text(json.dumps(config or {"auths": {host: {"auth": AUTH}}}))
    return {"DOCKER_CONFIG": str(folder)}


@pytest.mark.parametrize("uses", [1, 2, 3, 1000])
def test_tokens_that_end_in_the_middle_are_renewed(uses: int, faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.guard = Guard(password="secret", uses=uses)
    registry = client(faulty.host, **stored(tmp_path, faulty.host))
    blob, wanted = source(LARGE), wanted_whole(LARGE, tmp_path)
    alone = replace(SMALL, workers=1 if uses < 100 else 4)  # a token that all share would be used up between two
    push(registry, tmp_path, blob, settings=alone)
    assert faulty.blobs[REPOSITORY, blob.digest] == LARGE
    pull(registry, tmp_path, wanted, settings=alone)
    assert wanted.path.read_bytes() == LARGE
    assert faulty.guard.given == 2 if uses == 1000 else faulty.guard.given > 2


def test_a_token_is_asked_for_what_is_done(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.guard = Guard()
    registry = client(faulty.host)
    push(registry, tmp_path, source(LARGE))
    assert faulty.guard.asked == [["registry:catalog:*", f"repository:{REPOSITORY}:pull,push"]]


def test_a_token_is_not_used_to_its_last_second(faulty: FaultyRegistry, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty.guard = Guard()
    faulty.add(REPOSITORY, LARGE)
    digest, later = source(LARGE).digest, monotonic() + 50
    with client(faulty.host) as registry:
        assert registry.has_blob(REPOSITORY, digest)
        monkeypatch.setattr("cogc.registry.tokens.monotonic", lambda: later)
        before = len(faulty.asked)
        assert registry.has_blob(REPOSITORY, digest)
    assert [request.split("?")[0] for request in faulty.asked[before:]] == ["GET /token", f"HEAD {_path(digest)}"]


def _path(digest: str) -> str:
    return f"/v2/{REPOSITORY}/blobs/{digest}"


def test_a_registry_may_want_the_password_itself(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.guard = Guard(password="secret", basic=True)
    push(client(faulty.host, **stored(tmp_path, faulty.host)), tmp_path, source(LARGE))
    assert faulty.blobs


@pytest.mark.parametrize("basic", [True, False])
@pytest.mark.parametrize("password", ["", "wrong"])
def test_wrong_credentials_are_told(basic: bool, password: str, faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.guard = Guard(password="secret", basic=basic)
    auth = base64.b64encode(f"user:{password}".encode()).decode()
    environment = stored(tmp_path, faulty.host, auths={faulty.host: {"auth": auth}} if password else {})
    with pytest.raises(CompileError) as raised:
        push(client(faulty.host, **environment), tmp_path, source(LARGE))
    assert raised.value.diagnostics[0].code.id == "registry-denied"
    assert raised.value.diagnostics[0].help == f"cogc login {faulty.host}"


def test_a_refresh_token_buys_tokens(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.guard = Guard(refresh="bought")
    config = {"auths": {faulty.host: {"identitytoken": "bought"}}}
    push(client(faulty.host, **stored(tmp_path, faulty.host, **config)), tmp_path, source(LARGE))
    assert faulty.blobs
    assert faulty.guard.asked == [[f"registry:catalog:* repository:{REPOSITORY}:pull,push"]]


def test_another_host_never_sees_a_token(faulty: FaultyRegistry, tmp_path: Path) -> None:
    """Registries in a cloud send the bytes to its storage."""
    faulty.guard = Guard()
    with running() as storage:
        storage.uploads["elsewhere"] = Upload(REPOSITORY)
        place = f"http://{storage.host}/v2/{REPOSITORY}/blobs/uploads/elsewhere?signed=yes"
        faulty.rules = [Rule("POST", "uploads", accepts(place))]
        push(client(faulty.host), tmp_path, source(LARGE))
        assert [*storage.blobs.values()] == [LARGE]
        assert storage.authorizations == {""}
        assert storage.asked[0] == f"PATCH {place.removeprefix(f'http://{storage.host}')}"


def helper(folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    program = folder / "docker-credential-test"
    program.write_text(f"#!/bin/sh\ncat > {folder}/asked\nprintf '%s' '{answer}'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


SECRET, REFRESH = '{"Username": "user", "Secret": "secret"}', '{"Username": "<token>", "Secret": "bought"}'
STORES = {
    "a file": ({"auths": {"r.example": {"auth": AUTH}}}, "", Login(basic=AUTH)),
    "a URL in a file": ({"auths": {"https://r.example": {"auth": AUTH}}}, "", Login(basic=AUTH)),
    "a store": ({"auths": {"r.example": {}}, "credsStore": "test"}, SECRET, Login(basic=AUTH)),
    "a helper": ({"credHelpers": {"r.example": "test"}}, SECRET, Login(basic=AUTH)),
    "a refresh token": ({"auths": {"r.example": {"identitytoken": "bought"}}}, "", Login(refresh="bought")),
    "a helper's refresh token": ({"credHelpers": {"r.example": "test"}}, REFRESH, Login(refresh="bought")),
    "another host": ({"auths": {"s.example": {"auth": AUTH}}}, "", Login()),
}


@pytest.mark.parametrize(("config", "answer", "login"), STORES.values(), ids=STORES)
def test_credentials_are_found_where_docker_keeps_them(
    config: dict[str, object], answer: str, login: Login, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    helper(tmp_path, monkeypatch, answer)
    assert stored_login("r.example", stored(tmp_path, "", **config)) == login


@pytest.mark.parametrize("text", ["{", "[]", '{"auths": 1}', '{"auths": {"r.example": {"auth": "/w=="}}}'])
def test_credentials_that_cannot_be_read_are_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(CompileError) as raised:
        stored_login("r.example", {"DOCKER_CONFIG": str(tmp_path)})
    assert raised.value.diagnostics[0].code.id == "registry-credentials"
