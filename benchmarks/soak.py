"""A soak of the prediction server: many predictions of all kinds, and none of them lost.

    python benchmarks/soak.py [--predictions 200000] [--seconds 600] [--model sync|async]

Cancels, crashes of the worker, clients that hang up, models that fail, webhook receivers that are slow or
answer 500: each prediction that was accepted must have exactly one terminal state, and exactly one terminal
webhook taken where it asked for one; and the memory of the server must stay level. Exits with 1 otherwise.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from soak_http import HOST, Connection, read_message  # type: ignore[import-not-found] # beside this script

HERE = Path(__file__).parent
CLIENTS = 4
# How often each kind is drawn.
KINDS = {"plain": 600, "webhook": 270, "write": 60, "fail": 30, "cancel": 24, "hang_up": 15, "crash": 1}
SLOW_SHARE, ERROR_SHARE, SLOW_SECONDS = 0.02, 0.02, 0.5
SAMPLES = 20
MOST_GROWTH = 1.2


@dataclass(frozen=True)
class Shape:
    """A model, and how many of its predictions may run at a time: in each worker, and in how many of these."""

    reference: str
    workers: int
    slots: int


SHAPES = {"sync": Shape("soak_model.py:Soak", 4, 1), "async": Shape("soak_model.py:AsyncSoak", 2, 4)}


@dataclass
class Tally:
    """What was asked, what came back, and what receivers took, by id."""

    asked: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    taken: dict[str, list[str]] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)
    memory: list[int] = field(default_factory=list)
    webhooks: int = 0


class Receiver:
    """Takes terminal webhooks, some slowly, some only when they come again."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._waiting: dict[str, asyncio.Event] = {}
        self._chance = random.Random(2)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                _, content = await read_message(reader)
                status = await self._taken(json.loads(content))
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
        writer.close()

    async def _taken(self, state: Any) -> int:
        self._tally.webhooks += 1
        if self._chance.random() < SLOW_SHARE:
            await asyncio.sleep(SLOW_SECONDS)
        if self._chance.random() < ERROR_SHARE:
            return 500
        self._tally.taken.setdefault(state["id"], []).append(state["status"])
        self.end_of(state["id"]).set()
        return 200

    def end_of(self, name: str) -> asyncio.Event:
        return self._waiting.setdefault(name, asyncio.Event())


class Client:
    """Makes one prediction after another on its own connection."""

    def __init__(self, number: int, port: int, hook: str, receiver: Receiver, tally: Tally) -> None:
        self._number = number
        self._count = 0
        self._connection = Connection(port)
        self._hook = hook
        self._receiver = receiver
        self._tally = tally
        self._chance = random.Random(number)

    async def run(self, goal: int, deadline: float) -> None:
        kinds, weights = list(KINDS), list(KINDS.values())
        while len(self._tally.asked) < goal and time.monotonic() < deadline:
            kind = self._chance.choices(kinds, weights)[0]
            self._count += 1
            await getattr(self, "_" + kind)(f"{kind}-{self._number}-{self._count}")

    def _body(self, name: str, act: str, webhook: bool, seconds: float = 0.0) -> Any:
        body = {"id": name, "input": {"act": act, "seconds": seconds}}
        return {**body, "webhook": self._hook, "webhook_events_filter": ["completed"]} if webhook else body

    async def _accepted(self, name: str, body: Any, headers: str = "") -> Any:
        """Again while there is no slot: that is no prediction yet."""
        status, answer = await self._connection.ask("/predictions", body, headers)
        while status in (409, 503):
            self._tally.refused[status] += 1
            await asyncio.sleep(0.01)
            status, answer = await self._connection.ask("/predictions", body, headers)
        assert status in (200, 202), (status, answer)
        self._tally.asked[name] = "webhook" if "webhook" in body else "answer"
        return answer

    async def _answered(self, name: str, act: str, webhook: bool) -> None:
        answer = await self._accepted(name, self._body(name, act, webhook))
        self._tally.answers[name] = answer["status"]

    async def _plain(self, name: str) -> None:
        await self._answered(name, "say", webhook=False)

    async def _webhook(self, name: str) -> None:
        await self._answered(name, "say", webhook=True)

    async def _write(self, name: str) -> None:
        await self._answered(name, "write", webhook=True)

    async def _fail(self, name: str) -> None:
        await self._answered(name, "fail", webhook=True)

    async def _crash(self, name: str) -> None:
        await self._answered(name, "crash", webhook=True)

    async def _cancel(self, name: str) -> None:
        await self._accepted(name, self._body(name, "wait", True, seconds=30), "Prefer: respond-async\r\n")
        await asyncio.sleep(self._chance.random() * 0.01)
        status, _ = await self._connection.ask(f"/predictions/{name}/cancel", None)
        await self._receiver.end_of(name).wait()
        # A worker that others share may have died meanwhile: such ends are counted later.
        assert status == 200 or self._tally.taken[name] == ["failed"], status

    async def _hang_up(self, name: str) -> None:
        """Accepted or not, nobody can tell: the webhook says which."""
        await self._connection.send("/predictions", self._body(name, "wait", True, seconds=0.02))
        await asyncio.sleep(self._chance.random() * 0.03)
        self._connection.hang_up()
        self._tally.asked[name] = "perhaps"


