"""Pushing through faults: everything arrives, whole, and nothing that has arrived is sent again."""

import json
from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.registry.blob import BlobSource
from cogc.registry.publish import Named, publish
from cogc.registry.reference import Reference
from cogc.registry.settings import Settings

from .blobs import MIB, REPOSITORY, SMALL, client, left_in, noise, push, source
from .faulty import FaultyRegistry, Guard, Rule, answers, cuts_after, loses_the_answer, takes_and_refuses, takes_half

WHOLE, LARGE = noise(2 * MIB), noise(7 * MIB + 5)
UPLOADS = r"/blobs/uploads/"
HALF = MIB // 2

# Of each fault: what the registry does, and how many bytes may be sent twice because of it.
FAULTS_OF_WHOLE = {
    "none": ([], 0),
    "cut": ([Rule("PUT", UPLOADS, cuts_after(HALF))], 2 * MIB),
    "500": ([Rule("PUT", UPLOADS, answers(500))], 2 * MIB),
    "the answer is lost": ([Rule("PUT", UPLOADS, loses_the_answer)], 0),
    "502 of the first request": ([Rule("POST", UPLOADS, answers(502))], 0),
    "503 twice": ([Rule("POST", UPLOADS, answers(503), times=2)], 0),
    "429": ([Rule("PUT", UPLOADS, answers(429, Retry_After="0"))], 2 * MIB),
    "cut of the first request": ([Rule("HEAD", r"/blobs/sha256", cuts_after(0))], 0),
}
FAULTS_OF_CHUNKS = {
    "none": ([], 0),
    "cut in the middle of a chunk": ([Rule("PATCH", UPLOADS, cuts_after(HALF), after=3)], 0),
    "cut at the beginning of a chunk": ([Rule("PATCH", UPLOADS, cuts_after(0), after=3)], 0),
    "each chunk cut": ([Rule("PATCH", UPLOADS, cuts_after(HALF), times=10)], 0),
    "the answer to a chunk is lost": ([Rule("PATCH", UPLOADS, loses_the_answer, after=3)], 0),
    "the last answer is lost": ([Rule("PUT", UPLOADS, loses_the_answer)], 0),
    "500 after a chunk": ([Rule("PATCH", UPLOADS, answers(500), after=2)], MIB),
    "502 and 503": ([Rule("PATCH", UPLOADS, answers(502), after=2), Rule("PATCH", UPLOADS, answers(503))], 2 * MIB),
    "408, 425, 429": ([Rule("PATCH", UPLOADS, answers(status)) for status in (408, 425, 429)], 3 * MIB),
    "416 for a chunk that has arrived": ([Rule("PATCH", UPLOADS, takes_and_refuses, after=3)], 0),
    "416 for good": ([Rule("PATCH", UPLOADS, answers(416), times=99)], MIB),
    "400 for good": ([Rule("PATCH", UPLOADS, answers(400), times=99)], MIB),
    "501 for good": ([Rule("PATCH", UPLOADS, answers(501), times=99)], MIB),
    "an upload that is dropped": ([Rule("PATCH", UPLOADS, answers(404), after=1)], 2 * MIB),
    "500 at the end": ([Rule("PUT", UPLOADS, answers(500))], 0),
}


@pytest.mark.parametrize(("rules", "twice"), FAULTS_OF_WHOLE.values(), ids=FAULTS_OF_WHOLE)
def test_a_small_blob_arrives(rules: list[Rule], twice: int, faulty: FaultyRegistry, tmp_path: Path) -> None:
    _arrives(WHOLE, rules, twice, faulty, tmp_path)


@pytest.mark.parametrize(("rules", "twice"), FAULTS_OF_CHUNKS.values(), ids=FAULTS_OF_CHUNKS)
def test_a_large_blob_arrives(rules: list[Rule], twice: int, faulty: FaultyRegistry, tmp_path: Path) -> None:
    _arrives(LARGE, rules, twice, faulty, tmp_path)


def _arrives(content: bytes, rules: list[Rule], twice: int, faulty: FaultyRegistry, folder: Path) -> None:
    faulty.rules = [Rule(rule.method, rule.path, rule.act, rule.after, rule.times) for rule in rules]
    registry, blob = client(faulty.host), source(content)
    seen = push(registry, folder, blob)
    assert len(content) <= faulty.bodies.total() <= len(content) + twice
    assert faulty.blobs[REPOSITORY, blob.digest] == content
    assert seen[-1].phase in {"done", "present"}
    assert seen[-1].done == len(content)
    assert left_in(folder) == []


def test_a_second_push_sends_nothing(faulty: FaultyRegistry, tmp_path: Path) -> None:
    registry, blobs = client(faulty.host), (source(WHOLE), source(LARGE))
    push(registry, tmp_path, *blobs)
    faulty.bodies.clear()
    assert {event.phase for event in push(registry, tmp_path, *blobs)} == {"present"}
    assert faulty.bodies.total() == 0


def test_many_blobs_go_at_once_and_each_only_once(faulty: FaultyRegistry, tmp_path: Path) -> None:
    contents = [noise(size * 1000, size) for size in range(1, 30)]
    push(client(faulty.host), tmp_path, *map(source, contents), *map(source, contents))
    assert sorted(faulty.blobs.values(), key=len) == contents
    assert faulty.bodies.total() == sum(map(len, contents))


