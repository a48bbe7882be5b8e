from typing import Iterator, List, Union

from cog import BasePredictor, Secret


class Predictor(BasePredictor):
    def predict(self, key: Union[Secret, str, None], rest: List[Union[int, Iterator[str]]]) -> Union[Iterator[str], str]:
        return "hello"
