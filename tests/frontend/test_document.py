"""Documents: values keep their text and place, and broken text gives a code and a place."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cogc.frontend.document import read_document
from cogc.frontend.validate import to_data
from cogc.ir.diagnostic import Report
from cogc.ir.document import Mapping, Node, Scalar, Sequence
from cogc.ir.source import Source, Span


def read(text: str) -> tuple[Mapping | None, Report]:
    report = Report()
    return read_document(Source("cog.yaml", text), report), report


def value(text: str) -> Scalar:
    """The scalar under `key` of a document without faults."""
    document, report = read(text)
    assert document is not None, report
    assert not report.diagnostics
    scalar = document.scalar("key")
    assert scalar is not None
    return scalar


@pytest.mark.parametrize(
    ("written", "kind", "text"),
    [
        ("3.10", "float", "3.10"),
        ("'3.10'", "str", "3.10"),
        ("11", "int", "11"),
        ("0x1F", "int", "0x1F"),
        ("010", "int", "010"),
        ("1e3", "float", "1e3"),
        (".inf", "float", ".inf"),
        ("1.2.3", "str", "1.2.3"),
        ("12345678901234567890123", "str", "12345678901234567890123"),
        ("true", "bool", "true"),
        ("yes", "str", "yes"),
        ("on", "str", "on"),
        ("1:30", "str", "1:30"),
        ("2024-01-01", "str", "2024-01-01"),
        ("!!str 3", "str", "3"),
        ("predict.py:Predictor", "str", "predict.py:Predictor"),
        ('"a\\tb"', "str", "a\tb"),
        ("|\n  one\n  two\n", "str", "one\ntwo\n"),
        (">-\n  one\n  two\n", "str", "one two"),
    ],
)
def test_scalars_keep_their_text(written: str, kind: str, text: str) -> None:
    scalar = value(f"key: {written}\n")
    assert (scalar.kind, scalar.text) == (kind, text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("key: value  # comment\nnext: 1\n", "value"),
        ("key:   'va''lue'\n", "'va''lue'"),
        ("key: |\n  one\n  two\n\nnext: 1\n", "|\n  one\n  two"),
        ("key: one\n  two\nnext: 1\n", "one\n  two"),
        ("\ufeffkey: value\n", "value"),
        ("next: ä\nkey: 'ü😀'\n", "'ü😀'"),
    ],
)
def test_spans_are_exact(text: str, place: str) -> None:
    assert value(text).span.text == place


@pytest.mark.parametrize(
    ("text", "place"),
    [("key: name==1.x", "1.x"), ("key: 'name==1.x'", "1.x"), ("key: >-\n  name==1.x\n", "1.x"),
     ('key: "name\\x3d=1.x"', '"name\\x3d=1.x"'), ("key: name==\n  1.x", "name==\n  1.x")],
)  # fmt: skip
def test_parts_of_scalars_point_into_the_file(text: str, place: str) -> None:
    scalar = value(text)
    start = scalar.text.index("1.x")
    assert scalar.part(start, start + 3).text == place


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: &x [1, 2]\nb: *x\n", {"a": [1, 2], "b": [1, 2]}),
        ("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n", {"a": {"p": 1, "q": 2}, "b": {"p": 1, "q": 3}}),
        ("a: &x {p: 1}\nb: &y {p: 2}\nc: {<<: [*x, *y]}\n", {"a": {"p": 1}, "b": {"p": 2}, "c": {"p": 1}}),
        ("'<<': 1\n", {"<<": 1}),
        ("a:\nb: ~\nc: null\n", {"a": None, "b": None, "c": None}),
        ("--- # begin\na: {}\n...\n", {"a": {}}),
        ("a: 0o17\nb: 0x1f\nc: -.inf\nd: False\n", {"a": 15, "b": 31, "c": float("-inf"), "d": False}),
    ],
)
def test_structure(text: str, data: object) -> None:
    document, report = read(text)
    assert not report.diagnostics
    assert document is not None
    assert to_data(document) == data


_BOMB = "".join(f"a{i}: &a{i} [{', '.join(['*a' + str(i - 1) if i else 'x'] * 10)}]\n" for i in range(9))
_CHAIN = "".join(f"a{i}: &a{i} [{f'*a{i - 1}' if i else ''}]\n" for i in range(2000))


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "config-empty", (1, 1)),
        ("# only a comment\n", "config-empty", (1, 1)),
        ("---\n...\n", "config-empty", (1, 1)),
        ("- a\n- b\n", "config-not-mapping", (1, 1)),
        ("build\n", "config-not-mapping", (1, 1)),
        ("build:\n\tgpu: true\n", "yaml-syntax", (2, 1)),
        ("image: 'x\nbuild: {}\n", "yaml-syntax", (1, 8)),
        ('image: "x\n', "yaml-syntax", (1, 8)),
        ("build: [a, b\n", "yaml-syntax", (1, 8)),
        ("build: {a: 1\n", "yaml-syntax", (1, 8)),
        ("a: b: c\n", "yaml-syntax", (1, 5)),
        ("build:\n  gpu: true\n cuda: 12.1\n", "yaml-syntax", (3, 2)),
        ("build:\n  gpu: true\n  cuda\nimage: x\n", "yaml-syntax", (3, 3)),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", (2, 1)),
        ("a: @b\n", "yaml-syntax", (1, 4)),
        ('a: "\\q"\n', "yaml-syntax", (1, 6)),
        ('a: "\\UFFFFFFFF"\n', "yaml-syntax", (1, 4)),
        ("a: - b\n", "yaml-syntax", (1, 4)),
        ("%YAML 9.9\n---\na: 1\n", "yaml-syntax", (1, 1)),
        ("a: x\x00y\n", "yaml-character", (1, 5)),
        ("a: x\ud800y\n", "yaml-character", (1, 5)),
        ('a: "\\ud800"\n', "yaml-character", (1, 4)),
        ('a: "\\0"\n', "yaml-character", (1, 4)),
        ("a: *nothing\n", "yaml-alias", (1, 4)),
        ("a: &a 1\nb: &a 2\n", "yaml-alias", (2, 4)),
        ("a: &a [*a]\n", "yaml-alias", (1, 4)),
        ("a: &a {b: *a}\n", "yaml-alias", (1, 4)),
        ("a: {<<: 1}\n", "yaml-alias", (1, 9)),
        (_BOMB, "yaml-alias", (1, 37)),
        (_CHAIN, "yaml-too-deep", (1, 5)),
        ("a: " + "[" * 500, "yaml-too-deep", (1, 44)),
        ("a: " + "- " * 500 + "\n", "yaml-syntax", (1, 4)),
        ("a: !!binary aGk=\n", "yaml-tag", (1, 4)),
        ("a: !!python/object:os.system x\n", "yaml-tag", (1, 4)),
        ("a: !mine {}\n", "yaml-tag", (1, 4)),
        ("a: !!int x\n", "yaml-tag", (1, 4)),
        ("? [a]\n: b\n", "yaml-key", (1, 3)),
        ("{{ a }}: b\n", "yaml-key", (1, 1)),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1)),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_broken_text_has_a_code_and_a_place(text: str, code: str, place: tuple[int, int]) -> None:
    _, report = read(text)
    first = report.diagnostics[0]
    span = first.labels[0].span
    assert (first.code.id, span.line, span.column) == (code, *place)


def test_faults_of_the_structure_are_told_together() -> None:
    _, report = read("a: 1\na: 2\nb: !x 1\nc: {d: 1, d: 2}\n? []\n: 1\n")
    assert [found.code.id for found in report.diagnostics] == ["duplicate-key", "yaml-tag", "duplicate-key", "yaml-key"]


def spans(node: Node) -> list[Span]:
    if isinstance(node, Mapping):
        return [node.span, *(span for entry in node.entries for span in (entry.key.span, *spans(entry.value)))]
    return (
        [node.span, *(span for item in node.items for span in spans(item))]
        if isinstance(node, Sequence)
        else [node.span]
    )


@given(st.text(alphabet=st.sampled_from("ab:-?[]{}&*!|>'\"%@`#,<~\\ \n\t\r\x00\ud800é0.")))
@example("a: &b [*b]")
def test_any_text_is_a_tree_or_diagnostics(text: str) -> None:
    document, report = read(text)
    assert (document is not None) or report.has_errors
    places = [span for node in [document] if node is not None for span in spans(node)]
    places += [label.span for found in report.diagnostics for label in found.labels]
    assert all(0 <= span.start <= span.end <= len(text) for span in places)


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(st.dictionaries(st.text("abc", min_size=1), _VALUES, min_size=1))
def test_what_is_written_as_json_is_read_back(data: dict[str, object]) -> None:
    document, report = read(json.dumps(data, ensure_ascii=False))
    assert not report.diagnostics
    assert document is not None
    assert to_data(document) == data
