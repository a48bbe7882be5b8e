"""Input files from servers that are slow, too generous or wrong."""

import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Serve
from .serving import eventually

LIMIT = 1000
BOMB = gzip.compress(b"x" * 100_000)
HANGING = threading.Event()


class Places(http.server.BaseHTTPRequestHandler):
    """Each path is one way of giving a file."""

    def do_GET(self) -> None:
        getattr(self, self.path.strip("/").split("/")[0])()

    def fits(self) -> None:
        self._give(b"x" * LIMIT, **{"Content-Length": str(LIMIT)})

    def too_long(self) -> None:
        self._give(b"x" * (LIMIT + 1), **{"Content-Length": str(LIMIT + 1)})

    def without_length(self) -> None:
        self._give(b"x" * (LIMIT + 1))

    def says_more(self) -> None:
        self._give(b"x" * 10, **{"Content-Length": "500"})

    def says_less(self) -> None:
        self._give(b"x" * 500, **{"Content-Length": "10"})

    def bomb(self) -> None:
        self._give(BOMB, **{"Content-Length": str(len(BOMB)), "Content-Encoding": "gzip"})

    def unpacked(self) -> None:
        content = gzip.compress(b"x" * 10)
        self._give(content, **{"Content-Length": str(len(content)), "Content-Encoding": "gzip"})

    def no_gzip(self) -> None:
        self._give(b"plain", **{"Content-Encoding": "gzip"})

    def hangs(self) -> None:
        self._give(b"x", **{"Content-Length": "10"})
        self.wfile.flush()
        HANGING.set()
        threading.Event().wait(5)

    def moved(self) -> None:
        self._send(302, Location="/fits")

    def circle(self) -> None:
        self._send(302, Location="/circle")

    def ftp(self) -> None:
        self._send(302, Location="ftp://127.0.0.1:9/x")

    def _give(self, content: bytes, **headers: str) -> None:
        self._send(200, **headers)
        self.wfile.write(content)

    def _send(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def places() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Places) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


GIVEN = {"fits": LIMIT, "moved": LIMIT, "says_less": 10, "unpacked": 10}
REFUSED = {
    "too_long": "longer than 1000 bytes",
    "without_length": "longer than 1000 bytes",
    "bomb": "longer than 1000 bytes",
    "says_more": "received 10 bytes, expected 500",
    "no_gzip": "DecodingError",
    "hangs": "longer than 2 seconds",
    "circle": "redirects",
    "ftp": "ftp://",
}


@pytest.fixture
def limits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.getbasetemp() / "downloads"
    folder.mkdir(exist_ok=True)
    return {"TMPDIR": str(folder), "COG_MAX_DOWNLOAD_BYTES": str(LIMIT), "COG_DOWNLOAD_TIMEOUT": "2"}


@pytest.mark.parametrize("place", GIVEN)
def test_given(shared: Serve, places: str, limits: dict[str, str], place: str) -> None:
    answer = shared("files.py:PathIn", **limits).predict(file=places + place)
    assert (answer["status"], answer["output"]["text"]) == ("succeeded", "x" * GIVEN[place])


@pytest.mark.parametrize("place", REFUSED)
def test_refused(shared: Serve, places: str, limits: dict[str, str], place: str) -> None:
    server = shared("files.py:PathIn", **limits)
    answer = server.predict(file=places + place)
    assert (answer["status"], answer["started_at"]) == ("failed", None)
    assert answer["error"].startswith(f"the input file {places}{place} cannot be downloaded: ")
    assert REFUSED[place] in answer["error"]
    nothing_is_left(limits)
    assert server.predict(file=places + "fits")["status"] == "succeeded"


def nothing_is_left(limits: dict[str, str]) -> None:
    folder = Path(limits["TMPDIR"])
    eventually(lambda: [path for path in folder.glob("cog-*/*") if path.name != "lock"], lambda found: found == [])


@pytest.mark.parametrize("place", ["circle", "ftp"])
def test_redirect_of_a_lazy_file(shared: Serve, places: str, place: str) -> None:
    answer = shared("files.py:FileIn").predict(file=places + place)
    assert (answer["status"], "redirect" in answer["error"] or "ftp" in answer["error"]) == ("failed", True)


LAZY = {
    "too_long": "longer than 1000 bytes",
    "without_length": "longer than 1000 bytes",
    "hangs": "longer than 2 seconds",
    "says_more": "it ended 490 bytes too early",
}


@pytest.mark.parametrize("place", LAZY)
def test_limits_of_a_lazy_file(shared: Serve, places: str, limits: dict[str, str], place: str) -> None:
    server = shared("files.py:FileIn", **limits)
    answer = server.predict(file=places + place)
    assert answer["status"] == "failed"
    assert answer["error"].startswith(f"the input file {places}{place} cannot be downloaded: ")
    assert LAZY[place] in answer["error"]
    assert server.predict(file=places + "fits")["status"] == "succeeded"


def test_no_limit(shared: Serve, places: str) -> None:
    """0 of each, as for the length of bodies."""
    none = dict.fromkeys(
        ("COG_MAX_DOWNLOAD_BYTES", "COG_DOWNLOAD_TIMEOUT", "COG_PREDICT_TIMEOUT", "COG_SETUP_TIMEOUT"), "0"
    )
    for model in ("files.py:PathIn", "files.py:FileIn"):
        assert shared(model, **none).predict(file=places + "too_long")["status"] == "succeeded"


def test_one_of_several(shared: Serve, places: str, limits: dict[str, str]) -> None:
    """The first that fails ends the others."""
    server = shared("files.py:Paths", **{**limits, "COG_DOWNLOAD_TIMEOUT": "60"})
    HANGING.clear()
    answer = server.predict(paths=[places + "fits", places + "hangs", places + "too_long"])
    assert (answer["status"], "longer than 1000 bytes" in answer["error"]) == ("failed", True)
    nothing_is_left(limits)


def test_full_disk_is_told(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    server = serve("files.py:PathIn", TMPDIR=str(folder))
    (root,) = folder.iterdir()
    for number in range(1, 4):
        # In the way of the next predictions' folders.
        root.joinpath(f"prediction-{number}").symlink_to("/dev/full")
    answer = server.predict(file="data:text/plain;base64,aGk=")
    assert (answer["status"], "cannot be stored" in answer["error"]) == ("failed", True)
    assert "cannot be stored" in server.client.post("/predictions", files={"file": ("x", b"x")}).json()["detail"]
