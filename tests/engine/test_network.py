"""Builds behind a proxy, with an authority of one's own, with a private index, on a real engine."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from .image_bytes import places_of
from .network import index, proxy
from .projects import cogc, in_image, inspect, project, removed

pytestmark = pytest.mark.engine


@pytest.fixture
def image(request: pytest.FixtureRequest) -> Iterator[str]:
    with removed(f"cogc-tests/{request.node.name.replace('_', '-')}") as image:
        yield image


@pytest.fixture
def package() -> str:
    """A name that no cache has seen."""
    return f"private{uuid.uuid4().hex[:12]}"


def _project(root: Path, requirements: str, *commands: object) -> Path:
    build = {"python_version": "3.12", "python_requirements": "requirements.txt", "run": list(commands)}
    return project(root, {"build": build}, requirements__txt=requirements)


def test_an_authority_of_ones_own(tmp_path: Path, image: str, package: str) -> None:
    authority = trustme.CA()
    (tmp_path / "ca.pem").write_bytes(authority.cert_pem.bytes() + authority.private_key_pem.bytes())
    with index(package, authority=authority) as served:
        url = f"https://{served.address}/simple/{package}/"
        fetch = f"python -c 'import urllib.request as u; u.urlopen(\"{url}\")'"
        lines = f"--extra-index-url https://{served.address}/simple/\n{package}==1.0\n"
        folder = _project(
            tmp_path / "project",
            lines,
            f"curl -fsS {url}",
            fetch,
            f"pip download -d / -i https://{served.address}/simple/ {package}",
        )
        refused = cogc(folder, "build", "-t", image, code=1).stderr
        assert "error[certificate-unknown]" in refused
        assert "COG_CA_CERT" in refused
        cogc(folder, "build", "-t", image, COG_CA_CERT=str(tmp_path / "ca.pem"))
        assert in_image(image, f"{fetch} && python -c 'import {package}; print({package}.here)'") == "True"
    key = authority.private_key_pem.bytes().splitlines()[1]
    assert places_of(key, image, tmp_path) == []


def test_a_proxy_is_used_and_is_not_in_the_image(tmp_path: Path, image: str, package: str) -> None:
    with index(package) as served, proxy() as through:
        lines = f"--extra-index-url http://{served.address}/simple/\n--trusted-host {served.address}\n{package}==1.0\n"
        folder = _project(tmp_path, lines, f"curl -fsS http://{served.address}/simple/{package}/ > /page")
        through_it = f"http://somebody:pa55w0rd@{through.address}"
        cogc(folder, "build", "-t", image, http_proxy=through_it, NO_PROXY="*.internal-of-the-test")
        assert f"http://{served.address}/files/{package}-1.0-py3-none-any.whl" in through.asked
        assert through.asked.count(f"http://{served.address}/simple/{package}/") >= 2, "by the installer and by curl"
    assert not [entry for entry in inspect(image, ".Config.Env") if "proxy" in entry.lower()]
    assert places_of(b"pa55w0rd", image, tmp_path) == []
    assert places_of(b"internal-of-the-test", image, tmp_path) == []


def test_another_proxy_repeats_no_step(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {})
    cogc(folder, "build", "-t", image)
    before = inspect(image, ".RootFS.Layers")
    cogc(folder, "build", "-t", image, HTTP_PROXY="http://127.0.0.1:9")
    assert inspect(image, ".RootFS.Layers") == before


def test_the_documents_private_index(tmp_path: Path, image: str, package: str) -> None:
    """As the page on private registries prints it, but for the package's name, which it leaves out."""
    mount = {"type": "secret", "id": "pip", "target": "/etc/pip.conf"}
    folder = project(
        tmp_path / "project",
        {"build": {"python_version": "3.12", "run": [{"command": f"pip install {package}", "mounts": [mount]}]}},
    )
    with index(package, login="reader:s3cr3t-0f-the-test") as served:
        host = served.address.partition(":")[0]
        (tmp_path / "pip.conf").write_text(
            f"[global]\nindex-url = http://reader:s3cr3t-0f-the-test@{served.address}/simple/\ntrusted-host = {host}\n"
        )
        cogc(folder, "build", "-t", image, "--secret", f"id=pip,source={tmp_path / 'pip.conf'}")
    assert in_image(image, f"python -c 'import {package}; print({package}.here)'; ls /etc/pip.conf || true") == "True"
    assert places_of(b"s3cr3t-0f-the-test", image, tmp_path) == []
