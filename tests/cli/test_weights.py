"""`cogc weights`, from the sources to another machine, which is another cache folder here."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cogc.cli import main
from cogc.deliver.weights.declared import lock_of
from cogc.ir.source import Source
from cogc.store.index import Index
from cogc.store.place import is_ready, placed
from cogc.store.store import Store
from cogc.weights.lock import LOCK, Lock
from cogc.weights.read_lock import read_lock

from ..registry.faulty import FaultyRegistry, Rule, answers, running, sends
from ..store.folders import digest_of, names_in, project, store_at, stored, written
from ..store.servers import Files, serving

MODEL = bytes(range(256)) * 400
LARGE = bytes(range(256)) * 300_000  # a layer of its own
FILES = {"config.json": b"{}", "model.safetensors": MODEL, "sub/part.bin": b"part" * 1000}
WITH_LARGE = {**FILES, "model.safetensors": LARGE}

Run = Callable[..., Result]


@pytest.fixture
def registry() -> Iterator[FaultyRegistry]:
    with running() as found:
        yield found


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the project's folder, on a machine of its own: `machine` is its name."""
    for name in ("COG_MODEL", "COG_MODEL_REGISTRY", "COG_MODEL_REPO", "HF_TOKEN", "HF_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DOCKER_CONFIG", "/nonexistent")
    monkeypatch.setenv("HF_HOME", "/nonexistent")

    def invoke(*arguments: str, code: int = 0, machine: str = "here", folder: str = "p", **variables: str) -> Result:
        monkeypatch.chdir(tmp_path / folder)
        environment = {"COG_CACHE_DIR": str(tmp_path / machine), **variables}
        found = CliRunner(env=environment).invoke(main, ["weights", *arguments], catch_exceptions=False)
        assert found.exit_code == code, found.output
        return found

    return invoke


def _project(
    tmp_path: Path, registry: FaultyRegistry | None = None, files: dict[str, bytes] = FILES, **source: Any
) -> Path:
    """A project with one set of weights, whose files are in a folder of it."""
    written(tmp_path / "p" / "w", files)
    model = f"{registry.host}/team/model" if registry else "127.0.0.1:1/team/model"
    return project(tmp_path / "p", {"name": "base", "source": {"uri": "./w", **source}}, model=model)


def _store(tmp_path: Path, machine: str = "here") -> Store:
    return store_at(tmp_path / machine)


def _lock(folder: Path) -> Lock:
    return read_lock(Source(LOCK, (folder / LOCK).read_text()))


# Import


def test_import_writes_the_lock(run: Run, tmp_path: Path) -> None:
    folder = _project(tmp_path, files=WITH_LARGE, exclude=["sub/"])
    said = run("import")
    assert re.fullmatch(r"base: imported, 2 files, 76.8 MB, sha256:\w{64}\n", said.stdout)
    (locked,) = _lock(folder).weights
    assert [file.path for file in locked.weights.files] == ["config.json", "model.safetensors"]
    assert [file.digest for file in locked.weights.files] == [digest_of(b"{}"), digest_of(LARGE)]
    assert len(locked.layers) == 2, "the large file is alone"
    assert locked.sources[0].fingerprint == locked.weights.set_digest
    assert stored(_store(tmp_path)) == sorted([digest_of(b"{}"), digest_of(LARGE)])


COUNTING = """
import sys

def watch(event, arguments):
    if event == "open" and ("/p/w/" in str(arguments[0]) or "/files/sha256/" in str(arguments[0])):
        print("opened", arguments[0])

sys.addaudithook(watch)
from cogc.cli import main
main(["weights", "import"])
"""


def test_a_second_import_reads_nothing(run: Run, tmp_path: Path) -> None:
    """By what Python tells of every file that it opens."""
    folder = _project(tmp_path)
    _settle(folder / "w")
    first = _watched(tmp_path)
    assert "opened" in first, "the first one reads all"
    before = (folder / LOCK).read_bytes()
    second = _watched(tmp_path)
    assert second.startswith("base: unchanged, 3 files, 106 kB, sha256:")
    assert second.count("\n") == 1
    assert (folder / LOCK).read_bytes() == before


def _watched(tmp_path: Path) -> str:
    environment = {**os.environ, "COG_CACHE_DIR": str(tmp_path / "here")}
    argv = [sys.executable, "-c", COUNTING]
    return subprocess.run(argv, cwd=tmp_path / "p", env=environment, stdout=subprocess.PIPE, text=True).stdout


