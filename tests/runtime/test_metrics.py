"""Prometheus metrics, and health for Kubernetes: issue 4."""

import re

import pytest

from .conftest import Serve
from .serving import Served

LINE = re.compile(r'^(?P<name>[a-z_]+)(\{(?P<labels>[a-z]+="[^"]*"(,[a-z]+="[^"]*")*)\})? (?P<value>[0-9.e+-]+)$')


def metrics(server: Served) -> dict[str, float]:
    """Samples by name and labels; every line has the right form."""
    answer = server.client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.splitlines()
    assert answer.text.endswith("\n")
    samples = [line for line in lines if not line.startswith("# ")]
    assert all(LINE.match(line) for line in samples), samples
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in samples}


@pytest.fixture
def server(serve: Serve) -> Served:
    return serve("echo.py:Unruly", COG_QUEUE_LENGTH="1")


def test_counts(server: Served) -> None:
    for act in ("nothing", "nothing", "fail"):
        server.predict(act=act)
    server.predict(expect=422, seconds="x")
    server.get("/nowhere", 404)
    server.post("/predictions", {"id": "runs", "input": {"act": "sleep"}}, 202, Prefer="respond-async")
    server.post("/predictions", {"id": "waits"}, 202, Prefer="respond-async")
    server.predict(expect=409)
    found = metrics(server)
    assert found['cog_predictions_total{status="succeeded"}'] == 2
    assert found['cog_predictions_total{status="failed"}'] == 1
    assert found['cog_requests_refused_total{code="422"}'] == 1
    assert found['cog_requests_refused_total{code="404"}'] == 1
    assert found['cog_requests_refused_total{code="409"}'] == 1
    assert (found["cog_predictions_running"], found["cog_predictions_waiting"], found["cog_slots"]) == (1, 1, 1)
    server.post("/predictions/runs/cancel", None)
    server.wait_for("READY")
    assert metrics(server)['cog_predictions_total{status="canceled"}'] == 1


def test_histogram(server: Served) -> None:
    server.predict()
    server.predict(act="sleep", seconds=0.3)
    found = metrics(server)
    buckets = [value for name, value in found.items() if name.startswith("cog_prediction_seconds_bucket")]
    assert buckets == sorted(buckets)
    assert found['cog_prediction_seconds_bucket{le="0.25"}'] == 1
    assert found['cog_prediction_seconds_bucket{le="+Inf"}'] == found["cog_prediction_seconds_count"] == 2
    assert 0.3 < found["cog_prediction_seconds_sum"] < 1


def test_lost_workers(server: Served) -> None:
    assert (metrics(server)["cog_ready"], metrics(server)["cog_workers_lost_total"]) == (1, 0)
    server.predict(act="die")
    server.wait_for("READY")
    assert metrics(server)["cog_workers_lost_total"] == 1


PROBES: dict[str, tuple[str, str, int, int]] = {
    "ready": ("echo.py:function", "READY", 200, 200),
    "starting": ("slow_setup.py:Predictor", "STARTING", 200, 503),
    "failed": ("broken.py:SetupRaises", "SETUP_FAILED", 503, 503),
}


@pytest.mark.parametrize("case", PROBES)
def test_probes(serve: Serve, case: str) -> None:
    model, status, live, ready = PROBES[case]
    server = serve(model, "--await-explicit-shutdown", until=status)
    assert server.get("/health/live", live) == {"live": live == 200}
    assert server.get("/health/ready", ready) == {"status": status}


def test_unhealthy_is_not_ready(shared: Serve) -> None:
    server = shared("checked.py:Checked")
    server.predict(state="bad")
    assert server.get("/health/ready", 503) == {"status": "UNHEALTHY"}
    assert server.get("/health/live") == {"live": True}
    server.predict(state="good")
    assert server.get("/health/ready") == {"status": "READY"}


def test_busy_is_ready(server: Served) -> None:
    server.post("/predictions", {"id": "runs", "input": {"act": "sleep"}}, 202, Prefer="respond-async")
    assert server.get("/health/ready") == {"status": "BUSY"}


HEADS = ["/", "/health-check", "/health/live", "/health/ready", "/metrics", "/openapi.json", "/docs"]


@pytest.mark.parametrize("path", HEADS)
def test_head(shared: Serve, path: str) -> None:
    server = shared("echo.py:function")
    answer = server.client.head(path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 0
