"""Certificates: which are taken, and what is told of others."""

import base64
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError

from .blobs import REPOSITORY, client, digest_of, push, source
from .faulty import FaultyRegistry, Rule, Upload, accepts, running


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate that nobody knows, and its key."""
    folder = tmp_path_factory.mktemp("authority")
    files = ["-keyout", str(folder / "key"), "-out", str(folder / "own.crt")]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    argv = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *files, *names]
    subprocess.run(argv, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def secure(authority: Path) -> Iterator[FaultyRegistry]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "own.crt", authority / "key")
    with running(context) as registry:
        yield registry


FORMS: dict[str, Callable[[Path], str]] = {
    "a file": lambda folder: str(folder / "own.crt"),
    "a folder": str,
    "text": lambda folder: (folder / "own.crt").read_text(),
    "base64": lambda folder: base64.b64encode((folder / "own.crt").read_bytes()).decode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_authority_of_ones_own_is_trusted(
    form: Callable[[Path], str], authority: Path, secure: FaultyRegistry
) -> None:
    digest = secure.add(REPOSITORY, b"content")
    with client(secure.host, COG_CA_CERT=form(authority)) as registry:
        assert registry.get_blob(REPOSITORY, digest, 7) == b"content"


def test_an_upload_stays_encrypted(authority: Path, secure: FaultyRegistry, tmp_path: Path) -> None:
    """A registry behind a proxy that adds the encryption believes that it is not encrypted."""
    secure.uploads["plain"] = Upload(REPOSITORY)
    place = f"http://{secure.host}/v2/{REPOSITORY}/blobs/uploads/plain"
    secure.rules = [Rule("POST", "uploads", accepts(place))]
    push(client(secure.host, COG_CA_CERT=str(authority)), tmp_path, source(b"encrypted"))
    assert b"encrypted" in secure.blobs.values()


def test_a_certificate_that_nobody_knows_is_refused(secure: FaultyRegistry) -> None:
    with client(secure.host) as registry, pytest.raises(CompileError) as raised:
        registry.has_blob(REPOSITORY, digest_of(b""))
    (found,) = raised.value.diagnostics
    assert (found.code.id, "COG_CA_CERT" in found.help) == ("registry-unreachable", True)


def test_a_variable_that_holds_no_certificate_is_told(secure: FaultyRegistry) -> None:
    with client(secure.host, COG_CA_CERT="/nonexistent") as registry, pytest.raises(CompileError) as raised:
        registry.has_blob(REPOSITORY, digest_of(b""))
    assert raised.value.diagnostics[0].code.id == "ca-cert"


def test_the_engines_own_authorities_are_trusted(
    authority: Path, secure: FaultyRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / secure.host).mkdir()
    shutil.copy(authority / "own.crt", tmp_path / secure.host / "ca.crt")
    monkeypatch.setattr("cogc.registry.trust._ENGINE", tmp_path)
    digest = secure.add(REPOSITORY, b"content")
    with client(secure.host) as registry:
        assert registry.get_blob(REPOSITORY, digest, 7) == b"content"
    (tmp_path / secure.host / "other.crt").write_text("nothing")
    with client(secure.host) as registry, pytest.raises(CompileError) as raised:
        registry.has_blob(REPOSITORY, digest)
    assert raised.value.diagnostics[0].code.id == "registry-certificates"
