"""A worker that is ready while the server is still connecting to it; prints what its healthcheck then complains about.

Which of the two comes first is chance otherwise: here the server learns that it has the connection for messages only
when the worker has been asked.
"""

import asyncio
import os
import socket
import tempfile
from typing import Any, Callable

from cog.server.child import Child
from cog.server.config import configuration
from cog.server.logs import model_log
from cog.server.worker import Worker

LIMIT_SECONDS = 30.0


class LateLoop(asyncio.SelectorEventLoop):
    """Who connects by `late` goes on only when `until` is there; what comes over it is read at once."""

    late: socket.socket
    until: "asyncio.Future[Any]"

    async def create_connection(self, protocol_factory: Callable[[], Any], *args: Any, **options: Any) -> Any:
        made = await super().create_connection(protocol_factory, *args, **options)
        if options.get("sock") is self.late:
            await asyncio.wait({self.until})
        return made


async def complaint(loop: LateLoop) -> object:
    config = configuration([], os.environ)
    with tempfile.TemporaryDirectory() as folder:
        child = Child(config, folder)
        worker = Worker(config, model_log(False), child)
        loop.late, loop.until = child.data, loop.create_future()
        connecting = loop.create_task(worker.connect())
        try:
            await asyncio.wait_for(asyncio.shield(worker.ready), LIMIT_SECONDS)
            return await worker.unhealthy(LIMIT_SECONDS)
        finally:
            loop.until.set_result(None)
            await connecting
            worker.kill()
            await worker.wait()


if __name__ == "__main__":
    own = LateLoop()
    print(own.run_until_complete(complaint(own)))
