"""Where a node of Python's syntax tree stands in its source."""

import ast

from ...ir.source import Source, Span


def span_of(source: Source, node: ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias) -> Span:
    start = offset(source, node.lineno, node.col_offset)
    return Span(source, start, offset(source, node.end_lineno or node.lineno, node.end_col_offset or 0))


def offset(source: Source, line: int, column: int) -> int:
    """`column` counts UTF-8 bytes from 0, as `ast` does."""
    text = source.line(line)
    characters = column if text.isascii() else len(text.encode()[:column].decode(errors="ignore"))
    return source.offset(line, characters + 1)
