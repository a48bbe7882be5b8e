"""The keys `model` and `weights`: what they become. What they refuse is in golden/config and golden/weights."""

from collections.abc import Mapping

import pytest

from cogc.frontend.files import MemoryFiles
from cogc.frontend.load import load, load_environment
from cogc.ir.diagnostic import CompileError, Diagnostic
from cogc.ir.spec import Spec
from cogc.ir.weight import Weight, WeightSource

ENTRY = "model: acme/tiny\nweights: [{name: base, target: /src/w, source: {uri: 'hf://acme/tiny'}}]\n"
BROKEN = "predict: predict.py:Missing\n"


def read(config: str, others: Mapping[str, str] | None = None) -> tuple[Spec, list[str]]:
    """Without weights.lock, so by the front end that does not need it."""
    spec, told = load_environment(MemoryFiles({"cog.yaml": config, **(others or {})}))
    return spec, codes(told)


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [each.code.id for each in found]


def only(entry: str) -> Weight:
    spec, _ = read(f"model: acme/tiny\nweights: [{{name: base, target: /src/w, {entry}}}]")
    return spec.weights[0]


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("/src/weights", "/src/weights"),
        ("/src/weights/", "/src/weights"),
        ("//data///w", "/data/w"),
        ("/src/./w", "/src/w"),
        ("/opt/weights", "/opt/weights"),
        ("/usr/share/model", "/usr/share/model"),
        ("/root/.cache/huggingface", "/root/.cache/huggingface"),
        ("/a+b@c~d-e_f.g", "/a+b@c~d-e_f.g"),
        ("/devices", "/devices"),
    ],
)
def test_targets(written: str, target: str) -> None:
    spec, _ = read(f"model: a/b\nweights: [{{name: base, target: '{written}', source: {{uri: ./w}}}}]")
    assert [weight.target for weight in spec.weights] == [target]


@pytest.mark.parametrize(
    ("entry", "sources"),
    [
        ("source: {uri: ./w}", (WeightSource("./w"),)),
        ("source: [{uri: ./w}]", (WeightSource("./w"),)),
        ("sources: [{uri: ./w}, {uri: 's3://b/x'}]", (WeightSource("./w"), WeightSource("s3://b/x"))),
        ("source: {uri: w, include: , exclude: }", (WeightSource("w"),)),
        ("source: {uri: w, include: ['*.bin', a/], exclude: ['**/x?[ab]']}",
         (WeightSource("w", ("*.bin", "a/"), ("**/x?[ab]",)),)),
    ],
)  # fmt: skip
def test_sources(entry: str, sources: tuple[WeightSource, ...]) -> None:
    assert only(entry).sources == sources


@pytest.mark.parametrize(
    ("uri", "folders"),
    [
        ("./models/", ("models",)),
        ("models/a/../b", ("models/b",)),
        ("file://./models", ("models",)),
        (".", ()),
        ("models/..", ()),
        ("../shared", ()),
        ("/data/models", ()),
        ("file:///data/models", ()),
        ("hf://acme/tiny", ()),
    ],
)
def test_whole_folders_of_the_project_stay_out_of_the_image(uri: str, folders: tuple[str, ...]) -> None:
    assert only(f"source: {{uri: '{uri}'}}").folders == folders
    assert only(f"source: {{uri: '{uri}', include: ['*.bin']}}").folders == ()


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("model: localhost:5000/acme/tiny\n", []),
        ("weights: []\n", []),
        ("weights:\n", []),
        (ENTRY, ["weights-left-out"]),
        (ENTRY + BROKEN, ["predictor-left-out", "weights-left-out"]),
        (ENTRY.replace("model: acme/tiny", "image: acme/tiny:v1"), ["weights-left-out"]),
    ],
)
def test_what_is_not_there_yet_is_left_out_where_it_is_not_needed(config: str, told: list[str]) -> None:
    assert read(config)[1] == told


@pytest.mark.parametrize(
    "lock", ["", "{", '{"version": 3}', '{"version": 1, "envelopeFormat": "", "weights": [{}]}'], ids=ascii
)
def test_a_lock_that_cannot_be_read_stops_only_what_needs_it(lock: str) -> None:
    """Or nobody could import the weights again."""
    assert read(ENTRY, {"weights.lock": lock})[1] == ["weights-left-out"]
    with pytest.raises(CompileError) as caught:
        load(MemoryFiles({"cog.yaml": ENTRY, "weights.lock": lock}))
    assert codes(caught.value.diagnostics)[0].startswith("weights-lock-")


def test_faults_of_the_entries_stop_before_the_lock_is_looked_at() -> None:
    with pytest.raises(CompileError) as caught:
        load(MemoryFiles({"cog.yaml": ENTRY.replace("/src/w", "w"), "weights.lock": "{"}))
    assert codes(caught.value.diagnostics) == ["weight-target-relative"]
