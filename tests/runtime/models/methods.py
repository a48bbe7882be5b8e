"""Methods that came to their class under another name, or call that of a base."""

# mypy: ignore-errors
# Some of what they do is not typed well, or at all.

from typing import Optional

from cog import BasePredictor, Input


def make(prefix):
    def generate(self, text: str) -> str:
        return prefix + text

    return generate


def loud(method):
    """A decorator that keeps the annotations, but not the name."""

    def louder(self, text: str) -> str:
        return method(self, text) + "!"

    return louder


class Made(BasePredictor):
    predict = make("sd-")


class Decorated(BasePredictor):
    @loud
    def predict(self, text: str) -> str:
        return text


class Base(BasePredictor):
    def generate(self, text: str) -> str:
        return "base " + text

    predict = generate


class Overriding(Base):
    def generate(self, text: str) -> str:
        return "never"


class Plain(BasePredictor):
    def predict(self, text: str, steps: int = Input(default=3), more: Optional[str] = Input(default=None)) -> str:
        return f"{text} {steps} {more}"


class Derived(Plain):
    def predict(self, text: str = Input(default="a")) -> str:
        return super().predict(text)


class Converted(Derived):
    @classmethod
    def train(cls, count: int = Input(default=2)) -> str:
        return f"trained {count}"

    def run(self, text: str = Input(default="b")) -> str:
        return f"{super().predict()}, {super().predict(text)}, {self.train()}"
