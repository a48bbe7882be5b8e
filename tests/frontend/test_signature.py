"""The signature of every golden model, read from its source, and the refusal of every one that cannot be served."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogc.contract import Signature, render_openapi
from cogc.formats.text import render
from cogc.frontend.files import FolderFiles, MemoryFiles
from cogc.frontend.signature import read_signature
from cogc.ir.diagnostic import Diagnostic
from cogc.ir.source import Source, Span
from cogc.ir.spec import Reference

from ..goldens import GOLDEN, Golden, cases

VERSION = "0.0.0-golden"
EXPECTED = {"openapi.json", "stderr.txt"}
DEFAULT_CONFIG = "predict: predict.py:Predictor\n"


def entry_points(folder: Path) -> dict[str, Reference]:
    """The lines `predict: file.py:Name` and `train: file.py:name` of a case, with their places."""
    config = folder / "cog.yaml"
    text = config.read_text() if config.exists() else DEFAULT_CONFIG
    return {line.partition(": ")[0]: reference_in(text, line.partition(": ")[2]) for line in text.splitlines()}


def reference_in(text: str, written: str) -> Reference:
    start = text.index(written)
    path, _, name = written.rpartition(":")
    return Reference(path, name, Span(Source("cog.yaml", text), start, start + len(written)))


def outcome(folder: Path) -> dict[str, str]:
    """The text of the one file that is expected beside a case's source."""
    found: dict[str, Any] = {"predict": None, "train": None}
    problems: list[Diagnostic] = []
    for mode, reference in entry_points(folder).items():
        found[mode], diagnostics = read_signature(FolderFiles(folder), reference, mode)  # type: ignore[arg-type]  # keys of cog.yaml
        problems += diagnostics
    if problems:
        return {"stderr.txt": render(problems)}
    return {"openapi.json": json.dumps(render_openapi(**found, version=VERSION), indent=2, ensure_ascii=False) + "\n"}


@pytest.mark.parametrize("case", cases("schema"))
def test_golden_models(case: str, golden: Golden) -> None:
    sources = frozenset(path.name for path in (GOLDEN / case).iterdir()) - EXPECTED
    golden.check(case, outcome(GOLDEN / case), inputs=sources)


def read(text: str) -> tuple[Signature | None, tuple[Diagnostic, ...]]:
    reference = reference_in(DEFAULT_CONFIG, "predict.py:Predictor")
    return read_signature(MemoryFiles({"predict.py": text}), reference, "predict")


def read_with_default(expression: str) -> tuple[Signature | None, tuple[Diagnostic, ...]]:
    return read(
        "from typing import Any\n"
        "from cog import Path\n"
        "class Predictor:\n"
        f"    def predict(self, value: Any = {expression}) -> str: ...\n"
    )


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("-(2 ** 3) + 7 // 2 % 3 * 1.5", -8.0),
        ("(2 ** 32 - 1) | (1 << 4)", 2**32 - 1),
        ("not 0", True),
        ("(1, 2) + (3,)", [1, 2, 3]),
        ("[0] * 3", [0, 0, 0]),
        ("{'b', 'a'} | {'c'}", ["a", "b", "c"]),
        ("{'a': 1} | {'b': [2]}", {"a": 1, "b": [2]}),
        ("{**{'a': 1}, 'b': 2}", {"a": 1, "b": 2}),
        ("[*'ab', *range(2)]", ["a", "b", 0, 1]),
        ("max([1, 5, 2]) - len('ab')", 3),
        ("{'a': {'b': 2}}['a']['b']", 2),
        ("'-'.join(['a', 'b']).upper()", "A-B"),
        ("f'{1 + 1} steps'", "2 steps"),
        ("Path('a') ", "a"),
        ("float('1e-4')", 1e-4),
    ],
)
def test_constant_expressions(expression: str, value: object) -> None:
    signature, diagnostics = read_with_default(expression)
    assert signature is not None, render(diagnostics)
    assert signature.parameters[0].default == value


@pytest.mark.parametrize(
    "expression",
    [
        "'a' * 10**9",
        "[[]] * 10**9",
        "10 ** 10 ** 10",
        "1 << 10**9",
        "0x" + "f" * 20_000,
        "list(range(10**9))",
        "'%999999999d' % 1",
        "1e400",
        "-8 ** 0.5 * (-8) ** 0.5",
        "1 // 0",
        "{1: 'a'}",
        "b'bytes'",
        "'\\ud800'",
        "f'{ {1, 2} }'",
        "open('/etc/passwd').read()",
        "().__class__",
        "+".join(["1"] * 900),
    ],
)
def test_expressions_that_are_no_constants(expression: str) -> None:
    """Each is refused at once, whatever its value would be."""
    signature, diagnostics = read_with_default(expression)
    assert signature is None
    assert {diagnostic.code.id for diagnostic in diagnostics} <= {"default-not-static", "signature-too-deep"}


PIECES = [re.findall(r"\w+|\W", path.read_text()) for path in sorted((GOLDEN / "schema").glob("*/predict.py"))]
VOCABULARY = sorted({piece for pieces in PIECES for piece in pieces})


@given(st.data())
def test_damaged_sources_are_read_or_refused(data: st.DataObject) -> None:
    """Never a traceback: a signature, or errors that have a place."""
    pieces = list(data.draw(st.sampled_from(PIECES)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(pieces) - 1))
        pieces[place] = data.draw(st.sampled_from(VOCABULARY))
    signature, diagnostics = read("".join(pieces))
    assert (signature is None) == any(diagnostic.code.severity == "error" for diagnostic in diagnostics)
    assert all(diagnostic.labels and diagnostic.help for diagnostic in diagnostics)
    render(diagnostics)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    signature, diagnostics = read(text + "\nclass Predictor:\n    def predict(self) -> str: ...\n")
    assert (signature is None) == bool(diagnostics)
    render(diagnostics)
