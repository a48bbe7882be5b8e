"""A small web application in the style of 2020: starlette 0.13 routes, pydantic 1 models."""

import pydantic
import starlette
import uvicorn
from pydantic import BaseModel, validator
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


class Order(BaseModel):
    price: float
    quantity: int

    @validator("quantity")
    def some(cls, quantity: int) -> int:
        if quantity < 1:
            raise ValueError("order at least one")
        return quantity


async def quote(request: Request) -> JSONResponse:
    order = Order.parse_obj(await request.json())
    return JSONResponse({"total": order.price * order.quantity, "versions": versions()})


def versions() -> "dict[str, str]":
    return {
        "pydantic": str(pydantic.VERSION),
        "starlette": starlette.__version__,
        "uvicorn": uvicorn.__version__,
    }


app = Starlette(routes=[Route("/quote", quote, methods=["POST"])])
