import asyncio

from cog import BaseRunner


class Predictor(BaseRunner):
    async def run(self, seconds: float = 0.1) -> bool:
        await asyncio.sleep(seconds)
        return True
