"""The two kinds of work that a model does, under their names in the API."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`mode` is the server's; `prefix` begins the names of its components in the OpenAPI document."""

    noun: str
    mode: str
    prefix: str

    @property
    def path(self) -> str:
        return f"/{self.noun}s"


PREDICTION = Endpoint("prediction", "predict", "")
TRAINING = Endpoint("training", "train", "Training")
