"""The grammars beside this file, each read once and only when something is written in it."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lark import Lark

_FOLDER = Path(__file__).parent


@cache
def grammar(name: str) -> "Lark":
    """The parser of `NAME.lark`; its trees have offsets."""
    from lark import Lark

    return Lark((_FOLDER / f"{name}.lark").read_text("utf-8"), parser="lalr")


def fault(name: str, text: str) -> int | None:
    """The offset at which a text leaves the grammar; None when it is in it."""
    from lark import UnexpectedInput

    try:
        grammar(name).parse(text)
    except UnexpectedInput as error:
        place: Any = error.pos_in_stream
        ended = getattr(error, "token", None) == ""  # the end borrows the place of the last token
        return len(text) if ended or place is None else int(place)
    return None
