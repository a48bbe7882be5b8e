from typing import List, Union

from cog import BaseModel, BasePredictor, Path, Secret


class Output(BaseModel):
    text: str


class Predictor(BasePredictor):
    def predict(self, image: Path | str, key: Union[Secret, str, None], rest: List[Union[int, Path]]) -> Union[Output, str]:
        return "hello"
