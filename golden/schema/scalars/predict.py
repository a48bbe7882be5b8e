from cog import BasePredictor, File, Input, Path, Secret


class Predictor(BasePredictor):
    def predict(
        self,
        text: str = Input(description="A line of text"),
        count: int = Input(description="How many"),
        scale: float = Input(description="By which factor"),
        verbose: bool = Input(description="Whether to say more"),
        image: Path = Input(description="A picture"),
        audio: File = Input(description="A recording"),
        api_token: Secret = Input(description="For the upstream service"),
    ) -> str:
        return text
