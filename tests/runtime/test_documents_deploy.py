"""The examples of both Deploy documents, from the server's command on; docker itself is tried in tests/engine."""

import pytest

from .conftest import Serve
from .serving import Receiver

COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "plain": ((), "127.0.0.1"),
    "threads": (("--threads=10",), "127.0.0.1"),
    "ipv6": (("--host=::",), "::1"),
}


@pytest.mark.parametrize("case", COMMANDS)
def test_command(serve: Serve, receiver: Receiver, case: str) -> None:
    """Asked as `curl` asks: without a header, `--data` goes out as a form."""
    flags, host = COMMANDS[case]
    receiver.files["/input.jpg"] = b"a"
    # The flag comes alone, as in the document; without it, the harness would bind to all addresses.
    server = serve("documented/prediction.py:WithSetup", *flags, host=host)
    body = '{"input": {"image": "' + receiver.url + '/input.jpg"}}'
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        answer = server.client.post("/predictions", content=body, headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()["status"]) == (200, "succeeded"), answer.text
    assert server.client.get("/").status_code == 200
    assert "<form" in server.client.get("/docs").text
    assert server.get("/openapi.json")["info"]["title"] == "Cog"
