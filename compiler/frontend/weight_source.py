"""Where the files of weights come from, and which of them are taken."""

from collections.abc import Iterator
from posixpath import normpath

from ..ir.codes import weights as codes
from ..ir.diagnostic import Code, Report
from ..ir.document import Mapping, Node, Scalar, Sequence
from ..ir.weight import WeightSource
from ..weights.uri import BadUri, Uri, read_uri
from .grammar import fault

_KEYS = ("source", "sources")


def sources(entry: Mapping, report: Report) -> tuple[WeightSource, ...]:
    """What stands under `source`, or under `sources`."""
    stated = tuple(found for key in _KEYS if (found := entry.entry(key)))
    if len(stated) != 1:
        message = "`source` and `sources` are both given" if stated else "nothing says where the files come from"
        place = stated[1].key.span if stated else entry.entries[0].key.span
        report.add(codes.WEIGHT_SOURCE.at(place, message, help=_way(bool(stated))))
        return ()
    items = _items(stated[0].value)
    if not items:
        message = f"`{stated[0].key.text}` is an empty list"
        report.add(codes.WEIGHT_SOURCE.at(stated[0].key.span, message, help=_way(both=False)))
    return tuple(_source(item, report) for item in items)


def folders(found: tuple[WeightSource, ...]) -> tuple[str, ...]:
    """Folders of the project that are taken whole. With patterns they may hold what the model reads beside them."""
    whole = (read_uri(source.uri) for source in found if not source.include and not source.exclude)
    paths = (normpath(uri.rest) for uri in whole if isinstance(uri, Uri) and uri.kind == "path")
    return tuple(path for path in paths if path != "." and not path.startswith(("/", "..")))


def _way(both: bool) -> str:
    return "keep one of them" if both else "write `source:` and below it `uri:`, such as `uri: hf://owner/name`"


def _items(node: Node) -> tuple[Mapping, ...]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return tuple(item for item in nodes if isinstance(item, Mapping))


def _source(node: Mapping, report: Report) -> WeightSource:
    uri = node.scalar("uri")
    assert uri is not None, "the schema asks for it"
    _check_uri(uri, report)
    include, exclude = node.scalars("include"), node.scalars("exclude")
    for pattern in (*include, *exclude):
        report.add(*(code.at(pattern.span, message, help=help) for code, message, help in _faults(pattern.text)))
    return WeightSource(uri.text, tuple(each.text for each in include), tuple(each.text for each in exclude))


def _check_uri(scalar: Scalar, report: Report) -> None:
    found = read_uri(scalar.text)
    if isinstance(found, BadUri):
        span = scalar.part(found.start, found.end)
        subject = f"`{scalar.text}`" if scalar.text.strip() else "the URI"
        report.add(codes.WEIGHT_URI.at(span, f"{subject} {found.fault}", help=found.help))
        return
    if (place := _fault_of_reference(found)) is not None:
        offset = len(scalar.text) - len(found.rest) + place
        message = f"`{found.rest}` is no reference of an artifact"
        advice = "write `oci://registry.example.com/team/weights:tag`"
        report.add(codes.WEIGHT_URI.at(scalar.part(offset, offset + 1), message, help=advice))


def _fault_of_reference(uri: Uri) -> int | None:
    return fault("image", uri.rest) if uri.kind == "registry" else None


def _faults(pattern: str) -> Iterator[tuple[Code, str, str]]:
    if not pattern.strip():
        yield codes.WEIGHT_PATTERN_BLANK, "the pattern is blank", "remove it"
    if pattern.startswith("!"):
        advice = "move it, without the `!`, to the other of `include` and `exclude`"
        yield codes.WEIGHT_PATTERN_NEGATED, f"the pattern `{pattern}` begins with `!`", advice
    if "\\" in pattern:
        near = pattern.replace("\\", "/")
        yield codes.WEIGHT_PATTERN_BACKSLASH, f"the pattern `{pattern}` has a backslash", f"write `{near}`"
