"""Small projects in memory, and what the front end makes of them."""

from cogc.frontend.files import MemoryFiles
from cogc.frontend.load import load
from cogc.ir.diagnostic import CompileError, Diagnostic
from cogc.ir.requirement import RequirementLine
from cogc.ir.spec import Spec

_CLASS = """
class {name}:
    {define} {method}(self, text: str) -> str:
        return text
"""
SOURCES = {
    "predict.py": _CLASS.format(name="Predictor", define="def", method="predict"),
    "run.py": _CLASS.format(name="Runner", define="def", method="run"),
    "async.py": _CLASS.format(name="Predictor", define="async def", method="predict"),
    "train.py": "from cog import Path\n\n\ndef train(data: Path) -> Path:\n    return data\n",
}


REQUIREMENTS = "build: {python_requirements: req.txt}"


def spec(config: str, **files: str) -> Spec:
    """The Spec of a configuration without errors, beside the Python files above; `_` in file names is `.`."""
    return _load(config, files)[0]


def found(config: str, **files: str) -> list[tuple[str, str]]:
    """Code and place, as the text that it covers, of each diagnostic."""
    try:
        diagnostics = _load(config, files)[1]
    except CompileError as error:
        diagnostics = error.diagnostics
    return [(diagnostic.code.id, diagnostic.labels[0].span.text) for diagnostic in diagnostics]


def lines(text: str, **files: str) -> tuple[RequirementLine, ...]:
    """What a requirements file of this text asks for."""
    return spec(REQUIREMENTS, req_txt=text, **files).requirements


def faults(text: str, **files: str) -> list[tuple[str, str]]:
    """Code and place of each diagnostic about a requirements file of this text."""
    return found(REQUIREMENTS, req_txt=text, **files)


def _load(config: str, files: dict[str, str]) -> tuple[Spec, tuple[Diagnostic, ...]]:
    texts = {name.replace("_", "."): text for name, text in files.items()}
    return load(MemoryFiles({**SOURCES, **texts, "cog.yaml": config}))
