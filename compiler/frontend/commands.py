"""Setup commands and the secrets that they mount."""

import re

from ..ir.codes.config import COMMAND_BLANK, SECRET_MOUNT
from ..ir.diagnostic import Label, Report
from ..ir.document import Mapping, Node, Scalar
from ..ir.source import Span
from ..ir.spec import Command, SecretMount


def commands(build: Mapping, report: Report) -> tuple[Command, ...]:
    """The entries of `build.run`; a text may have several lines, which are one script."""
    return tuple(command for node in build.items("run") for command in _command(node, report))


def _command(node: Node, report: Report) -> tuple[Command, ...]:
    text = node.scalar("command") if isinstance(node, Mapping) else node
    if not isinstance(text, Scalar) or not text.text.strip():
        report.add(COMMAND_BLANK.at(node.span, "this entry has no command", help="write one, or remove the entry"))
        return ()
    mounts = node.items("mounts") if isinstance(node, Mapping) else ()
    return (Command(text.text.strip(), _mounts(mounts, report), text.span),)


def _mounts(nodes: tuple[Node, ...], report: Report) -> tuple[SecretMount, ...]:
    made = tuple(_mount(node, report) for node in nodes if isinstance(node, Mapping))
    first: dict[str, Span] = {}
    for mount in made:
        if (before := first.setdefault(mount.target, mount.span)) != mount.span:
            message = f"two mounts of one command have the target `{mount.target}`"
            report.add(SECRET_MOUNT.at(mount.span, message, also=[Label(before, "the other one")]))
    return made


def _mount(node: Mapping, report: Report) -> SecretMount:
    secret, target = node.scalar("id"), node.scalar("target")
    assert secret is not None, "the schema wants it"
    assert target is not None, "the schema wants it"
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", secret.text):
        message = f"`{secret.text}` is not the id of a secret"
        report.add(SECRET_MOUNT.at(secret.span, message, help="use letters, digits, `_`, `-` and `.`"))
    if not re.fullmatch(r"(/(?!\.\.?(/|$))[\w.@+~-]+)+", target.text):
        message = f"the target `{target.text}` is not an absolute path of letters, digits and `_.@+~-`"
        report.add(SECRET_MOUNT.at(target.span, message, help="write a path such as /etc/pip.conf"))
    return SecretMount(secret.text, target.text, target.span)
