"""PyYAML's parser with the core schema of YAML 1.2: `yes` and `on` are text, `2024-01-01` is text."""

import re
from typing import Any

from .pyyaml import Composer, ComposerError, Mark, Node, Parser, ScalarNode, Scanner, ScannerError, SequenceNode
from .reader import Reader

TAG = "tag:yaml.org,2002:"
DEPTH = 40  # far beyond any cog.yaml, far below Python's own limit of recursion
TOO_DEEP = "nested too deeply"
NO_CHARACTER = "escape of no character"


class _Loader(Reader, Scanner, Parser, Composer):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        self._depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self._depth > DEPTH:
            place = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # types-pyyaml leaves it open
            raise ComposerError(None, None, TOO_DEEP, place)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def resolve(self, kind: type[Node], value: str, implicit: tuple[bool, bool]) -> str:
        """The tag of a value that has none written; `implicit` says of a scalar whether it is plain."""
        if kind is ScalarNode:
            return core_tag(value) if implicit[0] else TAG + "str"
        return TAG + ("seq" if kind is SequenceNode else "map")

    def descend_resolver(self, current_node: Node | None, current_index: int) -> None:
        """No tag hangs on the place of its value."""

    def ascend_resolver(self) -> None:
        """As for `descend_resolver`."""

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Mark) -> Any:
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError) as error:  # chr() of an escape such as `\UFFFFFFFF`
            raise ScannerError(None, None, NO_CHARACTER, start_mark) from error


# https://yaml.org/spec/1.2.2/#103-core-schema; whole numbers beyond 64 bits stay text. Each with its first characters.
CORE = {
    "null": ("~nN", r"~|null|Null|NULL|"),
    "bool": ("tTfF", r"true|True|TRUE|false|False|FALSE"),
    "int": ("-+0123456789", r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}"),
    "float": (
        "-+.0123456789",
        r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    ),
}


def compose(text: str) -> Node | None:
    """The one document of the text as PyYAML's nodes, aliases as shared nodes.

    Raises YAMLError.
    """
    return _Loader(text).get_single_node()


def core_tag(text: str) -> str:
    """The tag of a plain scalar by the core schema."""
    possible = ((kind, pattern) for kind, (first, pattern) in CORE.items() if text[:1] in first)
    return TAG + next((kind for kind, pattern in possible if re.fullmatch(pattern, text)), "str")
