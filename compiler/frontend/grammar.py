"""The grammars beside this file, each read once and only when something is written in it."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lark import Lark

_FOLDER = Path(__file__).parent
_WORD = "[a-z0-9]+(?:[._-][a-z0-9]+)*"
# The usual texts of a grammar, and only such as it accepts: for these lark is not loaded.
USUAL = {
    "image": rf"{_WORD}(?:/{_WORD})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}})?",
    "reference": r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.py:[A-Za-z_][A-Za-z0-9_]*",
}


@cache
def grammar(name: str) -> "Lark":
    """The parser of `NAME.lark`; its trees have offsets."""
    from lark import Lark

    return Lark((_FOLDER / f"{name}.lark").read_text("utf-8"), parser="lalr")


def fault(name: str, text: str) -> int | None:
    """The offset at which a text leaves the grammar; None when it is in it."""
    if re.fullmatch(USUAL[name], text):
        return None
    from lark import UnexpectedInput

    try:
        grammar(name).parse(text)
    except UnexpectedInput as error:
        place: Any = error.pos_in_stream
        ended = getattr(error, "token", None) == ""  # the end borrows the place of the last token
        return len(text) if ended or place is None else int(place)
    return None
