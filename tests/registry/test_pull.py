"""Pulling through faults: a file is whole, or it is not there."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.registry.client import Registry
from cogc.registry.reference import Reference
from cogc.registry.wanted import Wanted

from .blobs import MIB, REPOSITORY, SMALL, client, digest_of, left_in, noise, pull, wanted_whole
from .faulty import FaultyRegistry, Handler, Rule, answers, cuts_after, gives_half_of_ranges, sends

LARGE, SMALL_ONE = noise(7 * MIB + 5, 1), noise(MIB, 2)
BLOBS = r"/blobs/sha256"
HALF = MIB // 2


def same(content: bytes) -> bytes:
    return content


def flipped(content: bytes) -> bytes:
    return content[:HALF] + bytes([content[HALF] ^ 1]) + content[HALF + 1 :]


# Of each fault: what the registry does, and how many bytes may be fetched twice because of it.
FAULTS = {
    "none": ([], 0),
    "cut before the answer": ([Rule("GET", BLOBS, cuts_after(0))], 0),
    "a short body": ([Rule("GET", BLOBS, sends(same, short=HALF))], 0),
    "short bodies": ([Rule("GET", BLOBS, sends(same, short=1000), times=3)], 0),
    "500, 502, 503": ([Rule("GET", BLOBS, answers(status)) for status in (500, 502, 503)], 0),
    "429": ([Rule("GET", BLOBS, answers(429, Retry_After="0"), after=1)], 0),
    "wrong bytes once": ([Rule("GET", BLOBS, sends(flipped))], len(LARGE)),
}


@pytest.mark.parametrize("content", [SMALL_ONE, LARGE, b""], ids=["small", "large", "empty"])
@pytest.mark.parametrize(("rules", "twice"), FAULTS.values(), ids=FAULTS)
def test_a_file_arrives(content: bytes, rules: list[Rule], twice: int, faulty: FaultyRegistry, tmp_path: Path) -> None:
    if rules and not content:
        content = noise(9)
        rules = [rule for rule in rules if rule.act.__name__ != "act"]
    faulty.rules = [Rule(rule.method, rule.path, rule.act, rule.after, rule.times) for rule in rules]
    faulty.add(REPOSITORY, content)
    wanted = wanted_whole(content, tmp_path)
    seen = pull(client(faulty.host), tmp_path, wanted)
    assert wanted.path.read_bytes() == content
    assert faulty.served["GET"] <= len(content) + twice
    assert (seen[-1].phase, seen[-1].done) == ("done", len(content))
    assert left_in(tmp_path) == []


def test_many_files_arrive_together(faulty: FaultyRegistry, tmp_path: Path) -> None:
    contents = [noise(size * 1000, size) for size in range(40)]
    wanted = [wanted_whole(content, tmp_path) for content in contents]
    for content in contents:
        faulty.add(REPOSITORY, content)
    pull(client(faulty.host), tmp_path, *wanted)
    assert [item.path.read_bytes() for item in wanted] == contents


def test_a_server_without_ranges_is_read_from_the_beginning_once(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.knows_ranges = False
    faulty.add(REPOSITORY, LARGE)
    wanted = wanted_whole(LARGE, tmp_path)
    pull(client(faulty.host), tmp_path, wanted)
    assert wanted.path.read_bytes() == LARGE


def test_a_server_that_gives_half_of_a_range_is_asked_for_the_rest(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.rules = [Rule("GET", BLOBS, gives_half_of_ranges, times=5)]
    faulty.add(REPOSITORY, LARGE)
    wanted = wanted_whole(LARGE, tmp_path)
    pull(client(faulty.host), tmp_path, wanted)
    assert wanted.path.read_bytes() == LARGE
    assert faulty.served["GET"] == len(LARGE)


def test_a_server_without_ranges_that_is_cut_is_read_again(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.knows_ranges = False
    faulty.rules = [Rule("GET", BLOBS, sends(same, short=MIB), times=3)]
    faulty.add(REPOSITORY, LARGE)
    wanted = wanted_whole(LARGE, tmp_path)
    pull(client(faulty.host), tmp_path, wanted)
    assert wanted.path.read_bytes() == LARGE


def test_what_was_digested_and_then_written_over_is_digested_again(faulty: FaultyRegistry, tmp_path: Path) -> None:
    def forgets_ranges(handler: Handler) -> bool:
        handler.registry.knows_ranges = False
        return sends(flipped)(handler)

    faulty.rules = [Rule("GET", BLOBS, forgets_ranges, after=1)]
    faulty.add(REPOSITORY, LARGE)
    wanted = wanted_whole(LARGE, tmp_path)
    pull(client(faulty.host), tmp_path, wanted, settings=replace(SMALL, workers=1))
    assert wanted.path.read_bytes() == LARGE


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_a_file_is_taken_out_of_a_blob(knows_ranges: bool, faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.knows_ranges = knows_ranges
    blob = faulty.add(REPOSITORY, noise(1536, 7) + LARGE + noise(1024, 8))
    wanted = Wanted(blob, 1536, len(LARGE), digest_of(LARGE), tmp_path / "files" / "weights")
    pull(client(faulty.host), tmp_path, wanted)
    assert wanted.path.read_bytes() == LARGE
    if knows_ranges:
        assert faulty.served["GET"] == len(LARGE)


REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "wrong bytes": flipped,
    "too short": lambda content: content[:-1],
    "too long": lambda content: content + b"x",
}


@pytest.mark.parametrize("knows_ranges", [True, False])
@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("content", [SMALL_ONE, LARGE], ids=["small", "large"])
def test_what_is_not_the_blob_gets_no_name(
    content: bytes, change: Callable[[bytes], bytes], knows_ranges: bool, faulty: FaultyRegistry, tmp_path: Path
) -> None:
    faulty.knows_ranges = knows_ranges
    faulty.blobs[REPOSITORY, digest_of(content)] = change(content)
    with pytest.raises(CompileError) as raised:
        pull(client(faulty.host), tmp_path, wanted_whole(content, tmp_path))
    assert raised.value.diagnostics[0].code.id == "blob-mismatch"
    assert not list((tmp_path / "files").glob("*"))


def test_a_blob_that_is_not_there_is_told(faulty: FaultyRegistry, tmp_path: Path) -> None:
    with pytest.raises(CompileError) as raised:
        pull(client(faulty.host), tmp_path, wanted_whole(LARGE, tmp_path))
    assert raised.value.diagnostics[0].code.id == "registry-missing"


@pytest.mark.parametrize(
    ("status", "code"), [(400, "registry-refused"), (403, "registry-denied"), (413, "registry-refused")]
)
def test_what_no_later_request_would_cure_is_told_at_once(
    status: int, code: str, faulty: FaultyRegistry, tmp_path: Path
) -> None:
    faulty.add(REPOSITORY, SMALL_ONE)
    faulty.rules = [Rule("GET", BLOBS, answers(status))]
    with pytest.raises(CompileError) as raised:
        pull(client(faulty.host), tmp_path, wanted_whole(SMALL_ONE, tmp_path))
    found = raised.value.diagnostics[0]
    assert (found.code.id, f"fault: status_{status}" in found.message) == (code, True)


def test_what_had_arrived_is_not_fetched_again(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.add(REPOSITORY, LARGE)
    faulty.rules = [Rule("GET", BLOBS, sends(same, short=HALF), after=2), Rule("GET", BLOBS, answers(500), times=99)]
    registry, wanted = client(faulty.host), wanted_whole(LARGE, tmp_path)
    with pytest.raises(CompileError, match="500"):
        pull(registry, tmp_path, wanted)
    faulty.rules, before = [], faulty.served["GET"]
    assert 0 < before < len(LARGE)
    first, *_ = pull(registry, tmp_path, wanted)
    assert first.done == before
    assert faulty.served["GET"] == len(LARGE)
    assert wanted.path.read_bytes() == LARGE


def test_a_part_that_was_changed_is_fetched_anew(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.add(REPOSITORY, LARGE)
    faulty.rules = [Rule("GET", BLOBS, answers(500), after=3, times=99)]
    registry, wanted = client(faulty.host), wanted_whole(LARGE, tmp_path)
    with pytest.raises(CompileError):
        pull(registry, tmp_path, wanted)
    (part,) = (path for path in (tmp_path / "parts").iterdir() if not path.suffix)
    part.write_bytes(b"\1" * len(LARGE))
    faulty.rules = []
    pull(registry, tmp_path, wanted)
    assert wanted.path.read_bytes() == LARGE


@pytest.mark.parametrize(
    "act", [lambda registry, place: registry.get_blob(REPOSITORY, place.digest, len(SMALL_ONE)),
            lambda registry, place: registry.get_manifest(place)], ids=["blob", "manifest"]
)  # fmt: skip
def test_small_things_are_verified_too(act: Callable[[Registry, Reference], object], faulty: FaultyRegistry) -> None:
    digest = digest_of(SMALL_ONE)
    faulty.blobs[REPOSITORY, digest] = flipped(SMALL_ONE)
    faulty.manifests[REPOSITORY, digest] = ("application/x", flipped(SMALL_ONE))
    with client(faulty.host) as registry, pytest.raises(CompileError) as raised:
        act(registry, Reference(faulty.host, REPOSITORY, digest=digest))
    assert raised.value.diagnostics[0].code.id == "blob-mismatch"


def test_the_digests_are_sha256() -> None:
    assert digest_of(b"") == f"sha256:{hashlib.sha256().hexdigest()}"
