"""Ignore rules of a `.dockerignore` file, as Docker reads them."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass

# Never part of a model: the history, what cogc keeps, and bytecode of whatever Python ran here.
_ALWAYS = (".git", ".cog", "**/__pycache__")


@dataclass(frozen=True, slots=True)
class Rule:
    """`keeps` is true for a line that begins with `!`."""

    pattern: re.Pattern[str]
    keeps: bool


@dataclass(frozen=True, slots=True)
class Ignore:
    """Rules in order: the last that fits a path, or a folder above it, decides."""

    rules: tuple[Rule, ...]

    def excludes(self, path: str) -> bool:
        """Whether a path (relative, with forward slashes) is left out."""
        parts = path.split("/")
        chain = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
        fitting = (rule for rule in reversed(self.rules) if any(map(rule.pattern.fullmatch, chain)))
        return not next(fitting, Rule(re.compile(""), keeps=True)).keeps

    def excludes_all_below(self, folder: str) -> bool:
        """True when nothing in the folder can be kept, so that it need not be read."""
        return self.excludes(folder) and not any(rule.keeps for rule in self.rules)


def parse_ignore(text: str) -> Ignore:
    """Rules of a file's text; our own come last, so that no line brings their paths back."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines() if not line.startswith("#"))
    return Ignore((*_rules(line for line in lines if line), *_rules(_ALWAYS)))


def _rules(lines: Iterable[str]) -> Iterable[Rule]:
    for line in lines:
        pattern = posixpath.normpath(line.removeprefix("!").strip()).lstrip("/")
        if pattern != ".":
            yield Rule(_expression(pattern), keeps=line.startswith("!"))


# What Docker's matcher knows: any folders, the rest of a path, a name's characters, a class, an escape.
_TOKEN = re.compile(r"\*\*/?|\*|\?|\[\^?[^]]+\]|\\.|.", re.DOTALL)
_MEANING = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}


def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_translated(token) for token in _TOKEN.findall(pattern)), re.DOTALL)


def _translated(token: str) -> str:
    if token in _MEANING:
        return _MEANING[token]
    if len(token) > 1 and token.startswith("["):
        return token
    return re.escape(token[-1])
