"""`cogc build` and `docker build OUT` on a real engine."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from .image_bytes import places_of
from .projects import cogc, docker, in_image, inspect, project, removed

pytestmark = pytest.mark.engine

AWKWARD = "two words, 'single' \"double\" $HOME ${X} `x` \\ back\\\\slash # no comment, grün 🙂 = end "
ECHO = """
from cog import BasePredictor, Input

class Predictor(BasePredictor):
    def predict(self, a: str = Input(description=TEXT)) -> str:
        return a
"""


@pytest.fixture
def image(request: pytest.FixtureRequest) -> Iterator[str]:
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name.lower()).strip("-")
    with removed(f"cogc-tests/{name}") as image:
        yield image


@pytest.mark.parametrize("python", ["3.8", "3.11", "3.13"])
def test_pythons(tmp_path: Path, image: str, python: str) -> None:
    folder = project(tmp_path, {"build": {"python_version": python, "python_packages": ["six==1.16.0"]}})
    assert cogc(folder, "build", "-t", image).stdout == f"{image}\n"
    said = cogc(folder, "predict", image, "-i", "name=Ada")
    assert said.stdout == "Hello, Ada!\n"
    version = in_image(image, "python -c 'import six, sys; print(*sys.version_info[:2], sep=str(chr(46)))'")
    assert version == python


def test_values_arrive_as_they_were_written(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {"environment": [f"AWKWARD={AWKWARD}", "EMPTY=", "PLAIN=a=b"]})
    cogc(folder, "build", "-t", image)
    variables = dict(entry.partition("=")[::2] for entry in inspect(image, ".Config.Env"))
    assert (variables["AWKWARD"], variables["EMPTY"], variables["PLAIN"]) == (AWKWARD, "", "a=b")
    labels = inspect(image, ".Config.Labels")
    assert json.loads(labels["run.cog.config"])["environment"][0] == f"AWKWARD={AWKWARD}"
    name = json.loads(labels["run.cog.openapi_schema"])["components"]["schemas"]["Input"]["properties"]["name"]
    assert name["description"] == 'who "is" $HOME \\ there, grün'


def test_a_long_schema_goes_into_one_label(tmp_path: Path, image: str) -> None:
    text = "".join(f'# {number} ünder \\ "quote" ' for number in range(6000))
    folder = project(tmp_path, {}, predict__py=ECHO.replace("TEXT", repr(text)))
    cogc(folder, "build", "-t", image)
    schema = json.loads(inspect(image, ".Config.Labels")["run.cog.openapi_schema"])
    assert schema["components"]["schemas"]["Input"]["properties"]["a"]["description"] == text


def test_commands_run_as_they_were_written(tmp_path: Path, image: str) -> None:
    commands = [
        "echo \"$(id -un) '$HOME'\" > /one",
        "echo first > /two\ncat >> /two <<END\nsecond $((1 + 1)) \\\\ END\nEND\n",
        "[ -f /one ] && echo three > /three",
        'echo "$GREETING" > /four',
        "curl --version > /five",
        "--mount=type=bind,target=/x || echo six > /six",
        "echo seven > /seven \\",
        "# nothing",
    ]
    folder = project(
        tmp_path, {"build": {"python_version": "3.12", "run": commands}, "environment": ["GREETING=hi you"]}
    )
    cogc(folder, "build", "-t", image)
    found = in_image(image, "cat /one /two /three /four /six /seven; test -s /five && echo five")
    assert found.splitlines() == [
        "root '/root'", "first", "second 2 \\ END", "three", "hi you", "six", "seven \\", "five"
    ]  # fmt: skip


def test_a_failing_line_of_a_script_fails_the_build(tmp_path: Path, image: str) -> None:
    folder = project(
        tmp_path, {"build": {"python_version": "3.12", "run": ["echo 'gone wrong here'\nfalse\necho not reached\n"]}}
    )
    said = cogc(folder, "build", "-t", image, code=1).stderr
    assert "error[build-failed]" in said
    assert "gone wrong here" in said
    assert "not reached\n" not in said.replace("echo not reached", "")


@pytest.mark.parametrize("given", ["src={folder}/outside", "env=TOKEN_OF_THE_TEST"])
def test_secrets_are_read_and_not_kept(tmp_path: Path, image: str, given: str) -> None:
    mount = {"type": "secret", "id": "token", "target": "/run/token"}
    command = {"command": "wc -c < /run/token > /length", "mounts": [mount]}
    folder = project(tmp_path, {"build": {"python_version": "3.12", "run": [command]}})
    (tmp_path / "outside").write_text("s3cr3t-value-of-the-test")
    (tmp_path / ".dockerignore").write_text("outside\n")
    assert "error[secret-missing]" in cogc(folder, "build", "-t", image, code=1).stderr
    secret = f"id=token,{given.format(folder=tmp_path)}"
    cogc(folder, "build", "-t", image, "--secret", secret, TOKEN_OF_THE_TEST="s3cr3t-value-of-the-test")
    assert in_image(image, "cat /length; ls /run/token 2>/dev/null || true") == "24"
    assert places_of(b"s3cr3t-value-of-the-test", image, tmp_path) == []
    assert places_of(b"class Predictor", image, tmp_path), "the search would find it"


def test_the_image_holds_no_installer_and_no_caches(tmp_path: Path, image: str) -> None:
    packages = {"python_packages": ["six==1.16.0"], "system_packages": ["tree"], "run": ["pip install cowpy==1.1.5"]}
    folder = project(tmp_path, {"build": {"python_version": "3.12", **packages}})
    cogc(folder, "build", "-t", image)
    assert in_image(image, "tree --version >/dev/null && cowpy hi >/dev/null && echo ok") == "ok"
    folders = "/opt /opt/uv /root/.cache/uv /root/.cache/pip /var/cache/cogc"
    script = f"ls -A {folders} 2>/dev/null; find / -xdev -name uv"
    assert in_image(image, f"{script} || true").split() == ["/opt:", "cog"]


@pytest.fixture(scope="module")
def fresh_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A base that no build has ever seen: steps on it are in no cache that an earlier run of the tests has left."""
    folder = tmp_path_factory.mktemp("base")
    (folder / "Dockerfile").write_text(f"FROM python:3.12-slim\nRUN echo {uuid.uuid4()} > /etc/mark\n")
    with removed(f"cogc-tests/base-{uuid.uuid4()}") as name:
        docker("build", "--quiet", "--tag", name, str(folder))
        yield name


