from cog import BaseModel, Input


class Output(BaseModel):
    weights: str


def train(epochs: int = Input(default=1, ge=1)) -> Output:
    return Output(weights=str(epochs))
