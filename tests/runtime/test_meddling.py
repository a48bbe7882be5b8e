"""Models that meddle with their process, as libraries do now and then; they are in `meddling.py`."""

import pytest

from .conftest import Serve


@pytest.mark.everywhere
def test_standard_streams_with_write_alone(serve: Serve) -> None:
    server = serve("meddling.py:TeeInSetup")
    answer = server.predict()
    assert (answer["output"], answer["logs"]) == ("done", "hi\n")
    answer = server.predict(fail=True)
    assert (answer["status"], answer["error"]) == ("failed", "it broke")
    assert server.predict()["status"] == "succeeded"


def test_standard_stream_replaced_in_an_asynchronous_prediction(serve: Serve) -> None:
    server = serve("meddling.py:TeeInAsyncPredict")
    assert [server.predict()["output"] for _ in range(2)] == ["done", "done"]


@pytest.mark.everywhere
@pytest.mark.parametrize("model", ["OddError", "OddErrorAsync"])
def test_an_error_without_text(shared: Serve, model: str) -> None:
    server = shared(f"meddling.py:{model}")
    pid = server.health()["status"]
    for _ in range(3):
        answer = server.predict()
        assert (answer["status"], answer["error"]) == ("failed", "Odd")
        assert "raise Odd" in answer["logs"]
    assert server.health()["status"] == pid
    assert "cog_workers_lost_total 0" in server.client.get("/metrics").text


def test_an_error_without_text_in_setup(serve: Serve) -> None:
    server = serve("meddling.py:OddSetup", "--await-explicit-shutdown", until="SETUP_FAILED")
    assert "raise Odd" in server.health()["setup"]["logs"]


HEALTH = {
    "OddHealth": "the healthcheck raised Odd: Odd",
    "LeavingHealth": "the healthcheck raised SystemExit: the model called sys.exit('enough')",
}


@pytest.mark.parametrize("model", HEALTH)
def test_healthchecks_that_leave(serve: Serve, model: str) -> None:
    health = serve(f"meddling.py:{model}", until="UNHEALTHY").health()
    assert (health["status"], health["user_healthcheck_error"]) == ("UNHEALTHY", HEALTH[model])


STATUS = {"return": 0, "exit": 3, "raise": 1}


@pytest.mark.everywhere
@pytest.mark.parametrize("how", STATUS)
@pytest.mark.parametrize("model", ["Forking", "ForkingAsync"])
def test_a_forked_child_is_no_worker(shared: Serve, model: str, how: str) -> None:
    server = shared(f"meddling.py:{model}")
    pid = server.predict()["output"]
    answer = server.predict(how=how)
    assert answer["output"] == ["parent", STATUS[how]]
    assert ("ValueError: the child broke" in answer["logs"]) == (how == "raise")
    assert [server.predict()["output"] for _ in range(3)] == [pid] * 3


def test_a_daemon_is_no_worker(serve: Serve) -> None:
    server = serve("meddling.py:Daemon")
    pid = server.predict()["output"]
    assert server.predict(seconds=2.0)["output"] == pid
    assert [server.predict()["output"] for _ in range(3)] == [pid] * 3
    assert server.end() == 0


def test_a_child_of_setup_is_no_worker(shared: Serve) -> None:
    assert shared("meddling.py:ForkingSetup").predict()["output"] == "parent"
