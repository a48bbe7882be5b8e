"""Logs and metrics: section 7.9 of the reference; see rows.py."""

import concurrent.futures
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import Served, eventually


@rows(220, 221, 222)
def test_everything_written_is_in_the_logs(shared: Serve) -> None:
    server = shared("logging_.py:Writer")
    expected = {"by print", "by stderr", "by logging", "by os", "by C", "by child", "no newline"}
    for _ in range(5):
        answer = server.predict()
        assert [words for words in expected if words not in answer["logs"]] == [], answer
    assert "by child" in server.log.read_text()


@rows(45, 220)
def test_lines_keep_their_shape(shared: Serve) -> None:
    shape = "  indented\n\n  after a blank line  \n\r10%\r20%\n\ufffd\ufffd\n"
    assert shared("logging_.py:Shaped").predict()["logs"] == shape


@rows(194)
def test_cancel_comes_through_however_much_is_written(shared: Serve) -> None:
    server = shared("logging_.py:Talkative")
    server.post("/predictions", {"id": "it"}, 202, Prefer="respond-async")
    eventually(lambda: server.get("/predictions/it")["logs"], lambda logs: len(logs) > 10_000)
    server.post("/predictions/it/cancel", None)
    server.wait_for("READY")
    assert server.get("/predictions/it")["status"] == "canceled"


@rows(223)
def test_threads_do_not_mix_their_lines(shared: Serve) -> None:
    lines = shared("logging_.py:Threads").predict()["logs"].splitlines()
    assert sorted(lines) == sorted(f"{name}-{number}-" + "x" * 100 for name in range(8) for number in range(500))


def at_the_same_time(server: Served) -> dict[str, Any]:
    """The answers to two predictions, by their names."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(zip("ab", pool.map(lambda name: server.predict(name=name), "ab"), strict=True))


BY_PYTHON = {"by print", "by to_thread"}
BY_OTHERS = {"by os", "by child", "by thread"}


def test_output_below_python_of_one_asynchronous_prediction(shared: Serve) -> None:
    lines = shared("logging_.py:AsyncWriter", COG_MAX_CONCURRENCY="2").predict(name="a", seconds=0)["logs"].splitlines()
    assert set(lines) == {f"a {way}" for way in BY_PYTHON | BY_OTHERS}


def test_output_below_python_of_several_belongs_to_none(shared: Serve) -> None:
    server = shared("logging_.py:AsyncWriter", COG_MAX_CONCURRENCY="2")
    for name, answer in at_the_same_time(server).items():
        assert set(answer["logs"].splitlines()) == {f"{name} {way}" for way in BY_PYTHON}
        assert {f"{name} {way}" for way in BY_OTHERS} <= set(server.log.read_text().splitlines())


def test_output_of_several_workers(serve: Serve) -> None:
    server = serve("logging_.py:PlainWriter", "--workers", "2")
    eventually(lambda: server.client.get("/metrics").text, lambda text: "cog_slots 2\n" in text)
    answers = at_the_same_time(server)
    assert answers["a"]["output"] != answers["b"]["output"]
    assert {name: answer["logs"] for name, answer in answers.items()} == {"a": "a by child\n", "b": "b by child\n"}


@rows(224, 225, 226)
def test_metrics(shared: Serve) -> None:
    metrics = shared("logging_.py:Metrics").predict()["metrics"]
    assert metrics.pop("predict_time") > 0
    kept = {"plain": 1, "count": 3, "list": ["a", "b"], "deep": {"er": {"value": 0.5}}, "old": True, "set": 2.5}
    assert metrics == kept


BAD_METRICS: dict[str, tuple[Any, ...]] = {
    "228-reserved": ("predict_time", 1, "reserved"),
    "227-reserved-prefix": ("cog.x", 1, "reserved"),
    "227-type-change": ("taken", "text", "holds int"),
    "227-too-deep": ("a.b.c.d.e", 1, "segments"),
    "227-digit": ("1a", 1, "segment"),
    "227-underscores": ("a__b", 1, "segment"),
    "227-value": ("fine", None, "NoneType"),
    "227-append-to-text": ("text", "d", "holds str", "append"),
    "227-add-to-text": ("text", "d", "only a number", "incr"),
    "227-mode": ("fine", 1, "metric mode", "multiply"),
}


@pytest.mark.parametrize("case", BAD_METRICS)
def test_bad_metric_is_an_error_of_the_model(shared: Serve, case: str) -> None:
    name, value, words, *mode = BAD_METRICS[case]
    answer = shared("logging_.py:BadMetric").predict(name=name, value=value, mode=(mode or ["replace"])[0])
    assert (answer["status"], words in answer["error"]) == ("failed", True), answer
    assert answer["metrics"]["taken"] == 1
    assert isinstance(answer["metrics"]["predict_time"], float)
