"""Logs and metrics: section 7.9 of the reference; see rows.py."""

from typing import Any

import pytest

from .conftest import Serve
from .rows import rows


@rows(220, 221, 222)
def test_everything_written_is_in_the_logs(shared: Serve) -> None:
    server = shared("logging_.py:Writer")
    expected = {"by print", "by stderr", "by logging", "by os", "by C", "by child", "no newline"}
    for _ in range(5):
        answer = server.predict()
        assert [words for words in expected if words not in answer["logs"]] == [], answer
    assert "by child" in server.log.read_text()


@rows(223)
def test_threads_do_not_mix_their_lines(shared: Serve) -> None:
    lines = shared("logging_.py:Threads").predict()["logs"].splitlines()
    assert sorted(lines) == sorted(f"{name}-{number}-" + "x" * 100 for name in range(8) for number in range(500))


@rows(224, 225, 226)
def test_metrics(shared: Serve) -> None:
    metrics = shared("logging_.py:Metrics").predict()["metrics"]
    assert metrics.pop("predict_time") > 0
    assert metrics == {"plain": 1, "count": 3, "list": ["a", "b"], "deep": {"er": {"value": 0.5}}, "old": True}


BAD_METRICS: dict[str, tuple[str, Any, str]] = {
    "228-reserved": ("predict_time", 1, "reserved"),
    "227-reserved-prefix": ("cog.x", 1, "reserved"),
    "227-type-change": ("taken", "text", "holds int"),
    "227-too-deep": ("a.b.c.d.e", 1, "segments"),
    "227-digit": ("1a", 1, "segment"),
    "227-underscores": ("a__b", 1, "segment"),
    "227-value": ("fine", None, "NoneType"),
}


@pytest.mark.parametrize("case", BAD_METRICS)
def test_bad_metric_is_an_error_of_the_model(shared: Serve, case: str) -> None:
    name, value, words = BAD_METRICS[case]
    answer = shared("logging_.py:BadMetric").predict(name=name, value=value)
    assert (answer["status"], words in answer["error"]) == ("failed", True), answer
    assert answer["metrics"]["taken"] == 1
