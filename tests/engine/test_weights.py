"""Weights from import to a served model, with the tools that people have: a registry, docker, skopeo, oras."""

import hashlib
import json
import shutil
import subprocess
import tarfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cogc.resources import SCHEMAS

from .projects import cogc, docker, project, removed
from .registries import registry

pytestmark = pytest.mark.engine

IMAGE = "cogc-tests/weights"
PREDICT = """
from pathlib import Path
from cog import BasePredictor

class Predictor(BasePredictor):
    def setup(self) -> None:
        self.text = Path("/src/weights/vocabulary.txt").read_text().strip()
        self.names = sorted(path.name for path in Path("/src/weights").iterdir() if path.name != ".cog")

    def predict(self) -> str:
        try:
            Path("/src/weights/vocabulary.txt").unlink()
        except OSError:
            return f"{self.text} {self.names} read-only"
        return "could be deleted"
"""
LARGE = bytes(range(256)) * 300_000
FILES = {"model.safetensors": LARGE, "sub/config.json": b"{}", "vocabulary.txt": b"hello weights\n"}


def _tool(name: str) -> str:
    """Without it the test fails: that nobody looked is no result."""
    if shutil.which(name) is None:
        pytest.fail(f"these tests run `{name}` (Debian and Ubuntu: apt-get install {name})", pytrace=False)
    return name


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A registry of this module alone, on the loopback address, which docker takes without TLS."""
    with registry(tmp_path_factory.mktemp("registry")) as address:
        yield address


@pytest.fixture(scope="module")
def pushed(host: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project whose weights were imported and pushed from one machine."""
    root = tmp_path_factory.mktemp("weights")
    weights = {"name": "base", "target": "/src/weights", "source": {"uri": "./files"}}
    folder = project(root / "p", {"model": f"{host}/{IMAGE}", "weights": [weights]}, predict__py=PREDICT)
    for path, content in FILES.items():
        place = folder / "files" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    cogc(folder, "weights", "import", COG_CACHE_DIR=str(root / "here"))
    cogc(folder, "weights", "push", COG_CACHE_DIR=str(root / "here"))
    shutil.rmtree(folder / "files")
    with removed(f"{host}/{IMAGE}-base"), removed(f"{host}/{IMAGE}"):
        yield folder


@pytest.fixture(scope="module")
def there(pushed: Path) -> str:
    """The cache of another machine, which has pulled them."""
    cache = str(pushed.parent / "there")
    assert "base: fetched" in cogc(pushed, "weights", "pull", COG_CACHE_DIR=cache).stdout
    return cache


def _tags(pushed: Path) -> dict[str, str]:
    digest = json.loads((pushed / "weights.lock").read_text())["weights"][0]["setDigest"]
    kinds = ("cog-weight", "cogc-modelpack", "cogc-image")
    return {kind: f"{kind}.base.{digest.removeprefix('sha256:')[:12]}" for kind in kinds}


