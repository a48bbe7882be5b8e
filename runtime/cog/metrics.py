"""Metrics of one prediction: rules for names and values, and the nested object they make."""

import json
import re
from typing import Any, Callable, Dict, Iterator, MutableMapping

_SEGMENT = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*\Z")
_VALUES = (bool, int, float, str, list, dict)
_MAX_LENGTH, _MAX_SEGMENTS = 128, 4
# The server writes 254 levels; the answer, the segments and the list of appended values are some of them.
_MAX_LEVELS = 200
MODES = ("replace", "incr", "append")


def check_name(name: str) -> None:
    """Raises ValueError when the name breaks the rules or is the runtime's own."""
    segments = name.split(".")
    if name == "predict_time" or segments[0] == "cog":
        raise ValueError(f"the metric {name!r} is reserved for the runtime")
    if len(name) > _MAX_LENGTH or len(segments) > _MAX_SEGMENTS:
        raise ValueError(f"metric name {name!r}: at most {_MAX_SEGMENTS} segments and {_MAX_LENGTH} characters")
    if not all(_SEGMENT.match(segment) for segment in segments):
        raise ValueError(f"metric name {name!r}: a segment is letters, digits and single inner underscores")


def unheard(metrics: "Metrics", name: str, value: Any, mode: str) -> None:
    """Stands for the server outside of a prediction."""


class Metrics(MutableMapping[str, Any]):
    """Values by dotted name; a name keeps its type of value until it is deleted.

    `report` hears of each change, of a deletion as of a None.
    """

    def __init__(self, report: "Report" = unheard) -> None:
        self._values: Dict[str, Any] = {}
        self._report = report

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __setitem__(self, name: str, value: Any) -> None:
        if value is not None:
            self.record(name, value, "replace")
        elif name in self._values:
            del self[name]

    def __delitem__(self, name: str) -> None:
        del self._values[name]
        self._report(self, name, None, "replace")

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def record(self, name: str, value: Any, mode: str) -> None:
        """Stores a value; raises ValueError for a bad name or mode, TypeError for a bad value."""
        check_name(name)
        if mode not in MODES:
            raise ValueError(f"metric mode {mode!r}: one of {', '.join(MODES)}")
        if not isinstance(value, _VALUES):
            raise TypeError(f"metric {name!r}: a {type(value).__name__} is not bool, int, float, str, list or dict")
        _check_json(name, value)
        self._values[name] = self._merged(name, value, mode)
        self._report(self, name, value, mode)

    def _merged(self, name: str, value: Any, mode: str) -> Any:
        if mode == "append":
            self._check_type(name, list)
            return [*self._values.get(name, []), value]
        kind = _kind(value)
        self._check_type(name, kind)
        if mode == "replace":
            return value
        if kind not in (int, float):
            raise TypeError(f"metric {name!r}: only a number can be added to, not a {kind.__name__}")
        return self._values.get(name, 0) + value

    def _check_type(self, name: str, new: type) -> None:
        old = _kind(self._values[name]) if name in self._values else new
        if old is not new and {old, new} != {int, float}:
            raise TypeError(f"metric {name!r} holds {old.__name__}; delete it before storing {new.__name__}")

    def nested(self) -> Dict[str, Any]:
        """`{"a.b": 1}` as `{"a": {"b": 1}}`, as answers show it."""
        tree: Dict[str, Any] = {}
        for name, value in self._values.items():
            *parents, leaf = name.split(".")
            node = tree
            for parent in parents:
                inner = node.get(parent)
                node[parent] = node = inner if isinstance(inner, dict) else {}
            node[leaf] = value
        return tree


Report = Callable[[Metrics, str, Any, str], None]


def _kind(value: Any) -> type:
    """The type among those of metrics: numpy's float64 is a float."""
    return next(kind for kind in _VALUES if isinstance(value, kind))


def _check_json(name: str, value: Any) -> None:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ValueError(f"metric {name!r} cannot be written as JSON: {error}") from None
    if _is_deeper(value, _MAX_LEVELS):
        raise ValueError(f"metric {name!r}: nested deeper than {_MAX_LEVELS} levels")


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, (dict, list, tuple)):
        return False
    return levels == 0 or any(
        _is_deeper(each, levels - 1) for each in (value.values() if isinstance(value, dict) else value)
    )
