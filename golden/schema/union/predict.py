from datetime import datetime
from typing import Any, Dict, List, Union

from cog import BaseModel, BasePredictor, Input, Path


class Found(BaseModel):
    text: str


class Predictor(BasePredictor):
    def predict(
        self,
        number: Union[int, float],
        text: Union[str, List[str]] = Input(description="One or many", default="a"),
        flag: Union[bool, int] = True,
        data: Union[str, Dict[str, Any]] = "",
        images: Union[Path, List[Path]] = Input(description="One or several"),
        since: Union[datetime, int] = 0,
    ) -> Union[int, str, Path, Found]:
        return 1
