"""Weights that lie beside the image: setup begins when whoever brings them says so."""

import json
from pathlib import Path

import pytest

from .serving import served

DIGEST = "sha256:" + "a" * 64
OTHER = "sha256:" + "b" * 64


def _list(folder: Path, *names: str) -> str:
    """The image's list of weights, each with a target below the folder."""
    entries = [{"name": name, "target": str(folder / name), "setDigest": DIGEST} for name in names]
    path = folder / "weights.json"
    path.write_text(json.dumps({"weights": entries}))
    return str(path)


def _state(folder: Path, name: str, state: str, text: str = "") -> None:
    place = folder / name / ".cog"
    place.mkdir(parents=True, exist_ok=True)
    (place / state).write_text(text)


def test_setup_begins_when_all_are_there(tmp_path: Path) -> None:
    listing = _list(tmp_path, "first", "second")
    _state(tmp_path, "first", "ready", f"{DIGEST}\n")
    _state(tmp_path, "second", "downloading")
    with served("echo.py:Text", tmp_path, until="STARTING", COG_WEIGHTS_FILE=listing) as server:
        assert f"waiting for the weights: second at {tmp_path}/second" in server.log.read_text()
        assert server.health()["status"] == "STARTING"
        _state(tmp_path, "second", "ready")
        server.wait_for("READY")
        assert server.predict(text="there")["output"] == "hello there"


STATES = {
    "late": ({}, "the weights 'model' were not there at {target} after 0.3 seconds"),
    "too-slow": ({"downloading": ""}, "the weights 'model' were still being brought at {target} after 0.3 seconds"),
    "failed": ({"failed": "the registry is gone\n"}, "could not be brought: the registry is gone"),
    "failed-in-silence": ({"failed": ""}, "could not be brought: no reason was given"),
    "others": ({"ready": OTHER}, f"at {{target}} are {OTHER}, but the image was built for {DIGEST}"),
}


@pytest.mark.parametrize("case", STATES)
def test_weights_that_do_not_come_fail_the_setup(tmp_path: Path, case: str) -> None:
    states, message = STATES[case]
    for state, text in states.items():
        _state(tmp_path, "model", state, text)
    listing, flags = _list(tmp_path, "model"), ("--await-explicit-shutdown", "--workers", "2")
    with served(
        "echo.py:Text", tmp_path, *flags, until="SETUP_FAILED", COG_WEIGHTS_FILE=listing, COG_WEIGHTS_TIMEOUT="0.3"
    ) as server:
        assert message.format(target=tmp_path / "model") in server.health()["setup"]["logs"]
        assert server.log.read_text().count("setup failed") == 1


def test_what_is_mounted_whole_keeps_no_state(tmp_path: Path) -> None:
    listing = _list(tmp_path, "model")
    (tmp_path / "model" / "lost+found").mkdir(parents=True)
    with served("echo.py:Text", tmp_path, until="STARTING", COG_WEIGHTS_FILE=listing) as server:
        (tmp_path / "model" / "model.safetensors").write_bytes(b"weights")
        server.wait_for("READY")


def test_a_success_after_a_failure_counts(tmp_path: Path) -> None:
    _state(tmp_path, "model", "failed", "the first time")
    _state(tmp_path, "model", "ready", DIGEST)
    with served("echo.py:Text", tmp_path, COG_WEIGHTS_FILE=_list(tmp_path, "model")) as server:
        assert server.health()["status"] == "READY"


@pytest.mark.parametrize("text", ["", "[]", '{"weights": [{"name": "model"}]}'])
def test_a_list_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    listing = tmp_path / "weights.json"
    listing.write_text(text)
    flags = ("--await-explicit-shutdown",)
    with served("echo.py:Text", tmp_path, *flags, until="SETUP_FAILED", COG_WEIGHTS_FILE=str(listing)) as server:
        assert "does not list weights as cogc writes them" in server.health()["setup"]["logs"]
