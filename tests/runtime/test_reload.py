"""`--reload`: a model that is edited while it is served."""

import threading
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .serving import Served, eventually

MODEL = """
import pathlib
import time
import words
from cog import BasePredictor

class Predictor(BasePredictor):
    def predict(self, name: str, wait_for: str = "") -> str:
        while wait_for and not pathlib.Path(wait_for).exists():
            pathlib.Path("begun").touch()
            time.sleep(0.01)
        return f"{words.GREETING}, {name}"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "model.py").write_text(MODEL)
    _greet(folder, "Hello")
    return folder


def _greet(project: Path, word: str) -> None:
    (project / "words.py").write_text(f"GREETING = {word!r}\n")


def _serve(serve: Serve, project: Path, **environment: Any) -> Served:
    return serve("model.py:Predictor", "--reload", cwd=project, **environment)


def _answer(server: Served) -> Any:
    answer = server.client.post("/predictions", json={"input": {"name": "Ada"}})
    return answer.json().get("output") if answer.status_code == 200 else answer.json()["detail"]


def test_an_edit_is_served(serve: Serve, project: Path) -> None:
    server = _serve(serve, project)
    assert _answer(server) == "Hello, Ada"
    _greet(project, "Howdy")
    eventually(lambda: _answer(server), lambda found: found == "Howdy, Ada")
    assert "words.py changed: the model is loaded again" in server.log.read_text()


@pytest.mark.parametrize("pattern", ["*.txt", "prompts/*.txt"])
def test_files_that_it_is_told_to_watch(serve: Serve, project: Path, pattern: str) -> None:
    (project / "prompts").mkdir()
    for name in ("prompts/greeting.txt", "other.csv", "cog.yaml"):
        (project / name).write_text("Hello")
    read = "import pathlib\nGREETING = pathlib.Path('prompts/greeting.txt').read_text()\n"
    (project / "words.py").write_text(read)
    server = serve("model.py:Predictor", f"--reload-include={pattern}", cwd=project)
    assert _answer(server) == "Hello, Ada"
    (project / "cog.yaml").write_text("another")
    eventually(server.log.read_text, lambda log: "cog.yaml changed: it counts once" in log)
    (project / "other.csv").write_text("Howdy")
    (project / "prompts" / "greeting.txt").write_text("Howdy")
    eventually(lambda: _answer(server), lambda found: found == "Howdy, Ada")
    assert server.log.read_text().count("is loaded again") == 1


def test_a_new_signature_is_served(serve: Serve, project: Path) -> None:
    server = _serve(serve, project)
    (project / "model.py").write_text(
        MODEL.replace("name: str", 'name: str, mark: str = "!"').replace("}, {", "}{mark} {")
    )
    eventually(lambda: _answer(server), lambda found: found == "Hello! Ada")
    inputs = server.get("/openapi.json")["components"]["schemas"]["Input"]["properties"]
    assert "mark" in inputs
    assert server.predict(name="Ada", mark="?")["output"] == "Hello? Ada"


@pytest.mark.parametrize("broken", ["GREETING = ", "raise ValueError('no words')", "OTHER = 1"])
def test_a_broken_edit_is_told_and_the_next_one_mends_it(serve: Serve, project: Path, broken: str) -> None:
    (project / "model.py").write_text(MODEL.replace("import words", "from words import GREETING").replace("words.", ""))
    server = _serve(serve, project)
    (project / "words.py").write_text(broken)
    failed = server.wait_for("SETUP_FAILED")
    assert "words" in failed["setup"]["logs"]
    assert "its setup failed" in _answer(server)
    _greet(project, "Howdy")
    server.wait_for("READY")
    assert _answer(server) == "Howdy, Ada"


def test_what_runs_is_finished_with_the_old_source(serve: Serve, project: Path) -> None:
    server = _serve(serve, project)
    with _Asked(server, project) as asked:
        _greet(project, "Howdy")
        eventually(server.log.read_text, lambda text: "changed" in text)
        assert "STARTING" in server.health()["status"], "nothing new is taken meanwhile"
        (project / "go").touch()
    assert asked.answer["output"] == "Hello, Ada"
    eventually(lambda: _answer(server), lambda found: found == "Howdy, Ada")


def test_what_runs_too_long_fails_and_says_why(serve: Serve, project: Path) -> None:
    server = _serve(serve, project, COG_SHUTDOWN_GRACE="0")
    with _Asked(server, project) as asked:
        _greet(project, "Howdy")
        eventually(lambda: _answer(server), lambda found: found == "Howdy, Ada")
    assert asked.answer["status"] == "failed"
    assert "the source changed, and the model was loaded again" in asked.answer["error"]


def test_the_server_ends_in_order_while_a_setup_has_failed(serve: Serve, project: Path) -> None:
    server = _serve(serve, project)
    (project / "words.py").write_text("GREETING = ")
    server.wait_for("SETUP_FAILED")
    assert server.end() == 0


def test_source_alone_is_looked_at(serve: Serve, project: Path) -> None:
    server = _serve(serve, project)
    for name in ("notes.txt", ".git/a.py", "env/pyvenv.cfg", "env/lib/b.py", "__pycache__/c.py"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("1")
    _greet(project, "Howdy")
    eventually(lambda: _answer(server), lambda found: found == "Howdy, Ada")
    # All that has changed since the last look is counted here.
    assert " words.py changed" in server.log.read_text()


class _Asked:
    """A prediction that runs until there is a file `go`; its answer is there after the block."""

    def __init__(self, server: Served, project: Path) -> None:
        self._server = server
        self._project = project
        self.answer: Any = None

    def _ask(self) -> None:
        self.answer = self._server.predict(name="Ada", wait_for="go")

    def __enter__(self) -> "_Asked":
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()
        eventually((self._project / "begun").exists, bool)
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()