def test_a_first_import_reads_each_file_once(run: Run, tmp_path: Path) -> None:
    """By what the kernel counts of all that the process reads; the large file is also digested as a layer."""
    _project(tmp_path, files=WITH_LARGE)
    size = sum(map(len, WITH_LARGE.values()))
    before = _read_by_us()
    run("import")
    assert size <= _read_by_us() - before < 1.2 * size


def _read_by_us() -> int:
    """Bytes."""
    return int(Path("/proc/self/io").read_text().split()[1])


def test_a_file_whose_name_cannot_be_kept_is_told_before_any_is_read(run: Run, tmp_path: Path) -> None:
    _project(tmp_path, files={**FILES, "a\\b.bin": b"x", "c\udcff": b"y"})
    assert "has a backslash" in run("import", code=1).output
    assert stored(_store(tmp_path)) == []


def _settle(folder: Path) -> None:
    """Waits until the clock that stamps files has gone on: a file that changed just now may change again unseen."""
    newest = max(path.stat().st_ctime for path in folder.rglob("*"))
    while time.time() - newest < 0.2:
        time.sleep(0.02)


def test_a_lock_that_is_lost_is_written_again_without_reading(run: Run, tmp_path: Path) -> None:
    folder = _project(tmp_path)
    _settle(folder / "w")
    run("import")
    before = _lock(folder).weights[0]
    (folder / LOCK).unlink()
    said = run("import", "--dry-run")
    assert said.stdout == "base: 3 files, 106 kB; none to read\n"
    run("import")
    assert _lock(folder).weights[0].layers == before.layers


def test_an_edit_reads_one_file(run: Run, tmp_path: Path) -> None:
    folder = _project(tmp_path)
    _settle(folder / "w")
    run("import")
    (folder / "w" / "config.json").write_bytes(b"[]")
    assert json.loads(run("import", "--dry-run", "--json").stdout) == [
        {"name": "base", "target": "/src/base", "files": 3, "read": 1, "bytes": 2, "size": len(MODEL) + 4002}
    ]
    assert "base: imported" in run("import").stdout
    assert _lock(folder).weights[0].weights.files[0].digest == digest_of(b"[]")


def test_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    folder = _project(tmp_path)
    assert run("import", "--dry-run").stdout == "base: 3 files, 106 kB; would read 3 of them, 106 kB\n"
    assert not (folder / LOCK).exists()
    assert stored(_store(tmp_path)) == []


def test_names(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "p", {"a/1.bin": b"1", "b/2.bin": b"2"})
    entries = ({"name": name, "source": {"uri": f"./{name}"}} for name in ("a", "b"))
    folder = project(tmp_path / "p", *entries)
    run("import", "b")
    assert [each.name for each in _lock(folder).weights] == ["b"]
    said = run("import", "c", code=1)
    assert "error[weights-unknown]: no weights are called 'c'" in said.stderr
    assert "there are: a, b" in said.stderr


def test_what_cog_yaml_no_longer_has_is_taken_out(run: Run, tmp_path: Path) -> None:
    _project(tmp_path)
    run("import")
    folder = project(tmp_path / "p", {"name": "other", "source": {"uri": "./w"}})
    assert "Removed base from weights.lock" in run("import").stderr
    assert [each.name for each in _lock(folder).weights] == ["other"]


def test_two_sets_with_a_file_in_common_store_it_once(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "p", {"a/vae.bin": LARGE, "b/vae.bin": LARGE, "b/more.bin": b"more"})
    entries = ({"name": name, "source": {"uri": f"./{name}"}} for name in ("a", "b"))
    folder = project(tmp_path / "p", *entries)
    run("import")
    assert stored(_store(tmp_path)) == sorted([digest_of(LARGE), digest_of(b"more")])
    first, second = _lock(folder).weights
    assert {layer.digest for layer in first.layers} < {layer.digest for layer in second.layers}


def test_several_sources(run: Run, tmp_path: Path) -> None:
    with serving(Files({"extra.bin": b"extra"}, {"ETag": '"v1"'})) as server:
        sources = [{"uri": "./w", "include": ["*.json"]}, {"uri": f"{server.url}/extra.bin"}]
        written(tmp_path / "p" / "w", FILES)
        folder = project(tmp_path / "p", {"name": "base", "source": sources})
        run("import")
        files = _lock(folder).weights[0].weights.files
        assert [file.path for file in files] == ["config.json", "extra.bin"]
        asked = len(server.ranges)
        run("import")
        assert len(server.ranges) == asked, "the ETag says it all"
        server.contents["extra.bin"], server.headers["ETag"] = b"other", '"v2"'
        run("import")
        assert _lock(folder).weights[0].weights.files[1].digest == digest_of(b"other")


