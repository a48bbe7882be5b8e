"""COG_CA_CERT in each of its forms."""

import base64
from pathlib import Path

import pytest
import trustme

from cogc.deliver.certificates import own_certificates
from cogc.ir.diagnostic import CompileError

FIRST, SECOND = (trustme.CA().cert_pem.bytes().decode() for _ in range(2))
KEY = trustme.CA().private_key_pem.bytes().decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.crt").write_text(SECOND)
    (tmp_path / "a.pem").write_text(f"A comment\n{FIRST}{KEY}{FIRST}")
    (tmp_path / "key.pem").write_text(KEY)
    (tmp_path / "readme.txt").write_text(trustme.CA().cert_pem.bytes().decode())
    (tmp_path / "deep.pem").mkdir()
    return tmp_path


def _given(value: str) -> str:
    return own_certificates({"COG_CA_CERT": value})


def test_every_form_gives_the_certificates_and_nothing_else(folder: Path) -> None:
    assert _given(str(folder / "a.pem")) == FIRST
    assert _given(str(folder)) == FIRST + SECOND
    assert _given(f"{FIRST}{SECOND}") == FIRST + SECOND
    assert _given(FIRST.replace("\n", "\r\n")) == FIRST
    assert _given(base64.b64encode(FIRST.encode()).decode()) == FIRST
    assert _given(base64.encodebytes(FIRST.encode()).decode()) == FIRST


@pytest.mark.parametrize("environment", [{}, {"COG_CA_CERT": ""}, {"COG_CA_CERT": " "}])
def test_without_it_there_are_none(environment: dict[str, str]) -> None:
    assert own_certificates(environment) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("/nowhere/ca.pem", "No such file"),
        ("x" * 5000, "File name too long"),
        ("{folder}/key.pem", "holds no certificate"),
        ("{folder}/deep.pem", "holds no certificate"),
        (base64.b64encode(b"nothing").decode(), "No such file"),
        (f"{FIRST[:200]}\n-----END CERTIFICATE-----", "cannot be read"),
    ],
)
def test_what_is_no_certificate_is_told(folder: Path, value: str, said: str) -> None:
    with pytest.raises(CompileError) as caught:
        _given(value.replace("{folder}", str(folder)))
    (found,) = caught.value.diagnostics
    assert (found.code.id, bool(found.help)) == ("ca-cert", True)
    assert said in found.message
