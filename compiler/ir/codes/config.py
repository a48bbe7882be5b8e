"""Codes of cog.yaml: syntax, schema and the rules that a schema cannot state."""

from ..diagnostic import Code

CONFIG_MISSING = Code(
    "config-missing",
    "error",
    "There is no cog.yaml where the compiler looked. It reads DIR/cog.yaml, or the file named with -f.",
)
NOT_TEXT = Code(
    "not-text",
    "error",
    "A file of the project is not UTF-8 text, so it cannot be read as source. Save it as UTF-8.",
)