def test_sources_that_clash(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "p", {"a/1.bin": b"1", "b/1.bin": b"2"})
    project(tmp_path / "p", {"name": "base", "source": [{"uri": "./a"}, {"uri": "./b"}]})
    said = run("import", code=1)
    assert "error[weight-source-clash]: weights 'base': 1.bin comes from ./a and ./b" in said.stderr


def test_the_hub_knows_digests(run: Run, tmp_path: Path) -> None:
    """A second machine, with the lock and the store of the first, asks for no content."""
    with serving(Files({"config.json": b"{}", "model.bin": bytes(5000)}, token="secret")) as server:
        folder = project(tmp_path / "p", {"name": "base", "source": {"uri": "hf://acme/tiny"}})
        hub = {"HF_ENDPOINT": server.url, "HF_TOKEN": "secret"}
        run("import", **hub)
        assert _lock(folder).weights[0].sources[0].fingerprint.startswith("commit:")
        asked = len(server.ranges)
        run("import", **hub)
        assert len(server.ranges) == asked


def test_wrong_bytes_of_the_hub(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its listing promises another SHA-256."""
    with serving(Files({"model.bin": bytes(5000)})) as server:
        folder = project(tmp_path / "p", {"name": "base", "source": {"uri": "hf://acme/tiny"}})
        listed = dict(server.contents)
        monkeypatch.setattr("tests.store.servers._entries", _entries_of(listed))
        server.contents["model.bin"] = b"x" * 5000
        said = run("import", code=1, HF_ENDPOINT=server.url)
    assert "error[weights-corrupt]: model.bin is not what it should be: its digest is" in said.stderr
    assert stored(_store(tmp_path)) == []
    assert not (folder / LOCK).exists()


def _entries_of(contents: dict[str, bytes]) -> Callable[[object], Iterator[dict[str, Any]]]:
    from ..store.servers import _entries

    return lambda _: _entries(contents)


# Push, pull


def test_the_round(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    folder = _project(tmp_path, registry, WITH_LARGE)
    assert "base  pending  /src/base  → cogc weights import" in run("status", code=1).stdout
    run("import")
    assert "unpushed" in run("status", code=1).stdout
    pushed = run("push", "-v").stdout
    assert f"base: {registry.host}/team/model@sha256:" in pushed
    assert re.findall(r":(cog[a-z-]*)\.base\.\w{12}\n", pushed) == ["cogc-modelpack", "cogc-image", "cog-weight"]
    assert "base  ready  /src/base  3 of 3 files here" in run("status").stdout
    said = run("pull", machine="there")
    assert "base: fetched 76.8 MB, 3 files" in said.stdout
    assert stored(_store(tmp_path, "there")) == sorted(map(digest_of, WITH_LARGE.values()))
    assert names_in(_store(tmp_path, "there").incoming) == []
    assert "was here already" in run("pull", machine="there").stdout
    assert _lock(folder).weights[0].name == "base"


def test_a_second_push_sends_no_blob(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    _project(tmp_path, registry)
    run("import")
    run("push")
    registry.asked.clear()
    run("push")
    assert registry.count("POST") == registry.count("PATCH") == 0
    assert json.loads(run("push", "--dry-run", "--json").stdout) == [{"name": "base", "blobs": 0, "bytes": 0}]


def test_another_repository_gets_what_the_first_has(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    _project(tmp_path, registry)
    run("import")
    run("push")
    before = sum(registry.bodies.values())
    run("push", COG_MODEL=f"{registry.host}/team/other")
    assert sum(registry.bodies.values()) - before < 20_000, "manifests and configurations, no layer"
    run("pull", machine="there", COG_MODEL_REPO="team/other")
    assert stored(_store(tmp_path, "there")) == sorted(map(digest_of, FILES.values()))


def test_pull_to_a_folder(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    folder = _project(tmp_path, registry)
    run("import")
    run("push")
    run("pull", "--to", str(tmp_path / "root"), machine="there")
    target = tmp_path / "root" / "src" / "base"
    assert names_in(target) == [".cog/ready", *FILES]
    assert {path: (target / path).read_bytes() for path in FILES} == FILES
    assert (target / "model.safetensors").samefile(_store(tmp_path, "there").path_of(digest_of(MODEL)))
    assert is_ready(target, _lock(folder).weights[0].weights)
    (folder / "w" / "sub" / "part.bin").unlink()
    run("import")
    run("push")
    run("pull", "--to", str(tmp_path / "root"), machine="there")
    assert names_in(target) == [".cog/ready", "config.json", "model.safetensors"]
    assert not (target / "sub").exists()


def test_a_pull_that_fails_says_so_where_it_is_waited_for(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    _project(tmp_path, registry)
    run("import")
    said = run("pull", "--to", str(tmp_path / "root"), machine="there", code=1)
    assert "error[weights-different]" in said.stderr
    target = tmp_path / "root" / "src" / "base"
    assert names_in(target) == [".cog/failed"]
    assert "does not have the weights 'base'" in (target / ".cog" / "failed").read_text()
    run("push")
    run("pull", "--to", str(tmp_path / "root"), machine="there")
    assert names_in(target) == [".cog/ready", *FILES]


def test_a_folder_of_others_is_left_alone(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    _project(tmp_path, registry)
    run("import")
    run("push")
    written(tmp_path / "root" / "src" / "base", {"mine.txt": b"mine"})
    said = run("pull", "--to", str(tmp_path / "root"), code=1)
    assert "error[weight-target-taken]" in said.stderr
    assert names_in(tmp_path / "root") == ["src/base/mine.txt"]


WRONG = {
    "bundle-changed": (r"blobs/{bundle}", lambda content: content[:600] + b"X" + content[601:]),
    "file-changed": (r"blobs/{large}", lambda content: content[:-2000] + b"X" + content[-1999:]),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_registry_that_gives_other_bytes(run: Run, registry: FaultyRegistry, tmp_path: Path, case: str) -> None:
    folder = _project(tmp_path, registry, WITH_LARGE)
    run("import")
    run("push")
    pattern, change = WRONG[case]
    large, bundle = sorted(_lock(folder).weights[0].layers, key=lambda layer: -layer.size)
    _tamper(registry, {"large": large.digest, "bundle": bundle.digest}[pattern[7:-1]], change)
    said = run("pull", machine="there", code=1)
    assert "error[blob-mismatch]" in said.stderr
    sound = {digest_of(content) for content in WITH_LARGE.values()}
    assert set(stored(_store(tmp_path, "there"))) < sound


def _tamper(registry: FaultyRegistry, digest: str, change: Callable[[bytes], bytes]) -> None:
    for key in [key for key in registry.blobs if key[1] == digest]:
        registry.blobs[key] = change(registry.blobs[key])


def test_a_layer_that_lies_about_its_files(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    """Lock and registry agree on a layer that holds something else than the lock says."""
    folder = _project(tmp_path, registry, include=["*.json", "sub/"])
    run("import")
    run("push")
    (layer,) = _lock(folder).weights[0].layers
    honest = registry.blobs["team/model", layer.digest]
    lie = honest.replace(b"config.json", b"../evil.txt")
    registry.add("team/model", lie)
    text = (folder / LOCK).read_text().replace(layer.digest, digest_of(lie))
    (folder / LOCK).write_text(text)
    said = run("pull", machine="there", code=1)
    assert "error[weights-unsafe]" in said.stderr or "error[weights-corrupt]" in said.stderr
    assert stored(_store(tmp_path, "there")) == []
    assert names_in(_store(tmp_path, "there").incoming) == []


def test_a_source_that_is_an_artifact(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    folder = _project(tmp_path, registry, WITH_LARGE)
    run("import")
    run("push")
    reference = f"{registry.host}/team/model@{_lock(folder).weights[0].digest}"
    other = project(tmp_path / "q", {"name": "copy", "source": {"uri": f"oci://{reference}", "exclude": ["sub/"]}})
    run("import", folder="q", machine="there")
    (locked,) = _lock(other).weights
    assert [file.path for file in locked.weights.files] == ["config.json", "model.safetensors"]
    assert locked.sources[0].fingerprint == f"digest:{_lock(folder).weights[0].digest}"
    assert {digest_of(LARGE), digest_of(b"{}")} <= set(stored(_store(tmp_path, "there")))


def test_errors_before_anything_is_sent(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    folder = _project(tmp_path, registry)
    assert "error[weights-pending]" in run("push", code=1).stderr
    assert "error[weights-pending]" in run("pull", code=1).stderr
    run("import")
    project(
        folder, {"name": "base", "source": {"uri": "./w", "exclude": ["sub/"]}}, model=f"{registry.host}/team/model"
    )
    assert "error[weights-config-changed]" in run("push", code=1).stderr
    assert "config-changed (source)" in run("status", code=1).stdout
    assert registry.count("PUT") == 0


def test_what_was_pruned_cannot_be_pushed(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    _project(tmp_path, registry)
    run("import")
    run("prune", "--all")
    said = run("push", code=1)
    assert "error[weights-missing]" in said.stderr
    assert "Traceback" not in said.stderr
    run("import")
    run("push")


def test_no_weights(run: Run, tmp_path: Path) -> None:
    project(tmp_path / "p")
    assert "error[weights-none]" in run("import", code=1).stderr
    assert run("status").stdout == ""


# The store


def test_ls(run: Run, tmp_path: Path) -> None:
    _project(tmp_path)
    run("import")
    said = run("ls")
    assert re.search(r"here  \w{12}    102 kB  model.safetensors\n", said.stdout)
    assert "holds 3 files, 106 kB; projects that use it: 1." in said.stderr
    (facts,) = json.loads(run("ls", "--json", machine="there").stdout)
    assert [file["here"] for file in facts["files"]] == [False] * 3


def test_prune_keeps_what_projects_need(run: Run, tmp_path: Path) -> None:
    folder = _project(tmp_path)
    run("import")
    (folder / "w" / "config.json").write_bytes(b"[]")
    run("import")
    assert run("prune", "--dry-run").stdout == "would remove 1 files, 2 B\n"
    assert run("prune").stdout == "removed 1 files, 2 B\n"
    assert stored(_store(tmp_path)) == sorted([digest_of(b"[]"), digest_of(MODEL), digest_of(FILES["sub/part.bin"])])
    assert json.loads(run("prune", "base", "--json").stdout)["files"] == 3
    assert stored(_store(tmp_path)) == []
    assert "would read 3 of them" in run("import", "--dry-run").stdout


def test_verify(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    _project(tmp_path, registry)
    run("import")
    run("push")
    assert run("verify").stdout == "base: 3 files are sound\n"
    path = _store(tmp_path).path_of(digest_of(FILES["sub/part.bin"]))
    path.chmod(0o644)
    path.write_bytes(b"PART" * 1000)
    said = run("verify", code=1)
    assert "error[weights-corrupt]: weights 'base': damaged, and now removed: sub/part.bin" in said.stderr
    assert "error[weights-missing]: weights 'base': not on this machine: sub/part.bin" in run("verify", code=1).stderr
    run("pull")
    run("verify")


def test_verify_tells_what_a_model_has_put_beside_its_weights(run: Run, tmp_path: Path) -> None:
    folder = _project(tmp_path)
    run("import")
    store = _store(tmp_path)
    (weight,) = lock_of(folder).weights
    folder = placed(store, weight.weights)
    folder.chmod(0o755)
    (folder / "x").write_text("of a model")
    said = run("verify", code=1)
    assert "error[weights-corrupt]: weights 'base': not theirs, and now removed from their folder: x" in said.stderr
    assert run("verify").stdout == "base: 3 files are sound\n"
    assert not (placed(store, weight.weights) / "x").exists()


def test_an_index_that_is_damaged(run: Run, tmp_path: Path) -> None:
    _project(tmp_path)
    run("import")
    Index.of(_store(tmp_path)).path.write_bytes(b"no database" * 1000)
    assert "base: unchanged" in run("import").stdout


def test_the_registry_is_asked_again(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    _project(tmp_path, registry)
    run("import")
    registry.rules.append(Rule("PUT", "uploads", answers(502)))
    run("push")
    registry.rules.append(Rule("GET", "blobs", sends(lambda content: content, short=100)))
    run("pull", machine="there")
    assert stored(_store(tmp_path, "there")) == sorted(map(digest_of, FILES.values()))


def test_a_registry_that_takes_no_manifest(run: Run, registry: FaultyRegistry, tmp_path: Path) -> None:
    _project(tmp_path, registry)
    run("import")
    registry.rules.append(Rule("PUT", "manifests", answers(400), times=9))
    assert "error[registry-refused]" in run("push", code=1).stderr
