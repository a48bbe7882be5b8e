"""The packages of the model and those of the server never meet."""

from pathlib import Path
from typing import Any

import pytest

from .interpreters import Place, place
from .serving import MODELS, RUNTIME, served

pytestmark = pytest.mark.interpreters

OLD = ("starlette==0.13.8", "pydantic==1.10.19", "h11==0.9.0", "click==7.1.2", "uvicorn==0.11.8")


@pytest.fixture
def old_pins(request: pytest.FixtureRequest) -> Place:
    """Python 3.8: the youngest for which all of uvicorn 0.11's own requirements have wheels."""
    return place("3.8", OLD, Path(request.config.cache.mkdir("cogc-interpreters")))


def start(there: Place, model: str, folder: Path, **more: Any) -> Any:
    return served(model, folder, python=there.python, COG_SERVER_HOME=there.home, **more)


def test_model_with_old_pins(old_pins: Place, tmp_path: Path) -> None:
    with start(old_pins, "pins.py:Pins", tmp_path) as server:
        answer = server.predict()
        assert answer["output"]["versions"] == {"starlette": "0.13.8", "pydantic": "1.10.19", "uvicorn": "0.11.8"}
        assert answer["output"]["model"] == {"n": 1, "absent": None}
        assert not any(old_pins.home in place for place in answer["output"]["path"])
        assert old_pins.home not in answer["output"]["modules"]["cog"]


def test_hostile_files_beside_the_model(old_pins: Place, tmp_path: Path) -> None:
    """A folder with modules named like the server's packages, on the path and as the current folder."""
    for name in ("starlette", "uvicorn", "httptools", "pydantic_core", "anyio"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('the server has imported the model')\n")
    (tmp_path / "predict.py").write_text((MODELS / "echo.py").read_text())
    environment = {"PYTHONPATH": f"{tmp_path}:{RUNTIME}"}
    logs = tmp_path / "logs"
    logs.mkdir()
    with start(old_pins, "predict.py:Text", logs, cwd=tmp_path, **environment) as server:
        assert server.predict(text="x")["output"] == "hello x"
