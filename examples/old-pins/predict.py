"""A model that runs an old web server inside itself, beside the one that serves the model."""

import json
import socket
import threading
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import uvicorn

from cog import BaseModel, BasePredictor, Input
from shop import app


class Output(BaseModel):
    total: float
    pydantic: str
    starlette: str
    uvicorn: str


class ThreadServer(uvicorn.Server):
    def install_signal_handlers(self) -> None:
        """None, since only a main thread may: this server ends with the process."""


class Predictor(BasePredictor):
    def setup(self) -> None:
        # Listening before the server runs: a request that comes early waits in the backlog instead of failing.
        listener = socket.create_server(("127.0.0.1", 0))
        server = ThreadServer(uvicorn.Config(app, loop="asyncio", http="h11", log_level="warning"))
        threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/quote"

    def predict(
        self,
        price: float = Input(description="Price of one piece", ge=0),
        quantity: int = Input(description="Number of pieces", ge=1, default=1),
    ) -> Output:
        body = json.dumps({"price": price, "quantity": quantity}).encode()
        try:
            with urlopen(Request(self.url, data=body), timeout=10) as answer:
                return Output(**json.load(answer))
        except HTTPError as refusal:
            raise ValueError(json.load(refusal)["detail"][0]["msg"]) from refusal
