"""Cancelling synchronous predictions: section 7.7 of the reference; see rows.py."""

from typing import Any

import httpx
import pytest

from .conftest import Serve
from .rows import rows
from .serving import Receiver, Served, eventually


@pytest.fixture
def unruly(shared: Serve) -> Served:
    return shared("echo.py:Unruly", COG_CANCEL_GRACE="1")


@pytest.fixture
def patient(shared: Serve) -> Served:
    """One that would not use force while anybody waits."""
    return shared("echo.py:Unruly", COG_CANCEL_GRACE="600")


def begun(server: Served, receiver: Receiver, act: str) -> None:
    """Starts a prediction and waits until the model's own code runs."""
    body: Any = {"id": "it", "input": {"act": act, "seconds": 600}, "webhook": receiver.url}
    body["webhook_events_filter"] = ["start", "logs", "completed"]
    server.post("/predictions", body, 202, Prefer="respond-async")
    eventually(receiver.bodies, lambda states: any("before" in state["logs"] for state in states))


ENDS: dict[str, str] = {
    "sleep": "",
    "swallow": "",
    "clean_up": "cleaned up\n",
}


@rows(194, 204, 200, 198, 199, 196)
@pytest.mark.parametrize("act", ENDS)
def test_running_prediction(patient: Served, receiver: Receiver, act: str) -> None:
    begun(patient, receiver, act)
    patient.post("/predictions/it/cancel", None)
    last = receiver.wait_for_end()[-1]
    assert (last["status"], last.get("output"), last.get("error")) == ("canceled", None, None)
    assert last["logs"] == "before\n" + ENDS[act]
    patient.post("/predictions/it/cancel", None, 404)


@rows(195)
def test_repeated_cancel(unruly: Served, receiver: Receiver) -> None:
    begun(unruly, receiver, "refuse")
    for _ in range(5):
        unruly.post("/predictions/it/cancel", None)
    states: list[Any] = receiver.wait_for_end()
    assert [state["status"] for state in states if "completed_at" in state] == ["canceled"]
    unruly.wait_for("READY")


def test_cancel_before_the_model_has_begun(patient: Served, receiver: Receiver) -> None:
    for _ in range(20):
        body = {"id": "it", "input": {"act": "sleep", "seconds": 600}}
        patient.post("/predictions", body, 202, Prefer="respond-async")
        patient.post("/predictions/it/cancel", None)
        patient.wait_for("READY")


@rows(193, 197)
def test_unknown_prediction(unruly: Served) -> None:
    unruly.post("/predictions/nobody/cancel", None, 404)
    assert unruly.predict()["output"] == "fine"


@rows(206, 224)
def test_hang_up_of_an_asynchronous_request(unruly: Served, receiver: Receiver) -> None:
    body = {"input": {"act": "sleep", "seconds": 0.5}, "webhook": receiver.url, "webhook_events_filter": ["completed"]}
    with httpx.Client(base_url=unruly.client.base_url) as client:
        assert client.post("/predictions", json=body, headers={"Prefer": "respond-async"}).status_code == 202
    last = receiver.wait_for_end()[-1]
    assert last["output"] == "slept"
    assert 0.5 <= last["metrics"]["predict_time"] < 50


@rows(197)
def test_cancel_of_what_has_just_ended(unruly: Served) -> None:
    for turn in range(20):
        unruly.post("/predictions", {"id": f"it-{turn}"})
        unruly.post(f"/predictions/it-{turn}/cancel", None, 404)
        assert unruly.predict()["status"] == "succeeded"
