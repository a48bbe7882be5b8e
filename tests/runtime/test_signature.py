"""Signatures of webhooks, checked as a receiver would: issue 4."""

import base64
import hashlib
import hmac
import time
from typing import Any

import pytest

from .conftest import Serve
from .serving import Receiver, Served

KEY = b"twenty-four bytes of key"
SECRETS = {"whsec_" + base64.b64encode(KEY).decode(): KEY, "a plain text": b"a plain text"}


def sent(server: Served, receiver: Receiver, events: list[str]) -> list[Any]:
    body = {"webhook": receiver.url, "webhook_events_filter": events}
    server.post("/predictions", body, 202, Prefer="respond-async")
    receiver.wait_for_end()
    return [({name.lower(): value for name, value in call[3].items()}, call[4]) for call in receiver.calls]


@pytest.mark.parametrize("secret", SECRETS)
def test_signature(shared: Serve, receiver: Receiver, secret: str) -> None:
    calls = sent(shared("echo.py:function", WEBHOOK_SIGNING_SECRET=secret), receiver, ["start", "completed"])
    for headers, body in calls:
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        digest = hmac.new(SECRETS[secret], content, hashlib.sha256).digest()
        assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
        assert abs(int(headers["webhook-timestamp"]) - time.time()) < 10
        assert headers["content-type"] == "application/json"
    assert len({headers["webhook-id"] for headers, _ in calls}) == 2


def test_delivery_id_stays_in_each_try(shared: Serve, receiver: Receiver) -> None:
    receiver.answers = [500, 503]
    first, *_ = sent(shared("echo.py:function", WEBHOOK_SIGNING_SECRET="x"), receiver, ["completed"])
    receiver.wait_for(3)
    assert {call[3]["webhook-id"] for call in receiver.calls} == {first[0]["webhook-id"]}


def test_without_a_secret_there_is_no_signature(shared: Serve, receiver: Receiver) -> None:
    headers, _ = sent(shared("echo.py:function"), receiver, ["completed"])[0]
    assert headers["webhook-id"].startswith("msg_")
    assert "webhook-signature" not in headers


def test_broken_secret(serve: Serve) -> None:
    with pytest.raises(AssertionError, match="WEBHOOK_SIGNING_SECRET cannot be used: what follows whsec_ is no base64"):
        serve("echo.py:function", WEBHOOK_SIGNING_SECRET="whsec_not base64!")
