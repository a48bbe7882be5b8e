from typing import AsyncIterator

import cog


class Predictor(cog.BasePredictor):
    @cog.streaming
    async def predict(self, count: int) -> AsyncIterator[int]:
        for number in range(count):
            yield number
