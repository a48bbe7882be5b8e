"""Keys of other versions of the format that are accepted: what they do here, and what to write instead."""

from dataclasses import dataclass

from ..ir.codes.config import DEPRECATED_KEY, KEY_WITHOUT_EFFECT
from ..ir.diagnostic import Code, Report
from ..ir.document import Entry, Mapping


@dataclass(frozen=True, slots=True)
class _Older:
    parent: str
    key: str
    code: Code
    message: str
    help: str


_OLDER = (
    _Older(
        "build",
        "pre_install",
        DEPRECATED_KEY,
        "`build.pre_install` is deprecated; its commands run before the Python packages are installed",
        "move what can run after them to `build.run`, and what apt installs to `build.system_packages`",
    ),
    _Older("build", "fast", KEY_WITHOUT_EFFECT, "`build.fast` does nothing: there is one way to build", "remove it"),
    _Older("build", "cog_runtime", KEY_WITHOUT_EFFECT, "`build.cog_runtime` does nothing", "remove it"),
    _Older(
        "build",
        "sdk_version",
        KEY_WITHOUT_EFFECT,
        "`build.sdk_version` does nothing: the image has the SDK of this cogc",
        "remove it; another SDK comes with another cogc",
    ),
    _Older("", "tests", KEY_WITHOUT_EFFECT, "`tests` does nothing", "remove it"),
    _Older(
        "concurrency", "default_target", KEY_WITHOUT_EFFECT, "`concurrency.default_target` does nothing", "remove it"
    ),
)


def tell_older_keys(root: Mapping, report: Report) -> None:
    """Adds a notice for each one that is written, blank or not."""
    found = [(entry, older) for older in _OLDER for entry in _written(root, older)]
    for entry, older in sorted(found, key=lambda pair: pair[0].key.span.start):
        report.add(older.code.at(entry.key.span, older.message, help=older.help))


def _written(root: Mapping, older: _Older) -> tuple[Entry, ...]:
    mapping = root.mapping(older.parent) if older.parent else root
    return tuple(entry for entry in mapping.entries if entry.key.text == older.key)
