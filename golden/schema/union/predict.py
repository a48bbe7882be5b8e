from typing import Any, Dict, List, Union

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        number: Union[int, float],
        text: Union[str, List[str]] = Input(description="One or many", default="a"),
        flag: Union[bool, int] = True,
        data: Union[str, Dict[str, Any]] = "",
    ) -> Union[int, str]:
        return 1
