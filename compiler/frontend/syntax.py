"""What PyYAML says about broken text, in words for somebody who does not know its scanner."""

import re
from dataclasses import dataclass

from ..ir.codes.config import YAML_ALIAS, YAML_CHARACTER, YAML_SYNTAX, YAML_TOO_DEEP
from ..ir.diagnostic import Code, Diagnostic, Label
from ..ir.source import Source, Span
from .composer import NO_CHARACTER, TOO_DEEP
from .pyyaml import Mark, MarkedYAMLError, YAMLError
from .reader import CharacterError


@dataclass(frozen=True, slots=True)
class _Wording:
    """Ours for PyYAML's `context; problem` that `pattern` finds."""

    pattern: str
    message: str
    help: str
    code: Code = YAML_SYNTAX


_QUOTE = "put the whole value in quotes"
# Those whose cause lies where the reader began, not where it got stuck.
_FROM_BEGIN = (
    _Wording(
        r"quoted scalar; found unexpected (end of stream|document)",
        "this quote is never closed",
        "close it with the same quote",
    ),
    _Wording(
        r"flow (sequence|mapping); expected ','",
        "this bracket is never closed, or a comma is missing",
        "separate the items with commas and close the bracket",
    ),
    _Wording(
        r"simple key; could not find expected ':'",
        "a key without its colon, or a text that goes on with too few blanks",
        "write `key: value`",
    ),
)
_WORDINGS = (
    _Wording(r"found character '\\t'", "a tab stands where YAML wants blanks", "indent with blanks only"),
    _Wording(
        r"unknown escape character",
        "unknown escape in double quotes",
        "use single quotes, in which a backslash is a backslash",
    ),
    _Wording(
        r"mapping values are not allowed",
        "a second `: ` in one line, or a line indented too far",
        f"{_QUOTE} if the colon belongs to it; otherwise correct the indentation",
    ),
    _Wording(NO_CHARACTER, "an escape stands for no character", "look for `\\U…` with a number above 10FFFF"),
    _Wording(r"sequence entries are not allowed", "a list cannot begin here", "put each `- item` on its own line"),
    _Wording(
        r"block (mapping|sequence|collection); expected <block end>",
        "this line does not belong to the block above it",
        "indent all lines of one level alike; quote a value that goes on after a closing quote",
    ),
    _Wording(r"flow ", "the value in brackets is broken off", "close the bracket"),
    _Wording(
        r"found undefined alias",
        "no anchor of this name stands before the alias",
        "define it with `&name`, or quote the text if the `*` belongs to it",
        YAML_ALIAS,
    ),
    _Wording(r"found duplicate anchor", "this anchor is defined twice", "give one of the two another name", YAML_ALIAS),
    _Wording(r"expected a single document", "a second document begins here", "remove the `---` and what follows"),
    _Wording(r"cannot start any token", "a value cannot begin with this character", _QUOTE),
    _Wording(TOO_DEEP, "the values are nested too deeply", "write them with fewer levels", YAML_TOO_DEEP),
)


def explain(error: YAMLError, source: Source) -> Diagnostic:
    """The diagnostic for what PyYAML raised over the text of `source`."""
    if isinstance(error, MarkedYAMLError):
        return _marked(error, source)
    if isinstance(error, CharacterError):
        message = f"the character U+{ord(error.character):04X} may not stand in YAML"
        place = Span(source, error.position, error.position + 1)
        return YAML_CHARACTER.at(place, message, help="remove it")
    return YAML_SYNTAX.at(source.start(), f"YAML cannot be read: {error}")


def _marked(error: MarkedYAMLError, source: Source) -> Diagnostic:
    said = f"{error.context or ''}; {error.problem or ''}"
    place = _place(source, error.problem_mark)
    begin = _place(source, error.context_mark or error.problem_mark)
    if wording := _find(_FROM_BEGIN, said):
        return wording.code.at(begin, wording.message, help=wording.help)
    also = [Label(begin, "begun here")] if begin.line != place.line and said.startswith("while") else []
    if wording := _find(_WORDINGS, said):
        return wording.code.at(place, wording.message, help=wording.help, also=also)
    return YAML_SYNTAX.at(place, f"YAML cannot be read here: {said.strip('; ')}", also=also)


def _find(wordings: tuple[_Wording, ...], said: str) -> _Wording | None:
    return next((wording for wording in wordings if re.search(wording.pattern, said)), None)


def _place(source: Source, mark: Mark | None) -> Span:
    if mark is None:
        return source.start()
    return Span(source, mark.index, min(mark.index + 1, len(source.text)))
