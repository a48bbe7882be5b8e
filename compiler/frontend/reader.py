"""The characters of a text, as PyYAML's scanner takes them."""

from .pyyaml import Mark, YAMLError

# https://yaml.org/spec/1.2.2/#51-character-set
_CONTROLS = (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
_UNPRINTABLE = frozenset(map(chr, (*_CONTROLS, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)))


class CharacterError(YAMLError):
    """`character` at `position` may not stand in YAML."""

    def __init__(self, position: int, character: str) -> None:
        self.position = position
        self.character = character
        super().__init__(f"U+{ord(character):04X} at {position}")


class Reader:
    """PyYAML's Reader for a text that is there as a whole: its own compiles a regex over all of Unicode.

    Raises CharacterError.
    """

    def __init__(self, text: str) -> None:
        self.buffer = text + "\0"
        self.pointer = 0
        self.index = 0
        self.line = 0
        self.column = 0
        self.encoding = None
        if (place := first_of(_UNPRINTABLE, text)) is not None:
            raise CharacterError(place, text[place])

    def peek(self, index: int = 0) -> str:
        return self.buffer[self.pointer + index]

    def prefix(self, length: int = 1) -> str:
        return self.buffer[self.pointer : self.pointer + length]

    def forward(self, length: int = 1) -> None:
        for character in self.prefix(length):
            self.pointer += 1
            if character in "\n\x85\u2028\u2029" or (character == "\r" and self.peek() != "\n"):
                self.line += 1
                self.column = 0
            elif character != "\ufeff":
                self.column += 1
        self.index = self.pointer

    def get_mark(self) -> Mark:
        return Mark("", self.index, self.line, self.column, self.buffer, self.pointer)


def first_of(characters: frozenset[str], text: str) -> int | None:
    """Where the first of some characters stands; None where there is none."""
    return min(map(text.index, characters.intersection(text)), default=None)
