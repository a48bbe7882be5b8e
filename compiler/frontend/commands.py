"""Setup commands: their text, what is mounted while they run, and the files that they read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..ir.codes.config import COMMAND_BLANK, COMMAND_COPY, MOUNT
from ..ir.diagnostic import Label, Report
from ..ir.document import Mapping, Node, Scalar
from ..ir.project import Files
from ..ir.source import Span
from ..ir.spec import CacheMount, Command, SecretMount, Stated
from .paths import fault_of_path, found_path

_ID = r"[A-Za-z0-9_.-]+"
_TARGET = r"(/(?!\.\.?(/|$))[\w.@+~-]+)+"


def commands(build: Mapping, key: str, files: Files, report: Report) -> tuple[Command, ...]:
    """The entries of a list of commands; a text may have several lines, which are one script."""
    reader = _Reader(files, report)
    return tuple(command for node in build.items(key) for command in reader.command(node))


@dataclass(frozen=True, slots=True)
class _Reader:
    files: Files
    report: Report

    def command(self, node: Node) -> Iterator[Command]:
        text = node.scalar("command") if isinstance(node, Mapping) else node
        if not isinstance(text, Scalar) or not text.text.strip():
            help = "write one, or remove the entry"
            self.report.add(COMMAND_BLANK.at(node.span, "this entry has no command", help=help))
        elif isinstance(node, Mapping):
            mounts = tuple(mount for item in node.items("mounts") for mount in self._mount(item))
            self._check_targets(mounts)
            secrets = tuple(mount for mount in mounts if isinstance(mount, SecretMount))
            caches = tuple(mount for mount in mounts if isinstance(mount, CacheMount))
            yield Command(text.text.strip(), secrets, text.span, caches, tuple(self._copy(node)))
        else:
            yield Command(text.text.strip(), (), text.span)

    def _mount(self, node: Node) -> Iterator[SecretMount | CacheMount]:
        assert isinstance(node, Mapping), "the schema wants it"
        kind, target = node.scalar("type"), node.scalar("target")
        assert kind is not None, "the schema wants it"
        assert target is not None, "the schema wants it"
        if not re.fullmatch(_TARGET, target.text):
            message = f"the target `{target.text}` is not an absolute path of letters, digits and `_.@+~-`"
            self.report.add(MOUNT.at(target.span, message, help="write a path such as /etc/pip.conf"))
        if kind.text == "secret":
            yield from self._secret(node, target)
            return
        if (name := node.scalar("id")) is not None:
            self.report.add(MOUNT.at(name.span, "a cache has no id", help="remove it: the target is its name"))
        yield CacheMount(target.text, target.span)

    def _secret(self, node: Mapping, target: Scalar) -> Iterator[SecretMount]:
        name = node.scalar("id")
        assert name is not None, "the schema wants it"
        if not re.fullmatch(_ID, name.text):
            message = f"`{name.text}` is not the id of a secret"
            self.report.add(MOUNT.at(name.span, message, help="use letters, digits, `_`, `-` and `.`"))
        yield SecretMount(name.text, target.text, target.span)

    def _check_targets(self, mounts: tuple[SecretMount | CacheMount, ...]) -> None:
        first: dict[str, Span] = {}
        for mount in mounts:
            if (before := first.setdefault(mount.target, mount.span)) != mount.span:
                message = f"two mounts of one command have the target `{mount.target}`"
                self.report.add(MOUNT.at(mount.span, message, also=[Label(before, "the other one")]))

    def _copy(self, node: Mapping) -> Iterator[Stated[str]]:
        for scalar in node.scalars("copy"):
            message, advice = fault_of_path(scalar.text.strip(), "", self.files)
            if message:
                self.report.add(COMMAND_COPY.at(scalar.span, message, help=advice))
            yield Stated(found_path(scalar.text.strip(), "", self.files), scalar.span)
