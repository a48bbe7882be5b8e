"""Reads YAML text into a Document: PyYAML parses, this keeps the places and refuses what a parser lets through."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args

from ..ir.codes import config as codes
from ..ir.diagnostic import CompileError, Label, Report
from ..ir.document import Entry, Kind, Mapping, Node, Scalar, Sequence, is_blank
from ..ir.source import Source, Span
from .composer import DEPTH, TAG, compose, core_tag
from .pyyaml import MappingNode, ScalarNode, SequenceNode, YAMLError
from .pyyaml import Node as YamlNode
from .reader import first_of

_VALUES = 100_000  # after aliases are expanded: a page of them can stand for billions
_KINDS: dict[str, Kind] = {TAG + kind: kind for kind in get_args(Kind)}
_TAGS = {*_KINDS, TAG + "map", TAG + "seq"}
_CONTROL = frozenset(map(chr, (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000))))


def read_document(source: Source, report: Report) -> Mapping | None:
    """The tree of a configuration; None when there is none to check further. Faults go to `report`."""
    try:
        root = compose(source.text)
        tree = None if root is None else _Converter(source, report).node(root)
    except YAMLError as error:
        from .syntax import explain

        report.add(explain(error, source))
        return None
    except CompileError as error:
        report.add(*error.diagnostics)
        return None
    return _top_level(tree, source, report)


def _top_level(tree: Node | None, source: Source, report: Report) -> Mapping | None:
    example = "start with `build:` and `predict: predict.py:Predictor`"
    if tree is None or is_blank(tree):
        report.add(codes.CONFIG_EMPTY.at(source.start(), f"{source.name} is empty", help=example))
        return None
    if isinstance(tree, Mapping):
        return tree
    message = f"{source.name} is not a mapping of keys such as `build` and `predict`"
    report.add(codes.CONFIG_NOT_MAPPING.at(_first_line(tree.span), message, help=example))
    return None


@dataclass(slots=True)
class _Converter:
    """From PyYAML's nodes to ours; `open` holds the collections around the present one."""

    source: Source
    report: Report
    open: list[int] = field(default_factory=list)
    values: int = 0

    def node(self, node: YamlNode) -> Node:
        self._count(node)
        self._check_tag(node)
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        self.open.append(id(node))
        made = self._mapping(node) if isinstance(node, MappingNode) else self._sequence(node)
        self.open.pop()
        return made

    def _count(self, node: YamlNode) -> None:
        self.values += 1
        place = _first_line(self._span(node))
        if id(node) in self.open:
            message = "this value contains itself, through an alias"
            advice = "write the value out where the alias stands"
            raise CompileError([codes.YAML_ALIAS.at(place, message, help=advice)])
        if self.values > _VALUES:
            message = f"aliases expand {self.source.name} to more than {_VALUES:,} values"
            raise CompileError([codes.YAML_ALIAS.at(place, message, help="write the values out")])
        if len(self.open) > DEPTH:
            message = f"more than {DEPTH} levels of nesting"
            raise CompileError([codes.YAML_TOO_DEEP.at(place, message, help="write the values with fewer levels")])

    def _check_tag(self, node: YamlNode) -> None:
        if node.tag in _TAGS and (not isinstance(node, ScalarNode) or node.tag in (TAG + "str", core_tag(node.value))):
            return
        message = f"the tag `{node.tag.replace(TAG, '!!')}` does not fit here"
        self.report.add(codes.YAML_TAG.at(_first_line(self._span(node)), message, help="remove the tag"))

    def _scalar(self, node: ScalarNode) -> Scalar:
        scalar = Scalar(node.value, _KINDS.get(node.tag, "str"), self._span(node))
        if (place := first_of(_CONTROL, node.value)) is not None:
            message = f"the character U+{ord(node.value[place]):04X} cannot be part of a value"
            self.report.add(codes.YAML_CHARACTER.at(scalar.span, message, help="remove it"))
        return scalar

    def _sequence(self, node: YamlNode) -> Sequence:
        items = tuple(self.node(item) for item in node.value) if isinstance(node, SequenceNode) else ()
        return Sequence(items, self._span(node))

    def _mapping(self, node: MappingNode) -> Mapping:
        entries: dict[str, Entry] = {}
        for key, value in node.value:
            if _is_merge(key):
                continue
            entry = self._entry(key, value)
            if entry is not None and self._is_new(entry, entries):
                entries[entry.key.text] = entry
        for entry in self._merged(node):
            entries.setdefault(entry.key.text, entry)
        return Mapping(tuple(entries.values()), self._span(node))

    def _entry(self, key: YamlNode, value: YamlNode) -> Entry | None:
        if isinstance(key, ScalarNode):
            return Entry(self._scalar(key), self.node(value))
        place = _first_line(self._span(key))
        self.report.add(codes.YAML_KEY.at(place, "a key is a word, not a list or a mapping"))
        return None

    def _is_new(self, entry: Entry, entries: dict[str, Entry]) -> bool:
        first = entries.get(entry.key.text)
        if first is None:
            return True
        message = f"`{entry.key.text}` is written twice"
        also = [Label(first.key.span, "first written here")]
        advice = "keep one of them, or put both contents under one key"
        self.report.add(codes.DUPLICATE_KEY.at(entry.key.span, message, help=advice, also=also))
        return False

    def _merged(self, node: MappingNode) -> Iterator[Entry]:
        """What `<<` brings: keys of the mapping itself come first, then those of earlier merges."""
        for value in (value for key, value in node.value if _is_merge(key)):
            for source in value.value if isinstance(value, SequenceNode) else [value]:
                made = self.node(source)
                if isinstance(made, Mapping):
                    yield from made.entries
                    continue
                message = "`<<` takes a mapping, or a list of mappings"
                advice = "give the alias of a mapping, such as `<<: *defaults`"
                self.report.add(codes.YAML_ALIAS.at(_first_line(made.span), message, help=advice))

    def _span(self, node: YamlNode) -> Span:
        start, end = node.start_mark.index, node.end_mark.index
        return Span(self.source, start, start + len(self.source.text[start:end].rstrip()))


def _is_merge(key: YamlNode) -> bool:
    return isinstance(key, ScalarNode) and key.value == "<<" and key.style is None


def _first_line(span: Span) -> Span:
    """Carets under ten lines would say less than under one."""
    return span.part(0, len(span.text.split("\n", 1)[0]))
