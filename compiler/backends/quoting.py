"""Text of the user in a Dockerfile: every value arrives in the image as it was written."""

import json
import re

# BuildKit reads lines of at most 65535 bytes.
_LINE_LIMIT = 60_000
# Lines, JSON lists, flags, comments, here-documents, continuations: BuildKit gives them a meaning of its own.
_MISREAD = r"\n|^\s*(\[|-|#)|<<|\\\s*$"
_PLAIN = r"(?a)[\w./:@%+,-]+"
# A piece may neither follow a backslash nor begin with what BuildKit drops at the start of a line.
_SAFE_PLACE = r"(?<=[^\s\\])(?=[^\s#\\])"


def quoted(value: str) -> str:
    """The value of an ENV or LABEL instruction; it has no line break.

    Nothing has a meaning between single quotes, so that JSON stays readable there.
    """
    if re.fullmatch(_PLAIN, value):
        return value
    if not re.search(r'["$\\]', value):
        return f'"{value}"'
    return "'" + value.replace("'", "'\"'\"'") + "'"


def shell_or_exec(command: str) -> str:
    """The command of a RUN instruction: as it is where BuildKit leaves it alone, else as a JSON list."""
    if not re.search(_MISREAD, command):
        return command
    return json.dumps(["/bin/sh", "-c", _script(command)], ensure_ascii=False)


def _script(command: str) -> str:
    """Several lines are one script, which ends at the first command that fails.

    A leading dash would make it an option of the shell.
    """
    if "\n" in command:
        return f"set -e\n{command}"
    return f" {command}" if command.startswith("-") else command


def folded(instruction: str) -> str:
    """The instruction, with long lines continued on the next one where BuildKit could not read them."""
    if len(instruction.encode()) <= _LINE_LIMIT:
        return instruction
    pieces, rest = [], instruction
    while len(rest.encode()) > _LINE_LIMIT:
        place = _last_safe_place(rest)
        pieces.append(rest[:place])
        rest = rest[place:]
    return "\\\n".join((*pieces, rest))


def _last_safe_place(text: str) -> int:
    """Characters are at most four bytes, so a quarter of the limit always fits."""
    places = [match.start() for match in re.compile(_SAFE_PLACE).finditer(text, 0, _LINE_LIMIT // 4)]
    return places[-1]
