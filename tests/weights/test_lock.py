"""weights.lock: read and written byte for byte; whatever happened to the file, an error with a place."""

import functools
import json
import operator
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogc.ir.diagnostic import CompileError
from cogc.ir.source import Source
from cogc.ir.weight import Weight, WeightSource
from cogc.weights.drift import Drift, drift
from cogc.weights.files import WeightFile, WeightSet
from cogc.weights.lock import Lock, LockedSource, LockedWeight, lock_text
from cogc.weights.manifest import weight_manifest
from cogc.weights.packing import Policy
from cogc.weights.read_lock import read_lock

from .samples import SMALL, TINY, layers_of, set_of

HUB = WeightSource("hf://acme/tiny@v2", ("*.safetensors", "*.json"), ("onnx/",))
FILE = WeightSource("https://example.com/a.bin?x=1&y=<2>")


def locked(name: str = "base", policy: Policy = SMALL) -> LockedWeight:
    weights, layers = set_of(TINY, name, f"/src/{name}"), layers_of(TINY, policy)
    sources = (LockedSource(HUB, "commit:4f2c"), LockedSource(FILE, 'etag:"5f"'))
    return LockedWeight(weights, sources, "2026-11-01T08:30:00Z", weight_manifest(weights, layers).digest, layers)


LOCK = Lock(SMALL.envelope, (locked(), locked("vae")))
TEXT = lock_text(LOCK).decode()


def read(text: str) -> Lock:
    return read_lock(Source("weights.lock", text))


@pytest.mark.parametrize(
    "lock",
    [LOCK, Lock(SMALL.envelope), Lock("", (locked(policy=Policy(layout="raw")),))],
    ids=["two", "none", "raw"],
)
def test_reading_and_writing_gives_the_same_bytes(lock: Lock) -> None:
    text = lock_text(lock)
    assert read(text.decode()) == lock
    assert lock_text(read(text.decode())) == text


def test_the_form() -> None:
    assert TEXT.startswith('{\n  "version": 1,\n  "envelopeFormat": "sha256:')
    assert TEXT.endswith("\n  ]\n}\n")
    assert '"uri": "https://example.com/a.bin?x=1\\u0026y=\\u003c2\\u003e"' in TEXT, "as Go escapes it"
    weight = json.loads(TEXT)["weights"][0]
    assert [file["path"] for file in weight["files"]] == sorted(TINY)
    assert [layer["digest"] for layer in weight["layers"]] == sorted(layer.digest for layer in layers_of(TINY))
    assert (weight["size"], weight["sizeCompressed"]) == (1023, sum(layer.size for layer in layers_of(TINY)))


def test_a_compressed_layer_keeps_what_the_file_has_no_word_for() -> None:
    """Only the digest of the tar inside is lost, which nobody needs to pull."""
    entry = locked(policy=Policy(bundles="tar+gzip"))
    blind = replace(entry, layers=tuple(replace(layer, uncompressed_digest="") for layer in entry.layers))
    assert read(lock_text(Lock("", (entry,))).decode()) == Lock("", (blind,))


def test_fields_that_are_not_known_are_passed_over() -> None:
    data = json.loads(TEXT)
    data["weights"][0]["files"][0]["mode"] = 420
    data["weights"][0]["sources"][0]["include"] = None
    assert read(json.dumps(data | {"tool": "x"})).weights[0].sources[0].source.include == ()


@pytest.mark.parametrize("moved", [True, False], ids=["time in the source", "time beside it"])
def test_one_source_as_earlier_releases_wrote_it(moved: bool) -> None:
    data = json.loads(lock_text(Lock("", (replace(locked(), sources=(LockedSource(HUB, "commit:4f2c"),)),))))
    weight = data["weights"][0]
    (weight["source"],) = weight.pop("sources")
    if moved:
        weight["source"]["importedAt"] = weight.pop("importedAt")
    found = read(json.dumps(data)).weights[0]
    assert (found.sources, found.imported_at) == ((LockedSource(HUB, "commit:4f2c"),), "2026-11-01T08:30:00Z")


def test_put_and_without() -> None:
    other = replace(locked(), imported_at="2026-12-01T00:00:00Z")
    assert [each.imported_at[5:7] for each in LOCK.put(other).weights] == ["12", "11"]
    assert [each.name for each in LOCK.put(locked("new")).weights] == ["base", "vae", "new"]
    assert [each.name for each in LOCK.without("base").weights] == ["vae"]
    assert LOCK.find("none") is None


DIGEST = re.escape(locked().layers[0].digest)


