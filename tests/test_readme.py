"""The project that the README shows compiles as it stands there."""

import re
from pathlib import Path

from cogc.compat import Compat
from cogc.frontend.files import MemoryFiles
from cogc.pipeline import Compilation

README = (Path(__file__).parent.parent / "README.md").read_text()


def _block(language: str) -> str:
    """The first block of the five-minute start in a language."""
    found = re.search(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README shows no {language}"
    return found[1]


def test_the_five_minute_start_compiles() -> None:
    project = MemoryFiles({"cog.yaml": _block("yaml"), "predict.py": _block("python")})
    compilation = Compilation(project, "cog.yaml", Compat.bundled())
    plan = compilation.plan
    assert plan.base_image.value == f"python:{plan.python.value}-slim"
    assert compilation.spec.predict
    assert [parameter.name for parameter in compilation.spec.predict.signature.parameters] == ["image", "radius"]
    assert not compilation.diagnostics
