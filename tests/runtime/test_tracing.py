"""Spans of OpenTelemetry, for models that have it."""

from .conftest import Serve

TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_span_continues_the_trace_of_the_request(shared: Serve) -> None:
    server = shared("traced.py:Traced")
    server.post("/predictions", {"id": "first"}, traceparent=f"00-{TRACE}-b7ad6b7169203331-01")
    failed = server.post("/predictions", {"id": "second", "input": {"fail": True}})
    assert failed["status"] == "failed"
    spans = server.predict()["output"]
    assert [span["id"] for span in spans] == ["first", "second"]
    assert (spans[0]["name"], spans[0]["trace"], spans[0]["status"]) == ("cog.predict", TRACE, "UNSET")
    assert (spans[1]["status"], spans[1]["exception"]) == ("ERROR", "ValueError")


def test_span_of_an_async_model(shared: Serve) -> None:
    server = shared("traced.py:AsyncTraced")
    server.post("/predictions", {"id": "first"}, traceparent=f"00-{TRACE}-b7ad6b7169203331-01")
    assert [span["trace"] for span in server.predict()["output"]] == [TRACE]
