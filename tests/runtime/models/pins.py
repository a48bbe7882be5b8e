"""Tells which packages it sees."""

import sys
from typing import Any, Optional

import pydantic
import starlette
import uvicorn

import cog
from cog import BaseModel, BasePredictor


class Output(BaseModel):
    n: int
    absent: Optional[str]


class Pins(BasePredictor):
    def predict(self) -> Any:
        return {
            "versions": {
                "starlette": starlette.__version__,
                "pydantic": pydantic.VERSION,
                "uvicorn": uvicorn.__version__,
            },
            "model": Output(n=1),  # type: ignore[call-arg] # optional fields may be left out
            "path": sys.path,
            "modules": {"cog": str(cog.__file__)},
        }