@pytest.mark.parametrize(
    ("pattern", "instead", "code", "shown"),
    [
        ("(?s).+", "", "weights-lock-syntax", ""),
        ("(?s).+", "[]", "weights-lock-shape", "["),
        ("(?s).+", "[" * 100_000, "weights-lock-syntax", ""),
        (r"\}\n$", "", "weights-lock-syntax", ""),
        ('"version": 1', '"version": 7', "weights-lock-version", "7"),
        ('"version": 1', '"version": true', "weights-lock-shape", "true"),
        ('"version": 1,', "", "weights-lock-shape", "{"),
        ('"weights": \\[', '"weights": 1, "w": [', "weights-lock-shape", "1"),
        ('"size": 1000', '"size": -1', "weights-lock-shape", "-1"),
        ('"size": 1000', '"size": 1e3', "weights-lock-shape", "1e3"),
        ('"mediaType": "[^"]*"', '"mediaType": "text/html"', "weights-lock-shape", '"text/html"'),
        ('"name": "base"', '"name": null', "weights-lock-shape", "null"),
        ('"include": \\[', '"include": [1,', "weights-lock-shape", "1"),
        ('"path": "config.json"', '"path": "../config.json"', "weight-file-name", '"../config.json"'),
        ('"path": "config.json"', '"path": "unet/empty"', "weight-file-name", '"unet/empty"'),
        ('"path": "config.json"', '"path": "config.jsonl"', "weights-lock-digest", None),
        (f'"layer": "{DIGEST}"', f'"layer": "sha256:{"0" * 64}"', "weights-lock-digest", f'"sha256:{"0" * 64}"'),
        ('"name": "vae"', '"name": "base"', "weights-lock-digest", "["),
    ],
)
def test_faults_have_a_place(pattern: str, instead: str, code: str, shown: str | None) -> None:
    with pytest.raises(CompileError) as caught:
        read(re.sub(pattern, lambda _: instead, TEXT, count=1))
    (found,) = caught.value.diagnostics
    assert found.code.id == code
    assert found.help
    assert shown is None or found.labels[0].span.text == shown


Place = tuple[str | int, ...]
VALUES: st.SearchStrategy[object] = st.sampled_from([None, True, -1, 7, 0.5, "", "x", "\ud800", [], {}, [None]])


def places(data: Any, here: Place = ()) -> Iterator[Place]:
    """The way to every value inside."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        yield (*here, step)
        yield from places(value, (*here, step))


@given(st.sampled_from(list(places(json.loads(TEXT)))), VALUES)
def test_any_value_may_be_spoiled(place: Place, value: object) -> None:
    """What is read is a lock or an error; nothing else gets out."""
    root: Any = json.loads(TEXT)
    *steps, last = place
    functools.reduce(operator.getitem, steps, root)[last] = value
    assert outcome(json.dumps(root)) in ("read", "refused with a place")


def outcome(text: str) -> str:
    try:
        read(text)
    except CompileError as error:
        placed = all(found.labels and found.help for found in error.diagnostics)
        return "refused with a place" if placed else "refused"
    return "read"


def weight(name: str = "base", target: str = "/src/base", sources: tuple[WeightSource, ...] = (HUB, FILE)) -> Weight:
    return Weight(name, target, sources, Source("cog.yaml", "").start())


@pytest.mark.parametrize(
    ("declared", "states"),
    [
        ((weight(), weight("vae", "/src/vae")), ["base locked", "vae locked"]),
        ((), ["base orphaned", "vae orphaned"]),
        ((weight(), weight("new", "/src/new")), ["base locked", "new pending", "vae orphaned"]),
        ((weight(target="/src/b"),), ["base config-changed target", "vae orphaned"]),
        ((weight(sources=(HUB,)),), ["base config-changed source", "vae orphaned"]),
        ((weight(sources=(FILE, HUB)),), ["base config-changed source", "vae orphaned"]),
        ((weight(sources=(replace(HUB, exclude=()), FILE)),), ["base config-changed source", "vae orphaned"]),
        ((weight(sources=(replace(HUB, include=HUB.include[::-1]), FILE)),), ["base locked", "vae orphaned"]),
        ((weight(target="/x", sources=(FILE,)),), ["base config-changed target source", "vae orphaned"]),
    ],
)
def test_drift(declared: tuple[Weight, ...], states: list[str]) -> None:
    assert [told(each) for each in drift(declared, LOCK)] == states


def test_a_slash_at_the_end_of_a_target_is_no_drift() -> None:
    entry = replace(locked(), weights=replace(locked().weights, target="/src/base/"))
    assert [told(each) for each in drift([weight()], Lock("", (entry,)))] == ["base locked"]


def told(found: Drift) -> str:
    return " ".join((found.name, found.state, *found.changed))


def test_the_files_of_a_lock_are_a_set() -> None:
    entry = read(TEXT).weights[0]
    assert entry.weights == set_of(TINY, "base", "/src/base")
    assert weight_manifest(entry.weights, entry.layers).digest == entry.digest
    assert isinstance(entry.weights, WeightSet)
    assert all(isinstance(file, WeightFile) for layer in entry.layers for file in layer.entries)
