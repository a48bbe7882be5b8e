"""Values of the user in a Dockerfile. That BuildKit reads them back is tested with a real build (tests/engine)."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogc.backends.quoting import folded, quoted, shell_or_exec


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain-1.0", "plain-1.0"),
        ("", '""'),
        ("two words", '"two words"'),
        ('say "hi"', "'say \"hi\"'"),
        ("$HOME", "'$HOME'"),
        ("back\\slash", "'back\\slash'"),
        ("it's", '"it\'s"'),
        ("it's $5", "'it'\"'\"'s $5'"),
        ("#no comment", '"#no comment"'),
        ("grün", '"grün"'),
    ],
)
def test_quoted(value: str, text: str) -> None:
    assert quoted(value) == text


@pytest.mark.parametrize("command", ["echo hello", 'echo "$HOME" | cat', "a \\\\b"])
def test_plain_commands_stay_as_they_are(command: str) -> None:
    assert shell_or_exec(command) == command


@pytest.mark.parametrize(
    ("command", "script"),
    [
        ("echo a\necho b", "set -e\necho a\necho b"),  # several lines
        ("cat <<EOF", "cat <<EOF"),  # BuildKit would read the Dockerfile's next lines as the document
        ("[ -f /x ]", "[ -f /x ]"),  # BuildKit would try to read a JSON list
        (
            "--mount=x true",
            " --mount=x true",
        ),  # the shell would take it for an option, as BuildKit would take it for its own flag
        ("# nothing", "# nothing"),  # BuildKit drops such a line
        ("echo a \\", "echo a \\"),  # BuildKit would go on with the next line
    ],
)
def test_commands_that_buildkit_would_misread_are_lists(command: str, script: str) -> None:
    assert json.loads(shell_or_exec(command)) == ["/bin/sh", "-c", script]


_PIECES = ("abc", " ", "#", '\\"', "\\\\", "é🙂", ",")


@given(st.lists(st.sampled_from(_PIECES), min_size=8, max_size=40), st.integers(15_000, 30_000))
def test_folding_loses_nothing(parts: list[str], length: int) -> None:
    text = "LABEL x=" + ("".join(parts) + "x") * (length // len(parts))
    lines = folded(text).split("\n")
    assert all(len(line.encode()) < 65_535 for line in lines)
    assert _as_buildkit_joins(lines) == text


def _as_buildkit_joins(lines: list[str]) -> str:
    """A continued line ends in one backslash; comment lines and blank ones between are dropped."""
    kept = [lines[0], *(line for line in lines[1:] if line.strip() and not line.lstrip().startswith("#"))]
    assert all(re.search(r"[^\\]\\$", line) for line in kept[:-1])
    return "".join([*(line[:-1] for line in kept[:-1]), kept[-1]])
