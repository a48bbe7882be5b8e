"""The weights of a model: names, targets and sources, each checked where it stands."""

from ..ir.codes import weights as codes
from ..ir.diagnostic import Label, Report
from ..ir.document import Mapping, Scalar
from ..ir.spec import Stated
from ..ir.weight import Weight
from .weight_name import checked_name
from .weight_source import folders, sources
from .weight_target import checked_target, is_inside


def weights(root: Mapping, report: Report) -> tuple[Weight, ...]:
    """The entries in the order of the file; they have a meaning only when `report` has no errors."""
    entries = tuple(item for item in root.items("weights") if isinstance(item, Mapping))
    names = tuple(_stated(entry, "name") for entry in entries)
    targets = tuple(_target(_stated(entry, "target"), report) for entry in entries)
    for name in names:
        checked_name(name, report)
    _check_names(names, report)
    _check_targets(targets, report)
    found = zip(names, targets, (sources(entry, report) for entry in entries), strict=True)
    return tuple(Weight(name.text, target.value, places, name.span, folders(places)) for name, target, places in found)


def check_home(root: Mapping, report: Report) -> None:
    """Weights have to be kept somewhere: in the repository that `model` or `image` names."""
    entry = root.entry("weights")
    if entry is None or not root.items("weights") or root.entry("model") or root.entry("image"):
        return
    message = "nothing says where the weights are kept"
    advice = "add `model:` with the name of a repository, such as `registry.example.com/team/my-model`"
    report.add(codes.WEIGHTS_NEED_MODEL.at(entry.key.span, message, help=advice))


def _stated(entry: Mapping, key: str) -> Scalar:
    """The value; the schema has seen to it that there is one."""
    scalar = entry.scalar(key)
    assert scalar is not None, f"an entry has a {key}"
    return scalar


def _target(scalar: Scalar, report: Report) -> Stated[str]:
    return Stated(checked_target(scalar, report), scalar.span)


def _check_names(names: tuple[Scalar, ...], report: Report) -> None:
    first: dict[str, Scalar] = {}
    for name in names:
        before = first.setdefault(name.text, name)
        if before is not name:
            message = f"two sets of weights are called `{name.text}`"
            also = [Label(before.span, "the first")]
            report.add(codes.WEIGHT_NAME_DUPLICATE.at(name.span, message, help="rename one of them", also=also))


def _check_targets(targets: tuple[Stated[str], ...], report: Report) -> None:
    for number, target in enumerate(targets):
        before = next((one for one in targets[:number] if _overlap(one.value, target.value)), None)
        if before is not None:
            message = f"`{target.value}` and `{before.value}` overlap: one would hide files of the other"
            also = [Label(before.span, "the other target")]
            advice = "take a folder beside the other one"
            report.add(codes.WEIGHT_TARGET_OVERLAP.at(target.span, message, help=advice, also=also))


def _overlap(one: str, other: str) -> bool:
    """Of two that are targets at all."""
    return bool(one and other) and (is_inside(one, other) or is_inside(other, one))