def _digests(folder: Path) -> dict[str, str]:
    """Of all files but those that say how the weights are."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cog" not in path.relative_to(folder).parts
    }


WANTED = {path: hashlib.sha256(content).hexdigest() for path, content in FILES.items()}


def test_a_model_without_its_weights_is_told_how_to_get_them(pushed: Path, tmp_path: Path) -> None:
    said = cogc(pushed, "predict", code=1, COG_CACHE_DIR=str(tmp_path))
    assert "error[weights-missing]" in said.stderr
    assert "`cogc weights pull`" in said.stderr
    assert "Building" not in said.stderr


def test_another_machine_pulls_and_predicts(pushed: Path, there: str) -> None:
    said = cogc(pushed, "predict", COG_CACHE_DIR=there)
    assert said.stdout == "hello weights ['model.safetensors', 'sub', 'vocabulary.txt'] read-only\n"
    assert not (pushed / "weights").exists(), "the mount leaves no folder behind"


def test_an_image_finds_its_weights_without_the_project(pushed: Path, there: str, host: str) -> None:
    cogc(pushed, "build", "-t", f"{host}/{IMAGE}", COG_CACHE_DIR=there)
    said = cogc(Path("/"), "predict", f"{host}/{IMAGE}", COG_CACHE_DIR=there)
    assert said.stdout.startswith("hello weights")
    said = cogc(Path("/"), "predict", f"{host}/{IMAGE}", code=1, COG_CACHE_DIR=str(pushed.parent / "nobody"))
    assert "error[weights-missing]" in said.stderr


def test_a_step_before_the_model_brings_them(pushed: Path, there: str, host: str, tmp_path: Path) -> None:
    """As an init container does: the image waits for `ready`, with no help of cogc on the machine."""
    cogc(pushed, "build", "-t", f"{host}/{IMAGE}", COG_CACHE_DIR=there)
    (tmp_path / "src" / "weights").mkdir(parents=True)
    mount = f"type=bind,source={tmp_path}/src/weights,target=/src/weights,readonly"
    container = docker("run", "--detach", "--publish", "127.0.0.1::5000", "--mount", mount, f"{host}/{IMAGE}")
    try:
        address = docker("port", container, "5000/tcp").splitlines()[0]
        cogc(pushed, "weights", "pull", "--to", str(tmp_path), COG_CACHE_DIR=str(tmp_path / "cache"))
        assert (tmp_path / "src/weights/.cog/ready").is_file()
        assert _answer(address).startswith("hello weights")
    finally:
        docker("rm", "--force", container)


def _answer(address: str) -> str:
    wait = ["curl", "--silent", "--fail", "--retry", "60", "--retry-all-errors", "--retry-delay", "1"]
    subprocess.run([*wait, f"http://{address}/health-check/ready"], check=False, stdout=subprocess.DEVNULL)
    headers = {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"http://{address}/predictions", b"{}", headers)) as answer:
        output: str = json.load(answer)["output"]
        return output


def test_docker_runs_the_mountable_image(pushed: Path, host: str, tmp_path: Path) -> None:
    image = f"{host}/{IMAGE}:{_tags(pushed)['cogc-image']}"
    with removed(image):
        docker("pull", "--quiet", image)
        container = docker("create", image, "nothing")
        try:
            docker("cp", f"{container}:/", str(tmp_path / "files"))
        finally:
            docker("rm", container)
        found = _digests(tmp_path / "files")
        assert {path: found[path] for path in WANTED} == WANTED


@pytest.mark.parametrize("kind", ["cog-weight", "cogc-modelpack", "cogc-image"])
def test_skopeo_copies_what_was_pushed(pushed: Path, host: str, kind: str, tmp_path: Path) -> None:
    reference = f"docker://{host}/{IMAGE}:{_tags(pushed)[kind]}"
    argv = [_tool("skopeo"), "copy", "--all", "--quiet", "--src-tls-verify=false", reference, f"oci:{tmp_path}/copy:x"]
    subprocess.run(argv, check=True)
    for path in (tmp_path / "copy" / "blobs" / "sha256").iterdir():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def test_oras_pulls_the_blobs(pushed: Path, host: str, tmp_path: Path) -> None:
    """`oras pull` writes each layer under its digest, for want of a title; they are tars, which anything unpacks."""
    from oras.client import OrasClient  # type: ignore[import-untyped]  # oras has no types

    client = OrasClient(insecure=True, tls_verify=False)
    name = f"{host}/{IMAGE}:{_tags(pushed)['cog-weight']}"
    assert client.get_manifest(name)["artifactType"] == "application/vnd.cog.weight.v1"
    layers = [Path(path) for path in client.pull(name, outdir=str(tmp_path / "pulled"))]
    assert {path.name for path in layers} == {f"sha256:{digest}" for digest in _digests_of(layers)}
    for path in layers:
        _unpack(path, tmp_path / "files")
    assert _digests(tmp_path / "files") == WANTED
    client.session.close()


def test_an_independent_reader_of_modelpack(pushed: Path, host: str, tmp_path: Path) -> None:
    """Written from the specification: the config, the types of layers, file paths, the digests of what is inside."""
    from oras.client import OrasClient

    client = OrasClient(insecure=True, tls_verify=False)
    name = f"{host}/{IMAGE}"
    manifest = client.get_manifest(f"{name}:{_tags(pushed)['cogc-modelpack']}", allowed_media_type=[_MANIFEST])
    assert manifest["artifactType"] == "application/vnd.cncf.model.manifest.v1+json"
    assert manifest["config"]["mediaType"] == "application/vnd.cncf.model.config.v1+json"
    config = client.get_blob(name, manifest["config"]["digest"]).json()
    assert {"descriptor", "config", "modelfs"} <= set(config)
    assert config["modelfs"]["type"] == "layers"
    kinds = {"weight", "weight.config", "doc", "code", "dataset"}
    for layer, inside in zip(manifest["layers"], config["modelfs"]["diffIds"], strict=True):
        prefix, _, rest = layer["mediaType"].partition("application/vnd.cncf.model.")
        kind, version, form = rest.rsplit(".", 2)
        assert (prefix, version, form) == ("", "v1", "tar")
        assert kind in kinds
        assert inside == layer["digest"], "a tar that is not compressed is its own inside"
    _unpack_layers(client, name, manifest, tmp_path)
    assert _digests(tmp_path / "files") == WANTED
    client.session.close()


def _digests_of(paths: list[Path]) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


_MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def _unpack_layers(client: Any, name: str, manifest: dict[str, Any], folder: Path) -> None:
    for number, layer in enumerate(manifest["layers"]):
        path = folder / f"{number}.tar"
        client.download_blob(name, layer["digest"], str(path))
        _unpack(path, folder / "files")


def _unpack(path: Path, folder: Path) -> None:
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")


def test_a_model_with_weights_is_pushed_whole(pushed: Path, there: str, host: str) -> None:
    """To another repository, which takes over what the registry has; docker pulls the image only."""
    image = f"{host}/{IMAGE}-pushed:v1"
    with removed(image):
        said = cogc(pushed, "push", image, COG_CACHE_DIR=there)
        again = cogc(pushed, "push", image, COG_CACHE_DIR=there)
        docker("image", "rm", image)
        docker("pull", "--quiet", image)
        answer = cogc(Path("/"), "predict", image, COG_CACHE_DIR=there)
    index = _raw(image)
    assert said.stdout == f"{host}/{IMAGE}-pushed@sha256:{hashlib.sha256(index).hexdigest()}\n"
    assert again.stdout == said.stdout
    assert answer.stdout.startswith("hello weights")
    model, weights = json.loads(index)["manifests"]
    assert model["platform"] == {"architecture": "amd64", "os": "linux"}
    assert hashlib.sha256(_raw(f"{host}/{IMAGE}-pushed:cog-image.v1")).hexdigest() in model["digest"]
    assert (weights["artifactType"], weights["platform"]["os"]) == ("application/vnd.cog.weight.v1", "unknown")
    assert _raw(f"{host}/{IMAGE}-pushed@{weights['digest']}") == _raw(f"{host}/{IMAGE}:{_tags(pushed)['cog-weight']}")


def test_a_name_stands_for_the_whole_model_or_for_what_it_stood_before(host: str, tmp_path: Path) -> None:
    """While another image is pushed under it, with the weights, it is asked for again and again."""
    name, cache = f"{host}/{IMAGE}-again", str(tmp_path / "cache")
    weights = {"name": "base", "target": "/src/weights", "source": {"uri": "./model.bin"}}
    folder = project(tmp_path / "p", {"model": name, "weights": [weights]}, model__bin="model")
    cogc(folder, "weights", "import", COG_CACHE_DIR=cache)
    with removed(f"{name}:v1"):
        first, second = (_push_own(folder, f"{name}:v1", cache, number) for number in ("1", "2"))
        names = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", name).split()
    assert (first[1], second[1]) == ({first[0]}, {first[0], second[0]})
    assert f"{name}:cog-image.v1" not in names, "the image's own name is one of the registry, not of this machine"


def _push_own(folder: Path, name: str, cache: str, label: str) -> tuple[str, set[str]]:
    """The digest that the name stands for then, and all that it stood for meanwhile."""
    (folder / "Dockerfile").write_text(f"FROM scratch\nLABEL number={label}\nCOPY cog.yaml /src/\n")
    seen: set[str] = set()
    ended = Event()

    def watch() -> None:
        while not ended.is_set():
            seen.add(_digest_of(name))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        said = cogc(folder, "push", name, "--dockerfile", "Dockerfile", COG_CACHE_DIR=cache).stdout
    finally:
        ended.set()
        watcher.join()
    return said.strip().partition("@")[2], (seen | {_digest_of(name)}) - {""}


def _digest_of(name: str) -> str:
    """That of an image or an index; blank where the registry has none, or writes it at this moment."""
    repository, _, tag = name.rpartition(":")
    host, _, path = repository.partition("/")
    kinds = "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json"
    wish = urllib.request.Request(f"http://{host}/v2/{path}/manifests/{tag}", headers={"Accept": kinds}, method="HEAD")
    try:
        with urllib.request.urlopen(wish) as answer:
            return str(answer.headers["Docker-Content-Digest"])
    except urllib.error.HTTPError:
        return ""


def test_several_platforms_share_the_weights(pushed: Path, there: str, host: str, tmp_path: Path) -> None:
    """An image that this machine cannot run is one that it can build, where no step runs anything."""
    shutil.copytree(pushed, tmp_path / "p", ignore=shutil.ignore_patterns(".cog"))
    (tmp_path / "p" / "Dockerfile").write_text("FROM scratch\nCOPY cog.yaml /src/\n")
    image = f"{host}/{IMAGE}-both:v1"
    platforms = ("linux/arm64", "linux/amd64")
    argv = ("push", image, "--dockerfile", "Dockerfile", "--platform", ",".join(platforms))
    with removed(f"{image}-amd64"), removed(f"{image}-arm64"):
        said = cogc(tmp_path / "p", *argv, COG_CACHE_DIR=there)
    raw = _raw(image)
    assert said.stdout == f"{host}/{IMAGE}-both@sha256:{hashlib.sha256(raw).hexdigest()}\n"
    arm, amd, weights = json.loads(raw)["manifests"]
    assert [f"linux/{each['platform']['architecture']}" for each in (arm, amd)] == [*platforms]
    assert weights["artifactType"] == "application/vnd.cog.weight.v1"
    assert json.loads(_raw(f"{host}/{IMAGE}-both:cog-image.v1"))["manifests"] == [arm, amd]
    with removed(image):
        docker("pull", "--quiet", image)
        assert docker("image", "inspect", "--format", "{{.Architecture}}", image) == "amd64"
    found = _inspected(image, COG_CACHE_DIR=str(tmp_path / "nothing"))
    assert (sorted(found["platforms"]), [each["name"] for each in found["weights"]]) == (sorted(platforms), ["base"])


def test_the_index_of_a_model_is_looked_up_without_fetching_it(
    pushed: Path, there: str, host: str, tmp_path: Path
) -> None:
    image = f"{host}/{IMAGE}-looked-up"
    with removed(image):
        digest = cogc(pushed, "push", image, COG_CACHE_DIR=there).stdout.strip().partition("@")[2]
        alone = _inspected(image, COG_CACHE_DIR=str(tmp_path / "nothing"))
        known = _inspected(image, COG_CACHE_DIR=there)
    found = _inspected(image, COG_CACHE_DIR=str(tmp_path / "nothing"))
    assert (found["digest"], found["config"]["predict"]) == (digest, "predict.py:Predictor")
    assert found["platforms"] == ["linux/amd64"]
    weights = json.loads((pushed / "weights.lock").read_text())["weights"][0]
    stated = {"name": "base", "target": "/src/weights", "setDigest": weights["setDigest"]}
    size = sum(map(len, FILES.values()))
    assert found["weights"] == known["weights"] == [{**stated, "size": size}]
    assert alone["weights"] == [{**stated, "size": None}], "neither a registry nor a project is asked"
    told = cogc(Path("/"), "inspect", image, COG_CACHE_DIR=str(tmp_path / "nothing")).stdout
    assert f"  weights\n    base: /src/weights  {weights['setDigest']}  77 MB\n" in told
    assert not docker("image", "ls", "--quiet", image)


def _inspected(image: str, COG_CACHE_DIR: str) -> dict[str, Any]:  # noqa: N803  # as `cogc` takes it
    """As programs read it: it has to fit the published schema."""
    found: dict[str, Any] = json.loads(cogc(Path("/"), "inspect", image, "--json", COG_CACHE_DIR=COG_CACHE_DIR).stdout)
    Draft202012Validator(json.loads((SCHEMAS / "inspect.schema.json").read_text("utf-8"))).validate(found)
    return found


def _raw(image: str) -> bytes:
    argv = [_tool("skopeo"), "inspect", "--raw", "--tls-verify=false", f"docker://{image}"]
    return subprocess.run(argv, check=True, stdout=subprocess.PIPE).stdout