@pytest.mark.parametrize(
    ("change", "repeated"),
    [("nothing", 0), ("source", 1), ("environment", 3), ("requirement", 4), ("system package", 5)],
)
def test_a_change_repeats_only_what_stands_on_it(
    tmp_path: Path, image: str, fresh_base: str, change: str, repeated: int
) -> None:
    packages = {"python_packages": ["six==1.16.0"], "system_packages": ["tree"]}
    build = {"base_image": fresh_base, "python_version": "3.12", "run": ["echo"], **packages}
    folder = project(tmp_path, {"build": build, "environment": ["A=1"]})
    cogc(folder, "build", "-t", image)
    before = _layers(image)
    match change:
        case "source":
            (folder / "more.txt").write_text("x")
        case "environment":
            project(tmp_path, {"build": build, "environment": ["A=2"]})
        case "requirement":
            project(tmp_path, {"build": {**build, "python_packages": ["six==1.17.0"]}, "environment": ["A=1"]})
        case "system package":
            project(tmp_path, {"build": {**build, "system_packages": ["tree", "netbase"]}, "environment": ["A=1"]})
    said = cogc(folder, "build", "-t", image, "--progress", "plain").stderr
    assert (_layers(image) == before) == (change == "nothing")
    assert _repeated(said) == repeated


def test_the_servers_layer_is_shared_by_models_on_one_base(tmp_path: Path, image: str) -> None:
    plain = project(tmp_path / "plain", {})
    packages = {"python_packages": ["six==1.16.0"], "system_packages": ["tree"], "run": ["true"]}
    rich = project(tmp_path / "rich", {"build": {"python_version": "3.12", **packages}, "environment": ["A=1"]})
    with removed(f"{image}-rich") as other:
        cogc(plain, "build", "-t", image)
        cogc(rich, "build", "-t", other)
        shared = len(_layers("python:3.12-slim")) + 2
        assert _layers(image)[:shared] == _layers(other)[:shared], "the base, the tools and the server"


def _layers(image: str) -> list[str]:
    layers: list[str] = inspect(image, ".RootFS.Layers")
    return layers


def _repeated(progress: str) -> int:
    """How many steps of the last stage did not come from the cache."""
    started = {line.split(" ")[0] for line in progress.splitlines() if " [model " in line}
    cached = {line.split(" ")[0] for line in progress.splitlines() if line.endswith(" CACHED")}
    base = {line.split(" ")[0] for line in progress.splitlines() if " FROM " in line}
    return len(started - cached - base)


def test_a_folder_is_all_that_docker_needs(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path / "project", {})
    cogc(folder, "compile", "-o", str(tmp_path / "out"))
    docker("build", "--quiet", "--tag", image, str(tmp_path / "out"))
    assert cogc(tmp_path, "predict", image, "-i", "name=Bob").stdout == "Hello, Bob!\n"


IGNORE = """
# comment
*.log
!important.log
data
!data/keep/
**/*.tmp
docs/**
/rooted
src/*.py
a?c
[xy].txt
!y.txt
deep/**/end
"""
FILES = (
    *("a.log", "important.log", "sub/b.log", "data/x", "data/keep/y", "z.tmp", "deep/z.tmp", "docs/a", "docs/b/c"),
    *("rooted", "sub/rooted", "src/a.py", "src/deep/a.py", "abc", "ac", "x.txt", "y.txt", "z.txt"),
    *("deep/end", "deep/er/end", "deep/er/other", "plain", "sub/plain"),
)


def test_docker_reads_the_ignore_file_as_we_do(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path / "project", {})
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / ".dockerignore").write_text(IGNORE)
    (folder / "Dockerfile").write_text("FROM python:3.12-slim\nCOPY . /src\n")
    cogc(folder, "compile", "-o", str(tmp_path / "out"))
    docker("build", "--quiet", "--tag", image, str(folder))
    theirs = in_image(image, "cd /src && find . -type f | sort").split()
    source = tmp_path / "out" / "src"
    ours = sorted(f"./{path.relative_to(source)}" for path in source.rglob("*") if path.is_file())
    assert ours == theirs
    assert "./data/keep/y" in ours


def test_the_revision_is_a_label(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {})
    cogc(folder, "build", "-t", image, GITHUB_SHA="abc123", GITHUB_REF_NAME="v1.2")
    labels = inspect(image, ".Config.Labels")
    assert labels["org.opencontainers.image.revision"] == "abc123"
    assert labels["org.opencontainers.image.version"] == "v1.2"
