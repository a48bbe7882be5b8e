from typing import List, Optional, Union

from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        prompt: Optional[str] = None,
        seed: Optional[int] = Input(description="Random when left out"),
        mask: Optional[Path] = Input(default=None, description="What to keep"),
        words: Optional[List[str]] = None,
        ratio: Union[float, None] = Input(ge=0, le=1, default=0.5),
        quiet: Optional[bool] = True,
    ) -> Optional[str]:
        return prompt