async def soak(shape: Shape, goal: int, seconds: float) -> Tally:
    tally = Tally()
    receiver = Receiver(tally)
    hooks = await asyncio.start_server(receiver.serve, HOST, 0)
    hook = f"http://{HOST}:{hooks.sockets[0].getsockname()[1]}/"
    deadline = time.monotonic() + seconds
    with served(shape) as (process, port):
        await ready(shape, port)
        clients = [Client(number, port, hook, receiver, tally) for number in range(CLIENTS)]
        watch = asyncio.create_task(watched(process.pid, goal, deadline, tally))
        await asyncio.gather(*(client.run(goal, deadline) for client in clients))
        watch.cancel()
        tally.memory.append(memory(process.pid))
        process.terminate()
        await asyncio.get_running_loop().run_in_executor(None, process.wait)
    return tally


@contextlib.contextmanager
def served(shape: Shape) -> "Iterator[tuple[subprocess.Popen[bytes], int]]":
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        port = sock.getsockname()[1]
    environment = {
        **os.environ,
        "COG_PREDICT_TYPE_STUB": shape.reference,
        "COG_MAX_CONCURRENCY": str(shape.slots),
        "COG_SERVER_HOME": "",
        "PORT": str(port),
        "PYTHONPATH": str(HERE.parent / "runtime"),
    }
    command = [sys.executable, "-m", "cog.server.http", "--host", HOST, "--workers", str(shape.workers)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=HERE, env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            yield process, port
        finally:
            process.kill()


async def ready(shape: Shape, port: int) -> None:
    """Until every slot has answered; 30 seconds at most."""
    body = {"input": {"act": "wait", "seconds": 0.3}}
    for _ in range(300):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            answers = await asyncio.gather(
                *(Connection(port).ask("/predictions", body) for _ in range(shape.workers * shape.slots))
            )
            if {status for status, _ in answers} == {200}:
                return
        await asyncio.sleep(0.1)
    raise SystemExit("the server does not get ready")


async def watched(pid: int, goal: int, deadline: float, tally: Tally) -> None:
    """Samples at even distances, by whichever ends first: the number or the time."""
    began, span = time.monotonic(), deadline - time.monotonic()
    while True:
        share = max(len(tally.asked) / goal, (time.monotonic() - began) / span)
        if share * SAMPLES >= len(tally.memory) + 1:
            tally.memory.append(memory(pid))
            passed, used = time.monotonic() - began, tally.memory[-1] / (1 << 20)
            print(f"{passed:6.0f} s {len(tally.asked):8} predictions {used:8.2f} MiB", flush=True)
        await asyncio.sleep(0.2)


def memory(pid: int) -> int:
    """Resident bytes of the server process, without its workers."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def faults(shape: Shape, tally: Tally) -> Iterator[str]:
    unexpected = []
    for name, asked in tally.asked.items():
        ends = tally.taken.get(name, [])
        if asked == "answer" and (ends or name not in tally.answers):
            yield f"{name}: answered {tally.answers.get(name)}, webhooks {ends}"
        if asked == "webhook" and (len(ends) != 1 or tally.answers.get(name, ends[0]) != ends[0]):
            yield f"{name}: answered {tally.answers.get(name)}, webhooks {ends}"
        if asked == "perhaps" and len(ends) > 1:
            yield f"{name}: webhooks {ends}"
        end = tally.answers.get(name) or next(iter(ends), None)
        if end is not None and end not in EXPECTED[name.partition("-")[0]]:
            unexpected.append(f"{name}: ended as {end}")
    yield from of_crashes(shape, tally, unexpected)
    if tally.memory[-1] > tally.memory[SAMPLES // 4] * MOST_GROWTH:
        yield f"memory grew from {tally.memory[SAMPLES // 4] >> 20} to {tally.memory[-1] >> 20} MiB"


def of_crashes(shape: Shape, tally: Tally, unexpected: list[str]) -> Iterator[str]:
    """A worker that dies takes those with it that share it, and no others."""
    crashes = sum(name.startswith("crash-") for name in tally.asked)
    print(f"{len(unexpected)} predictions went down with one of {crashes} workers")
    if len(unexpected) > crashes * (shape.slots - 1) or any("as failed" not in each for each in unexpected):
        yield from unexpected


EXPECTED = {
    "plain": ("succeeded",),
    "webhook": ("succeeded",),
    "write": ("succeeded",),
    "fail": ("failed",),
    "crash": ("failed",),
    "cancel": ("canceled",),
    "hang_up": ("canceled", "succeeded"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--predictions", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--model", choices=SHAPES, default="sync")
    flags = parser.parse_args()
    began, shape = time.monotonic(), SHAPES[flags.model]
    tally = asyncio.run(soak(shape, flags.predictions, flags.seconds))
    found = list(faults(shape, tally))
    kinds = Counter(name.partition("-")[0] for name in tally.asked)
    print(f"{len(tally.asked)} predictions in {time.monotonic() - began:.0f} s: {dict(kinds)}")
    print(f"{tally.webhooks} webhook calls, {sum(map(len, tally.taken.values()))} taken; refused {dict(tally.refused)}")
    print("\n".join(found[:20]) or "nothing lost, nothing twice")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
