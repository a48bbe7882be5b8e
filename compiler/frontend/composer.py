"""PyYAML's parser with the core schema of YAML 1.2: `yes` and `on` are text, `2024-01-01` is text."""

import re
from typing import Any

from yaml import Node
from yaml.composer import Composer, ComposerError
from yaml.error import Mark
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner, ScannerError

TAG = "tag:yaml.org,2002:"
DEPTH = 40  # far beyond any cog.yaml, far below Python's own limit of recursion
TOO_DEEP = "nested too deeply"
NO_CHARACTER = "escape of no character"


class _Loader(Reader, Scanner, Parser, Composer, BaseResolver):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        BaseResolver.__init__(self)
        self._depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self._depth > DEPTH:
            place = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # types-pyyaml leaves it open
            raise ComposerError(None, None, TOO_DEEP, place)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Mark) -> Any:
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError) as error:  # chr() of an escape such as `\UFFFFFFFF`
            raise ScannerError(None, None, NO_CHARACTER, start_mark) from error


# https://yaml.org/spec/1.2.2/#103-core-schema; whole numbers beyond 64 bits stay text.
_CORE = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}", list("-+0123456789")),
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
}
for _kind, (_pattern, _first) in _CORE.items():
    _Loader.add_implicit_resolver(TAG + _kind, re.compile(f"^(?:{_pattern})$"), _first)


def compose(text: str) -> Node | None:
    """The one document of the text as PyYAML's nodes, aliases as shared nodes.

    Raises YAMLError.
    """
    return _Loader(text).get_single_node()


def core_tag(text: str) -> str:
    """The tag of a plain scalar by the core schema."""
    matches = (kind for kind, (pattern, _) in _CORE.items() if re.fullmatch(pattern, text))
    return TAG + next(matches, "str")
