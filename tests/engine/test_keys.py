"""Keys of cog.yaml that only a real build can prove."""

import sys
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .projects import cogc, docker, in_image, project, removed

pytestmark = pytest.mark.engine

SETUP = """
from setuptools import setup

setup(name={name!r}, version="1.0", py_modules=[{name!r}], install_requires={needs})
"""
WHO = """
import os
from pathlib import Path
from cog import BasePredictor

class Predictor(BasePredictor):
    def predict(self) -> str:
        Path.home().joinpath(".cache").mkdir()
        return f"{os.getuid() != 0} {Path.home()} {Path('cog.yaml').exists()}"
"""


@pytest.fixture
def image(request: pytest.FixtureRequest) -> Iterator[str]:
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name.lower()).strip("-")
    with removed(f"cogc-tests/{name}") as image:
        yield image


def _project(root: Path, build: dict[str, Any], **files: str) -> Path:
    return project(root, {"build": {"python_version": "3.12", **build}}, **files)


def _package(folder: Path, name: str, needs: str = "") -> None:
    folder.mkdir()
    (folder / "setup.py").write_text(SETUP.format(name=name, needs=needs.split()))
    (folder / f"{name}.py").write_text("here = __file__\n")


def _wheel(folder: Path, name: str) -> str:
    """A wheel of one module, as any tool makes it."""
    folder.mkdir()
    place = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(f"{name}.py", "here = __file__\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return place.relative_to(folder.parent).as_posix()


def test_packages_of_the_project(tmp_path: Path, image: str) -> None:
    _package(tmp_path / "plain", "plain_one", needs="six")
    _package(tmp_path / "edited", "edited_one")
    wheel = _wheel(tmp_path / "wheels", "wheel_one")
    lines = f"-c limits.txt\n{wheel} ; python_version > '3'\n./plain\n-e ./edited\n"
    folder = _project(
        tmp_path, {"python_requirements": "requirements.txt"}, requirements__txt=lines, limits__txt="six<1.17\n"
    )
    (tmp_path / ".dockerignore").write_text("wheels\n")
    cogc(folder, "build", "-t", image)
    script = "import edited_one, plain_one, six, wheel_one; print(edited_one.here, plain_one.here, six.__version__)"
    edited, plain, six = in_image(image, f"python -c '{script}'").split()
    assert (edited, six) == ("/src/edited/edited_one.py", "1.16.0")
    assert "site-packages" in plain
    assert in_image(image, "ls -d /src/wheels /src/edited/*.egg-info /tmp/uv-* 2>/dev/null || true") == ""


def test_folders_of_wheels_and_paths_with_blanks(tmp_path: Path, image: str) -> None:
    _package(tmp_path / "my plugin", "edited_one")
    _wheel(tmp_path / "my wheels", "linked_one")
    lines = "-f 'my wheels'\nlinked_one\n-e 'my plugin'\n"
    command = {"command": "cp 'my words.txt' /seen", "copy": ["my words.txt"]}
    build = {"python_requirements": "requirements.txt", "run": [command]}
    folder = _project(tmp_path, build, requirements__txt=lines)
    (folder / "my words.txt").write_text("seen\n")
    (tmp_path / ".dockerignore").write_text("my wheels\n")
    cogc(folder, "build", "-t", image)
    script = "import edited_one, linked_one; print(edited_one.here)"
    assert in_image(image, f"python -c '{script}'; cat /seen") == "/src/my plugin/edited_one.py\nseen"


def test_hashes_are_required_of_every_line(tmp_path: Path, image: str) -> None:
    digest = "8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254"
    pinned = f"--require-hashes\nsix==1.16.0 --hash=sha256:{digest}\n"
    folder = _project(tmp_path, {"python_requirements": "requirements.txt"}, requirements__txt=pinned)
    cogc(folder, "build", "-t", image)
    assert in_image(image, "python -c 'import cog, six; print(six.__version__)'") == "1.16.0"
    (folder / "requirements.txt").write_text(f"{pinned}cowpy==1.1.5\n")
    assert "cowpy" in cogc(folder, "build", "-t", image, code=1).stderr


def test_commands_before_the_packages(tmp_path: Path, image: str) -> None:
    folder = _project(
        tmp_path,
        {"python_packages": ["six"], "pre_install": ["pip freeze > /before"], "run": ["pip freeze > /after"]},
    )
    said = cogc(folder, "build", "-t", image)
    assert "warning[deprecated-key]" in said.stderr
    assert in_image(image, "grep -c six /before; grep -c six /after") == "0\n1"


def test_a_command_sees_its_files_and_is_repeated_when_they_change(tmp_path: Path, image: str) -> None:
    command = {"command": "cat made.txt deep/more.txt > /seen && touch deep/made", "copy": ["made.txt", "deep"]}
    folder = _project(tmp_path, {"run": [command, "pwd > /where"]}, made__txt="one\n", other__txt="a")
    (folder / "deep").mkdir()
    (folder / "deep" / "more.txt").write_text("two\n")
    (folder / ".dockerignore").write_text("made.txt\n")
    cogc(folder, "build", "-t", image)
    assert in_image(image, "cat /seen /where; ls /src/deep").split() == ["one", "two", "/", "made", "more.txt"]
    (folder / "other.txt").write_text("b")
    assert "Command" not in cogc(folder, "build", "-t", image).stderr
    unseen = uuid.uuid4().hex  # an engine remembers the builds of earlier runs
    (folder / "deep" / "more.txt").write_text(f"{unseen}\n")
    assert "Command: cat" in cogc(folder, "build", "-t", image).stderr
    assert unseen in in_image(image, "cat /seen")


def test_a_cache_is_found_again_and_is_in_no_image(tmp_path: Path, image: str) -> None:
    target = f"/var/cache/cogc-tests-{uuid.uuid4()}"  # the engine keeps those of earlier runs
    mounts = [{"type": "cache", "target": target}]
    folder = _project(tmp_path, {"run": [{"command": f"echo 1 >> {target}/runs", "mounts": mounts}]})
    cogc(folder, "build", "-t", image)
    _project(tmp_path, {"run": [{"command": f"cat {target}/runs > /kept", "mounts": mounts}]})
    cogc(folder, "build", "-t", image)
    assert in_image(image, f"cat /kept; ls {target}/runs 2>/dev/null || true") == "1"


def test_the_server_runs_as_another_user(tmp_path: Path, image: str) -> None:
    folder = _project(tmp_path, {"user": "model", "run": ["id -un > /built-by"]}, predict__py=WHO)
    cogc(folder, "build", "-t", image)
    assert cogc(folder, "predict", image).stdout == "True /home/model True\n"
    assert in_image(image, "id -un; cat /built-by; cat /etc/shadow 2>/dev/null || true") == "model\nroot"


@pytest.fixture
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An image of the test's own, from the Dockerfile that it is given."""
    with removed(f"cogc-tests/base-{abs(hash(request.node.name))}") as name:
        (tmp_path / "base").mkdir()
        (tmp_path / "base" / "Dockerfile").write_text(request.param)
        docker("build", "--quiet", "--tag", name, str(tmp_path / "base"))
        yield name


OWN = "FROM python:3.12-slim\nRUN useradd somebody\nENV GREETING=own\nWORKDIR /tmp\nUSER somebody\n"
ALPINE = "FROM debian:bookworm-slim\nRUN printf 'ID=alpine\\nPRETTY_NAME=Alpine\\n' > /etc/os-release\n"
NO_APT = "FROM debian:bookworm-slim\nRUN rm /usr/bin/apt-get\n"


@pytest.mark.parametrize("base", [OWN], indirect=True)
def test_an_own_base(tmp_path: Path, image: str, base: str) -> None:
    folder = _project(tmp_path / "project", {"base_image": base, "run": ["id -un > /who && pwd >> /who"]})
    cogc(folder, "build", "-t", image)
    assert cogc(folder, "predict", image, "-i", "name=Ada").stdout == "Hello, Ada!\n"
    assert in_image(image, "cat /who; echo $GREETING; ls -d /opt/python 2>/dev/null || true") == "root\n/\nown"


@pytest.mark.parametrize(("base", "said"), [(ALPINE, "but Alpine"), (NO_APT, "but Debian")], indirect=["base"])
def test_a_base_that_does_not_keep_the_contract(tmp_path: Path, image: str, base: str, said: str) -> None:
    folder = _project(tmp_path / "project", {"base_image": base})
    failed = cogc(folder, "build", "-t", image, code=1).stderr
    assert f"cogc: build.base_image {base} is not Debian or Ubuntu with apt-get, {said}" in failed


def test_paths_of_the_project_serve_on_the_host_too(tmp_path: Path) -> None:
    here = ".".join(map(str, sys.version_info[:2]))
    _package(tmp_path / "edited", "edited_one")
    _wheel(tmp_path / "my wheels", "linked_one")
    packages = ["-e ./edited", _wheel(tmp_path / "wheels", "wheel_one"), "-f 'my wheels'", "linked_one"]
    folder = project(tmp_path, {"build": {"python_version": here, "python_packages": packages}})
    (folder / "predict.py").write_text(
        "import edited_one, linked_one, wheel_one\n" + (folder / "predict.py").read_text()
    )
    assert cogc(folder, "predict", "--local", "-i", "name=Ada").stdout == "Hello, Ada!\n"


def test_a_second_build_without_the_cache_has_the_same_files(tmp_path: Path, image: str) -> None:
    """Times apart: an image store that clamps them gets the same layers from day to day."""
    build = {"system_packages": ["libmagic1"], "python_packages": ["six==1.16.0"], "user": "model", "run": ["true"]}
    folder = _project(tmp_path, build)
    cogc(folder, "build", "-t", image)
    first = _digests(image)
    cogc(folder, "build", "-t", image, "--no-cache")
    second = _digests(image)
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()


_OF_THE_CONTAINER = ("etc/hostname", "etc/hosts", "etc/resolv.conf")


def _digests(image: str) -> dict[str, str]:
    script = "cd / && find bin etc home lib opt root sbin src tmp usr var -xdev -type f -exec sha256sum {} +"
    listing = docker("run", "--rm", "--user", "root", image, "sh", "-c", script)
    found = {name: digest for digest, name in (line.split("  ", 1) for line in listing.splitlines())}
    return {name: digest for name, digest in found.items() if name not in _OF_THE_CONTAINER}
