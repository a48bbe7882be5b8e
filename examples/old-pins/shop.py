"""A small web application in the style of 2020: starlette 0.13 routes, pydantic 1 models."""

import pydantic
import starlette
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

VERSIONS = {"pydantic": pydantic.VERSION, "starlette": starlette.__version__, "uvicorn": uvicorn.__version__}


class Order(pydantic.BaseModel):
    price: float
    quantity: int

    @pydantic.validator("quantity")
    def in_stock(cls, quantity: int) -> int:  # noqa: N805 - pydantic 1 makes it a class method
        if quantity > 1000:
            raise ValueError("no more than 1000 pieces are in stock")
        return quantity


async def quote(request: Request) -> JSONResponse:
    try:
        order = Order.parse_obj(await request.json())
    except pydantic.ValidationError as error:
        return JSONResponse({"detail": error.errors()}, status_code=422)
    return JSONResponse({"total": order.price * order.quantity, **VERSIONS})


app = Starlette(routes=[Route("/quote", quote, methods=["POST"])])
