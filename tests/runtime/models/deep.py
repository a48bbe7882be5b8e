"""An output within an output."""

from typing import Any, Iterator

from cog import BasePredictor, current_scope


def nested(depth: int) -> Any:
    value: Any = None
    for number in range(depth):
        value = {"a": value} if number % 2 else [value]
    return value


class Deep(BasePredictor):
    def predict(self, depth: int) -> Any:
        return nested(depth)


class DeepPieces(BasePredictor):
    def predict(self, depth: int) -> Iterator[Any]:
        yield nested(depth)


class DeepMetric(BasePredictor):
    def predict(self, depth: int) -> str:
        current_scope().record_metric("a.b.c.d", nested(depth), mode="append")
        return ""
