"""Says back what it is given; each class is one case of the tests."""

import os
import signal
import sys
import time
from typing import Any, Dict, List, Optional, Union

from cog import BasePredictor, Input, current_scope

try:
    from typing import Literal
except ImportError:
    from typing_extensions import Literal


class Text(BasePredictor):
    def setup(self) -> None:
        print("setting up")
        print("to stderr", file=sys.stderr)
        os.write(1, b"from below\n")
        print("unfinished", end="")
        self.greeting = "hello "
        self.count = 0

    def predict(self, text: str) -> str:
        self.count += 1
        return self.greeting + text


class NoInput:
    def predict(self) -> str:
        return "no input"


def function(text: str = "world") -> str:
    return "hello " + text


class Counter(BasePredictor):
    def setup(self) -> None:
        self.count = 0

    def predict(self) -> int:
        self.count += 1
        return self.count


class Typed(BasePredictor):
    def predict(
        self,
        i: int = 0,
        f: float = 0.5,
        b: bool = False,
        s: str = "s",
        bounded: int = Input(default=5, ge=1, le=10),
        short: str = Input(default="abc", min_length=2, max_length=4),
        coded: str = Input(default="a-1", regex=r"^[a-z]-\d"),
        word: str = Input(default="a", choices=["a", "b"]),
        number: int = Input(default=1, choices=[1, 2]),
        keys: str = Input(default="x", choices={"x": 1, "y": 2}.keys()),
        literal: Literal["l", "m"] = "l",
        literals: Literal[1, 2] = 1,
        nothing: int = Input(default=None),
        optional: Optional[float] = None,
        optionals: Optional[List[str]] = None,
        text_or_texts: Union[str, List[str]] = "t",
        number_or_numbers: Union[int, List[int]] = 0,
        mixed: Union[str, float, None] = None,
        truth_or_number: Union[bool, int] = 0,
        integer_or_real: Union[int, float] = 0,
        real_or_integer: Union[float, int] = 0,
        bare: dict = {},  # type: ignore[type-arg] # as models write it
        bare_list: list = [],  # type: ignore[type-arg] # as models write it
        texts: List[str] = Input(default=[]),
        numbers: List[int] = [],
        mapping: Dict[str, Any] = {},
        mappings: List[Dict[str, Any]] = [],
        anything: Any = None,
        old: str = Input(default="old", deprecated=True),
    ) -> Any:
        return {name: value for name, value in locals().items() if name != "self"}


class Required(BasePredictor):
    def predict(self, first: int, second: str, third: float = 0.5) -> str:
        return f"{first} {second} {third}"


class Extra(BasePredictor):
    def predict(self, known: int = 1, **more: Any) -> Any:
        return {"known": known, **more}


class Context(BasePredictor):
    def predict(self) -> Any:
        return dict(current_scope().context)


class Unruly(BasePredictor):
    """Does what it is told, most of it bad."""

    def predict(self, act: str = "nothing", seconds: float = 30.0) -> Any:
        print("before")
        return getattr(self, act)(seconds)

    def nothing(self, seconds: float) -> Any:
        return "fine"

    def fail(self, seconds: float) -> Any:
        raise ValueError("it broke")

    def fail_silently(self, seconds: float) -> Any:
        raise ValueError

    def leave(self, seconds: float) -> Any:
        sys.exit(3)

    def die(self, seconds: float) -> Any:
        os._exit(3)

    def crash(self, seconds: float) -> Any:
        os.kill(os.getpid(), signal.SIGSEGV)
        time.sleep(seconds)

    def kill(self, seconds: float) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(seconds)

    def sleep(self, seconds: float) -> Any:
        time.sleep(seconds)
        return "slept"

    def swallow(self, seconds: float) -> Any:
        try:
            time.sleep(seconds)
        except Exception:
            return "swallowed"
        return "slept"

    def clean_up(self, seconds: float) -> Any:
        from cog.server.exceptions import CancelationException

        try:
            time.sleep(seconds)
        except CancelationException:
            print("cleaned up")
            raise

    def refuse(self, seconds: float) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                time.sleep(seconds)
            except BaseException:
                print("not now")


class Anything(BasePredictor):
    def predict(
        self, value: Any = None, record: Dict[str, Any] = {}, either: Union[Dict[str, Any], List[Any]] = [], **more: Any
    ) -> Any:
        return [value, record, either, more]
