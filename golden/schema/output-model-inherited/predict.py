from typing import ClassVar, Optional

from cog import BasePredictor
from pydantic import BaseModel, Field


class Base(BaseModel):
    id: str = Field(description="Of the run")
    version: ClassVar[int] = 1


class Output(Base):
    score: float = Field(default=0.5, description="From 0 to 1")
    tags: list[str] = Field(default_factory=list)
    detail: Optional[str] = Field(None)
    name: str = Field(...)


class Predictor(BasePredictor):
    def predict(self, text: str) -> Output:
        return Output(id="1", name=text)
