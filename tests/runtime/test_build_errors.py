"""What the compiler makes of a predictor's source: faults that stop a build, and what it reads without running it."""

from typing import Any

import pytest

from cogc.frontend.files import MemoryFiles
from cogc.frontend.signature import read_signature
from cogc.ir.source import Source, Span
from cogc.ir.spec import Reference

HEAD = """import cog
from cog import ConcatenateIterator, Input, Secret, streaming
from typing import *
from elsewhere import Foreign
"""


def read(source: str) -> tuple[Any, list[str]]:
    """The signature and the faults, each as its words and those that help."""
    config = Source("cog.yaml", "predict.py:predict")
    reference = Reference("predict.py", "predict", Span(config, 0, len(config.text)))
    signature, faults = read_signature(MemoryFiles({"predict.py": HEAD + source}), reference, "predict")
    return signature, [f"{fault.message} {fault.help}" for fault in faults]


FAULTS: dict[str, tuple[str, str]] = {
    "secret-or-text": ("def predict(thing: Union[Secret, str]) -> str: ...", "secret"),
    "109-untyped": ("def predict(text) -> str: ...", "text"),
    "110-unsupported-class": ("class Own: ...\ndef predict(text: Own) -> str: ...", "Own"),
    "276-stream-of-numbers": ("def predict() -> ConcatenateIterator[int]: ...", "str"),
    "277-no-return": ("def predict(text: str): ...", "return"),
    "278-unknown-import": ("def predict(thing: Foreign) -> str: ...", "Opaque"),
    "279-comprehension": ("def predict(a: str = Input(choices=[x for x in 'ab'])) -> str: ...", "choices"),
    "279-call": ("def predict(a: str = Input(choices=Foreign.names())) -> str: ...", "choices"),
    "280-nothing-to-stream": ("@streaming\ndef predict() -> str: ...", "stream"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault(case: str) -> None:
    source, word = FAULTS[case]
    _, faults = read(source)
    assert (len(faults), word in faults[0]) == (1, True), faults


CHOICES: dict[str, tuple[str, tuple[str, ...]]] = {
    "279-variable": ("WORDS = ['a', 'b']\n", ("a", "b")),
    "279-keys": ("TABLE = {'a': 1, 'b': 2}\nWORDS = TABLE.keys()\n", ("a", "b")),
    "279-values": ("TABLE = {1: 'a', 2: 'b'}\nWORDS = list(TABLE.values())\n", ("a", "b")),
    "279-sum": ("WORDS = ['a'] + ['b']\n", ("a", "b")),
}


@pytest.mark.parametrize("case", CHOICES)
def test_choices(case: str) -> None:
    before, expected = CHOICES[case]
    signature, faults = read(before + "def predict(a: str = Input(choices=WORDS)) -> str: ...")
    assert (faults, signature.parameters[0].choices) == ([], expected)


SPELLINGS = {
    "280-name": "@streaming",
    "280-call": "@streaming()",
    "280-module": "@cog.streaming",
    "280-module-call": "@cog.streaming()",
}


@pytest.mark.parametrize("case", SPELLINGS)
def test_streaming(case: str) -> None:
    signature, faults = read(f"{SPELLINGS[case]}\ndef predict() -> Iterator[str]: ...")
    assert (faults, signature.streaming) == ([], True)
