"""A model that runs its own old web server inside itself, beside the one that serves the model."""

import json
import socket
import threading
from typing import Dict
from urllib.request import Request, urlopen

import uvicorn
from cog import BaseModel, BasePredictor, Input

from shop import app


class Output(BaseModel):
    total: float
    versions: Dict[str, str]


class Predictor(BasePredictor):
    def setup(self) -> None:
        # Listening before the server runs: a request that comes early waits in the backlog instead of failing.
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, loop="asyncio", http="h11", log_level="warning"))
        threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
        self.url = "http://127.0.0.1:{}/quote".format(listener.getsockname()[1])

    def predict(
        self,
        price: float = Input(description="Price of one piece", ge=0),
        quantity: int = Input(description="Number of pieces", ge=1, default=1),
    ) -> Output:
        body = json.dumps({"price": price, "quantity": quantity}).encode()
        with urlopen(Request(self.url, data=body), timeout=10) as answer:
            return Output(**json.load(answer))
