"""Models of pydantic itself, of whichever version the environment has."""

from typing import Any, Dict, List, Optional

import pydantic

from cog import BasePredictor


class Inner(pydantic.BaseModel):
    n: int = 1


class Outer(pydantic.BaseModel):
    inner: Inner = Inner()
    more: List[Inner] = []
    named: Dict[str, Inner] = {}
    absent: Optional[str] = None


class Foreign(BasePredictor):
    def predict(self) -> Outer:
        return Outer(more=[Inner(n=2)], named={"a": Inner(n=3)})


def special() -> Any:
    """What only pydantic 2 has: fields beyond the known, a root, a serializer."""

    class Open(pydantic.BaseModel):
        model_config = pydantic.ConfigDict(extra="allow")
        known: int

    class Shouted(pydantic.BaseModel):
        text: str

        @pydantic.field_serializer("text")
        def shout(self, text: str) -> str:
            return text.upper()

    root = pydantic.RootModel[List[int]]([1, 2])
    more = Open(known=1, unknown=2)  # type: ignore[call-arg] # allowed by the configuration
    return [more, root, Shouted(text="x")]


class Special(BasePredictor):
    def predict(self) -> Any:
        return special()
