"""Models that do to their process what libraries do now and then, and values that no header can hold."""

import httpx
import pytest

from .conftest import Serve
from .serving import Receiver, eventually


@pytest.mark.everywhere
def test_standard_streams_with_write_alone(serve: Serve) -> None:
    server = serve("odd.py:TeeInSetup")
    answer = server.predict()
    assert (answer["output"], answer["logs"]) == ("done", "hi\n")
    answer = server.predict(fail=True)
    assert (answer["status"], answer["error"]) == ("failed", "it broke")
    assert server.predict()["status"] == "succeeded"


def test_standard_stream_replaced_in_an_asynchronous_prediction(serve: Serve) -> None:
    server = serve("odd.py:TeeInAsyncPredict")
    assert [server.predict()["output"] for _ in range(2)] == ["done", "done"]


@pytest.mark.everywhere
@pytest.mark.parametrize("model", ["OddError", "OddErrorAsync"])
def test_an_error_without_text(shared: Serve, model: str) -> None:
    server = shared(f"odd.py:{model}")
    pid = server.health()["status"]
    for _ in range(3):
        answer = server.predict()
        assert (answer["status"], answer["error"]) == ("failed", "Odd")
        assert "raise Odd" in answer["logs"]
    assert server.health()["status"] == pid
    assert "cog_workers_lost_total 0" in server.client.get("/metrics").text


def test_an_error_without_text_in_setup(serve: Serve) -> None:
    server = serve("odd.py:OddSetup", "--await-explicit-shutdown", until="SETUP_FAILED")
    assert "raise Odd" in server.health()["setup"]["logs"]


HEALTH = {
    "OddHealth": "the healthcheck raised Odd: Odd",
    "LeavingHealth": "the healthcheck raised SystemExit: the model called sys.exit('enough')",
}


@pytest.mark.parametrize("model", HEALTH)
def test_healthchecks_that_leave(serve: Serve, model: str) -> None:
    health = serve(f"odd.py:{model}", until="UNHEALTHY").health()
    assert (health["status"], health["user_healthcheck_error"]) == ("UNHEALTHY", HEALTH[model])


STATUS = {"return": 0, "exit": 3, "raise": 1}


@pytest.mark.everywhere
@pytest.mark.parametrize("how", STATUS)
@pytest.mark.parametrize("model", ["Forking", "ForkingAsync"])
def test_a_forked_child_is_no_worker(shared: Serve, model: str, how: str) -> None:
    server = shared(f"odd.py:{model}")
    pid = server.predict()["output"]
    answer = server.predict(how=how)
    assert answer["output"] == ["parent", STATUS[how]]
    assert ("ValueError: the child broke" in answer["logs"]) == (how == "raise")
    assert [server.predict()["output"] for _ in range(3)] == [pid] * 3


def test_a_daemon_is_no_worker(serve: Serve) -> None:
    server = serve("odd.py:Daemon")
    pid = server.predict()["output"]
    assert server.predict(seconds=2.0)["output"] == pid
    assert [server.predict()["output"] for _ in range(3)] == [pid] * 3
    assert server.end() == 0


def test_a_child_of_setup_is_no_worker(shared: Serve) -> None:
    assert shared("odd.py:ForkingSetup").predict()["output"] == "parent"


NO_PLACES = ["http://xn--/p", "http://a\x7fb/p", "http://a b/p", "http://[/p"]


@pytest.mark.parametrize("prefix", NO_PLACES)
def test_a_prefix_that_is_no_place_ends_the_model_too(shared: Serve, prefix: str) -> None:
    """Whether it is refused at once, or told when the first file is there."""
    server = shared("odd.py:FileFirst")
    body = {"input": {"file": True}, "output_file_prefix": prefix}
    answer = server.client.post("/predictions", json=body)
    assert answer.status_code == 422 or "the output file cannot be uploaded" in answer.json()["error"]
    assert server.predict()["output"] == ["no file"]


@pytest.mark.parametrize("name", ["é", "a b", "日本"])
def test_ids_of_any_letters_go_along_with_uploads(shared: Serve, receiver: Receiver, name: str) -> None:
    body = {"id": name, "input": {"kind": "png"}, "output_file_prefix": receiver.url}
    assert shared("files.py:Out").post("/predictions", body)["status"] == "succeeded"
    (call,) = receiver.calls
    assert call[3]["X-Prediction-ID"] == {"é": "%C3%A9", "日本": "%E6%97%A5%E6%9C%AC"}.get(name, name)


def test_trace_headers_that_are_none_are_left_out(shared: Serve, receiver: Receiver) -> None:
    server = shared("echo.py:NoInput")
    body = {"webhook": receiver.url, "webhook_events_filter": ["completed"]}
    headers = [(b"traceparent", "é".encode()), (b"tracestate", b"a=b"), (b"content-type", b"application/json")]
    answer = httpx.post(f"http://127.0.0.1:{server.port}/predictions", json=body, headers=headers)
    assert answer.json()["status"] == "succeeded"
    receiver.wait_for_end()
    sent = {name.lower(): value for name, value in receiver.calls[0][3].items()}
    assert ("traceparent" in sent, sent["tracestate"]) == (False, "a=b")
    eventually(lambda: server.health()["status"], lambda found: found == "READY")