def test_a_blob_of_another_repository_is_mounted(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.guard = Guard()
    faulty.add("other/model", LARGE)
    blob = source(LARGE, "not/there", "other/model")
    assert push(client(faulty.host), tmp_path, blob)[-1].phase == "mounted"
    assert faulty.blobs[REPOSITORY, blob.digest] == LARGE
    assert faulty.bodies.total() == 0
    assert "repository:other/model:pull" in faulty.guard.asked[-1]
    assert faulty.uploads == {}, "the upload that the registry began instead of the first mount is given back"


@pytest.mark.parametrize("status", [202, 401, 403, 404])
def test_a_mount_that_is_refused_becomes_an_upload(status: int, faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.rules = [Rule("POST", "mount=", answers(status))] if status != 202 else []
    blob = source(WHOLE, "other/model")
    assert push(client(faulty.host), tmp_path, blob)[-1].phase == "done"
    assert faulty.bodies.total() == len(WHOLE)


@pytest.mark.parametrize(
    ("hints", "sizes"),
    [
        ({}, {MIB}),
        ({"OCI_Chunk_Max_Length": str(MIB // 2)}, {MIB // 2 - (64 << 10)}),
        ({"OCI_Chunk_Min_Length": str(2 * MIB)}, {2 * MIB}),
    ],
    ids=["ours", "at most", "at least"],
)
def test_chunks_are_as_large_as_the_registry_says(
    hints: dict[str, str], sizes: set[int], faulty: FaultyRegistry, tmp_path: Path
) -> None:
    faulty.hints = hints
    offsets = [event.done for event in push(client(faulty.host), tmp_path, source(LARGE))]
    assert faulty.count("PATCH") == -(-len(LARGE) // max(sizes))
    assert offsets[-1] == len(LARGE)


def test_a_range_that_the_registry_did_not_take_is_sent_again(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.rules = [Rule("PATCH", UPLOADS, takes_half, after=1)]
    blob = source(LARGE)
    push(client(faulty.host), tmp_path, blob)
    assert faulty.blobs[REPOSITORY, blob.digest] == LARGE
    assert faulty.bodies.total() == len(LARGE) + MIB // 2


def test_the_state_is_what_the_registry_confirmed(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.rules = [Rule("PATCH", UPLOADS, answers(500), after=2, times=99)]
    with pytest.raises(CompileError, match="500"):
        push(client(faulty.host), tmp_path, source(LARGE))
    (state,) = (tmp_path / "journal").glob("*.json")
    kept = json.loads(state.read_text())
    assert kept.keys() == {"digest", "location", "offset"}
    assert (kept["digest"], kept["offset"]) == (source(LARGE).digest, 2 * MIB)
    assert state.stat().st_mode & 0o077 == 0, "who knows the location may write there"
    faulty.rules, before = [], faulty.bodies["PATCH"]
    push(client(faulty.host), tmp_path, source(LARGE))
    assert faulty.bodies["PATCH"] - before == len(LARGE) - 2 * MIB


def test_a_file_that_shrinks_is_told_as_such(faulty: FaultyRegistry, tmp_path: Path) -> None:
    short = source(WHOLE[:-1])
    blob = BlobSource(source(WHOLE).digest, len(WHOLE), "", short.open)
    with pytest.raises(CompileError, match="can no longer be read") as raised:
        push(client(faulty.host), tmp_path, blob)
    assert raised.value.diagnostics[0].code.id == "blob-changed"
    assert faulty.blobs == {}


def test_an_upload_that_nobody_knows_any_more_is_begun_anew(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.rules = [Rule("PATCH", UPLOADS, answers(500), after=2, times=99)]
    with pytest.raises(CompileError, match="500"):
        push(client(faulty.host), tmp_path, source(LARGE))
    faulty.rules = [Rule("GET", UPLOADS, answers(403))]
    push(client(faulty.host), tmp_path, source(LARGE))
    assert [*faulty.blobs.values()] == [LARGE]


def test_this_machine_is_not_reached_by_a_proxy(
    faulty: FaultyRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert push(client(faulty.host), tmp_path, source(WHOLE))[-1].phase == "done"


def test_a_failure_stops_the_others(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.rules = [Rule("POST", UPLOADS, answers(403), times=99)]
    with pytest.raises(CompileError) as raised:
        push(client(faulty.host), tmp_path, *(source(noise(9, seed)) for seed in range(40)))
    assert raised.value.diagnostics[0].code.id == "registry-denied"
    assert faulty.count("POST") <= 2 * SMALL.workers


def test_the_manifest_comes_last_and_the_index_after_it(faulty: FaultyRegistry, tmp_path: Path) -> None:
    place = Reference(faulty.host, REPOSITORY)
    named = [
        Named(place.with_tag(tag), f"application/{tag}", f' {{"a": "{tag}"}}'.encode()) for tag in ("one", "index")
    ]
    faulty.rules = [Rule("PUT", "manifests/one", answers(503))]
    with client(faulty.host) as registry:
        digests = publish(registry, REPOSITORY, [source(WHOLE), source(LARGE)], named, tmp_path, Settings())
        fetched = [registry.get_manifest(item.reference) for item in named]
    puts = [request.partition("?")[0] for request in faulty.asked if request.startswith("PUT")]
    assert [path.rpartition("/")[2] for path in puts[-3:]] == ["one", "one", "index"]
    expected = [(item.content, item.media_type, digest) for item, digest in zip(named, digests, strict=True)]
    assert [(found.content, found.media_type, found.digest) for found in fetched] == expected, "byte for byte"
