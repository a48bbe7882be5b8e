"""`include` and `exclude` of a source: which of its files belong to the weights."""

from collections.abc import Callable

from pathspec import GitIgnoreSpec

Patterns = tuple[str, ...]


def chosen(include: Patterns, exclude: Patterns) -> Callable[[str], bool]:
    """Whether a path is taken: by default it is, and `exclude` beats `include`. Patterns are those of gitignore."""
    wanted, unwanted = GitIgnoreSpec.from_lines(include), GitIgnoreSpec.from_lines(exclude)
    return lambda path: (not include or wanted.match_file(path)) and not unwanted.match_file(path)
