from functools import wraps

from cog import BasePredictor, ConcatenateIterator
from cog import streaming as sse


def timed(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


class Predictor(BasePredictor):
    @timed
    @sse()
    def predict(self, prompt: str) -> ConcatenateIterator[str]:
        yield prompt
