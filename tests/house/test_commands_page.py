"""docs/commands.md: its second half is made from click's own definitions, its first half names what the code reads."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cogc.cli import _ALIASES, _COMMANDS, main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "commands.md"
MARK = "\n<!-- From here on this page is made by `make goldens`. -->\n"
# Read by click for another reason, by docker itself, or accepted without a meaning.
NOT_IN_CODE = {"COG_NO_UPDATE_CHECK", "DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_HOST"}


def _made() -> str:
    context = click.Context(main, info_name="cogc")
    return MARK + "".join(_section(name, context) for name in ("", *_COMMANDS))


def _section(name: str, context: click.Context) -> str:
    command = main if not name else main.get_command(context, name)
    assert command is not None
    own = context if not name else click.Context(command, info_name=name, parent=context)
    parts = [f"\n## {f'cogc {name}'.strip()}\n\n{_prose(command)}\n\n    {command.get_usage(own)}\n"]
    if others := [alias for alias, meant in _ALIASES.items() if meant == name]:
        parts.append(f"\nAlso as `cogc {others[0]}`.\n")
    if rows := list(_rows(command, own)):
        parts.append("\n| option | what it does |\n|---|---|\n" + "".join(rows))
    if isinstance(command, click.Group) and name:
        parts += [_sub(f"{name} {inner}", command.commands[inner], own) for inner in sorted(command.commands)]
    return "".join(parts)


def _sub(name: str, command: click.Command, parent: click.Context) -> str:
    own = click.Context(command, info_name=command.name, parent=parent)
    rows = "".join(_rows(command, own))
    return f"\n### cogc {name}\n\n{_prose(command)}\n\n    {command.get_usage(own)}\n" + (
        f"\n| option | what it does |\n|---|---|\n{rows}" if rows else ""
    )


def _prose(command: click.Command) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))


def _rows(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record is not None:
            option, about = (text.replace("|", "\\|") for text in record)
            yield f"| `{option}` | {about} |\n"


def test_the_page_is_current(request: pytest.FixtureRequest) -> None:
    prose, _, _ = PAGE.read_text().partition(MARK)
    if request.config.getoption("update_snapshots"):
        PAGE.write_text(prose + _made())
    assert PAGE.read_text() == prose + _made(), "run `make goldens`"


def test_every_variable_is_one_that_the_code_reads() -> None:
    prose = PAGE.read_text().partition(MARK)[0]
    table = prose.partition("## Variables")[2]
    stated = set(re.findall(r"`([A-Z][A-Z_]{3,})(?:=\w+)?`", table))
    code = "".join(path.read_text() for path in (ROOT / "compiler").rglob("*.py"))
    parts = {f"COG_MODEL_{part}" for part in re.findall(r'"(REGISTRY|REPO|TAG)"', code)}
    assert stated - NOT_IN_CODE - parts <= set(re.findall(r'"([A-Z][A-Z_]{3,})"', code))


def test_every_variable_of_the_command_line_is_on_the_page() -> None:
    folder = ROOT / "compiler"
    files = [*folder.glob("cli/*.py"), *folder.glob("deliver/*.py")]
    read = re.compile(r'(?:environ(?:\.get\(|\[)|envvar=)"([A-Z_]+)"')
    found = {name for path in files for name in read.findall(path.read_text())}
    assert found <= set(re.findall(r"`([A-Z_]+)(?:=\w+)?`", PAGE.read_text())) | {"PATH", "PYENV_ROOT"}
