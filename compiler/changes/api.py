"""What the model takes and gives, before and after: what breaks the clients, and what does not."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract import Parameter, Signature, describe
from .types import is_wider

_LOWER = {"ge": "at least", "min_length": "no shorter than"}
_UPPER = {"le": "at most", "max_length": "no longer than"}


@dataclass(frozen=True, slots=True)
class Change:
    """`breaking`: a request that worked is refused, or an answer has another form."""

    subject: str
    text: str
    breaking: bool


def api_changes(before: Signature | None, after: Signature | None, endpoint: str) -> tuple[Change, ...]:
    """`endpoint` is `predict` or `train`; None stands for a project that has none."""
    if before is None or after is None:
        return _endpoint(before, after, endpoint)
    return (*_inputs(before, after), *_output(before, after, endpoint))


def _endpoint(before: Signature | None, after: Signature | None, endpoint: str) -> tuple[Change, ...]:
    if before is not None:
        return (Change(endpoint, "was removed", breaking=True),)
    return () if after is None else (Change(endpoint, "is new", breaking=False),)


def _inputs(before: Signature, after: Signature) -> Iterator[Change]:
    old = {parameter.name: parameter for parameter in before.parameters}
    new = {parameter.name: parameter for parameter in after.parameters}
    for name in dict.fromkeys((*old, *new)):
        if name not in new:
            yield Change(f"input {name}", "was removed", breaking=not after.extra_inputs)
        elif name not in old:
            yield _added(new[name])
        else:
            yield from _changed(old[name], new[name])
    if before.extra_inputs and not after.extra_inputs:
        yield Change("inputs", "of any other name are no longer taken", breaking=True)


def _added(parameter: Parameter) -> Change:
    how = "optional" if parameter.optional else "required"
    return Change(f"input {parameter.name}", f"is new, and {how}", breaking=not parameter.optional)


def _changed(old: Parameter, new: Parameter) -> Iterator[Change]:
    subject = f"input {new.name}"
    if old.optional != new.optional:
        how = "optional" if new.optional else "required"
        yield Change(subject, f"became {how}", breaking=not new.optional)
    if old.type != new.type:
        text = f"takes {describe(new.type)}, not {describe(old.type)}"
        yield Change(subject, text, breaking=not is_wider(old.type, new.type))
    if old.optional and new.optional and old.default != new.default:
        yield Change(subject, f"has the default {new.default!r}, not {old.default!r}", breaking=False)
    if new.deprecated and not old.deprecated:
        yield Change(subject, "is deprecated", breaking=False)
    yield from _bounds(old, new, subject)
    yield from _choices(old, new, subject)


def _bounds(old: Parameter, new: Parameter, subject: str) -> Iterator[Change]:
    for name, words in {**_LOWER, **_UPPER}.items():
        was, now = getattr(old, name), getattr(new, name)
        if was == now:
            continue
        if now is None:
            yield Change(subject, f"need no longer be {words} {was}", breaking=False)
        else:
            narrowed = was is None or (now > was if name in _LOWER else now < was)
            text = f"must be {words} {now}, {'which is new' if was is None else f'not {was}'}"
            yield Change(subject, text, breaking=narrowed)
    if old.regex != new.regex:
        text = "fits any text" if new.regex is None else f"must fit {new.regex!r}"
        yield Change(subject, text, breaking=new.regex is not None)


def _choices(old: Parameter, new: Parameter, subject: str) -> Iterator[Change]:
    if old.choices is not None and new.choices is None:
        yield Change(subject, "takes any value, not only its choices", breaking=False)
    if new.choices is None:
        return
    if old.choices is None:
        yield Change(subject, f"takes only {_listed(new.choices)}", breaking=True)
        return
    if gone := tuple(choice for choice in old.choices if choice not in new.choices):
        yield Change(subject, f"no longer takes {_listed(gone)}", breaking=True)
    if added := tuple(choice for choice in new.choices if choice not in old.choices):
        yield Change(subject, f"takes {_listed(added)}, too", breaking=False)


def _listed(values: tuple[object, ...]) -> str:
    return ", ".join(map(repr, values))


def _output(before: Signature, after: Signature, endpoint: str) -> Iterator[Change]:
    subject = "output" if endpoint == "predict" else f"output of {endpoint}"
    if before.output != after.output:
        text = f"is {describe(after.output)}, not {describe(before.output)}"
        yield Change(subject, text, breaking=not is_wider(after.output, before.output))
    if before.streaming != after.streaming:
        text = "can be followed as it is made" if after.streaming else "can no longer be followed as it is made"
        yield Change(subject, text, breaking=before.streaming)
