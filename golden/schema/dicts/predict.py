from typing import Any, Dict, List, Mapping

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        options: dict,
        scores: Dict[str, float],
        nested: dict[str, list[int]] = Input(default={}),
        messages: List[Dict[str, Any]] = Input(description="A conversation"),
        read_only: Mapping[str, str] = Input(default={"a": "b"}),
    ) -> Dict[str, List[float]]:
        return {}
