"""Why -> lines: a reason, and under it those that it follows from."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..ir.question import answers_of
from ..ir.space import Cut
from ..ir.why import Default, Derived, Fact, Why, Written

_WIDTH = 50


def tree(why: Why, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {_sentence(why)}"
    if isinstance(why, Derived):
        for premise in why.premises:
            yield from tree(premise, depth + 1)


def cuts(found: Iterable[Cut[Any]], name: Callable[[Any], str], depth: int) -> Iterator[str]:
    """Each rule and its causes once, with all that they removed, under their names."""
    groups: dict[tuple[str, tuple[Why, ...]], list[Cut[Any]]] = {}
    for cut in found:
        groups.setdefault((cut.rule, _causes(cut.why)), []).append(cut)
    for (rule, causes), group in groups.items():
        answers = tuple(dict.fromkeys(name(cut.candidate) for cut in group))
        yield f"{'  ' * depth}without {_shortened(answers)} ({rule})"
        yield f"{'  ' * (depth + 1)}- what the database has: {_rows(group)}"
        alike = {cut.why for cut in group}
        for why in alike if len(alike) == 1 else causes:
            yield from tree(why, depth + 1)


def _causes(why: Why) -> tuple[Why, ...]:
    return why.premises if isinstance(why, Derived) else (why,)


def _rows(group: Iterable[Cut[Any]]) -> str:
    """Where the rows of the candidates stand."""
    lines: dict[str, list[int]] = {}
    for cut in group:
        lines.setdefault(cut.candidate.place.file, []).append(cut.candidate.place.line)
    return "; ".join(f"{file}:{_shortened(tuple(map(str, found)))}" for file, found in lines.items())


def _shortened(texts: tuple[str, ...]) -> str:
    """As many as fit on a line, and the last one."""
    shown = next((count for count in range(1, len(texts)) if len(", ".join(texts[:count])) > _WIDTH), len(texts))
    if shown >= len(texts) - 1:
        return ", ".join(texts)
    return f"{', '.join(texts[:shown])}, … {texts[-1]} ({len(texts)} in all)"


def answer_to(question: str) -> Callable[[Any], str]:
    """Names a candidate by what it answers; by itself where no row knows that."""

    def name(candidate: Any) -> str:
        found = answers_of(candidate, question)
        return found[0] if found else str(candidate)

    return name


def _sentence(why: Why) -> str:
    match why:
        case Written(span, text):
            return f"{text or 'as it is written'} ({span})"
        case Default(rule):
            return f"{rule} (default)"
        case Fact(file, line, text):
            return f"{text} ({file}:{line})"
        case Derived(text, _):
            return text
