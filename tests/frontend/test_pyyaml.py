"""Our reader and resolver under PyYAML's scanner, parser and composer, against PyYAML as a whole."""

import re
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from cogc.frontend.composer import CORE, TAG, compose
from cogc.frontend.pyyaml import MarkedYAMLError, YAMLError
from cogc.frontend.reader import CharacterError


class _Whole(Reader, Scanner, Parser, Composer, BaseResolver):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        for base in (Scanner, Parser, Composer, BaseResolver):
            base.__init__(self)


for _kind, (_first, _pattern) in CORE.items():
    _Whole.add_implicit_resolver(TAG + _kind, re.compile(f"^(?:{_pattern})$"), [*_first, *([""] * (_kind == "null"))])

_TOKENS = st.sampled_from(
    [*"'\"[]{},%", "a: ", "- ", "\n", "\n  ", "&x ", "*x", "!!str ", "|\n  ", ">-\n ", "# c\n", "---\n"]
)
_VALUES = st.sampled_from(
    ["1", "3.10", "true", "~", "null", ".5", "1e3", "0x1f", "no", "é", "\r\n", "\r", "\u2028", "\t"]
)
_ODD = st.sampled_from(
    ["---\n", "\t", "\x85", "\ufeff", "\x07", "\x7f", "\ufffe", "\U0001f600", "\\x41", "? ", ": ", "<<: "]
)
_TEXTS = st.lists(_TOKENS | _VALUES | _ODD | st.text(max_size=2), max_size=14).map("".join)


def _mark(mark: Any) -> tuple[int, int, int] | None:
    return None if mark is None else (mark.index, mark.line, mark.column)


def _tree(node: Any) -> Any:
    """A node as what we read of it; an alias that leads back is its tag alone."""
    if node is None:
        return None
    value = node.value
    if isinstance(value, list):
        parts = [part if isinstance(part, tuple) else (part,) for part in value]
        value = [[(one.tag, _mark(one.start_mark), _mark(one.end_mark)) for one in part] for part in parts]
    return node.tag, value, _mark(node.start_mark), _mark(node.end_mark)


def _said(error: Any) -> Any:
    if isinstance(error, ReaderError):
        return error.position, error.character
    if isinstance(error, CharacterError):
        return error.position, ord(error.character)
    return error.context, error.problem, _mark(error.context_mark), _mark(error.problem_mark)


@given(_TEXTS)
def test_places_values_and_faults_are_those_of_pyyaml(text: str) -> None:
    try:
        expected = _tree(_Whole(text).get_single_node())
    except yaml.YAMLError as error:
        expected = _said(error)
    except (ValueError, OverflowError):
        return  # an escape of no character, which only ours tells as a fault
    try:
        found = _tree(compose(text))
    except (MarkedYAMLError, YAMLError) as error:
        found = _said(error)
    assert found == expected
