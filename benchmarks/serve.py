"""Prediction servers side by side: answers a second, latency, CPU, memory, start, streams, files and webhooks.

    python benchmarks/serve.py --python ENV/bin/python [--servers FILE] [--rounds 3] [--seconds 3] [--only NAME,...]
        [--measures load,webhook,stream,input,output]

ENV has the packages of runtime/server.lock.txt. `serve.json` says how each of our servers is started; FILE, of the same
form, adds others. In each round every server is started, measured and ended, one after another; ratios are to the first
server of FILE (or of ours) that takes the same measure, round by round, and medians are shown. Needs wrk.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from exchanges import NUMBERS, exchanged
from servers import HERE, Server, Spec, read, running

CONNECTIONS = (1, 8, 32)
SCRIPT = """
local file = assert(io.open(os.getenv("WRK_REQUEST"), "rb"))
wrk.method, wrk.body = "POST", file:read("*a")
wrk.headers["Content-Type"] = "application/json"
function done(summary, latency)
  io.write(string.format('{"sent":%d,"refused":%d,"seconds":%f,"p50":%d,"p99":%d}\\n', summary.requests,
    summary.errors.status, summary.duration / 1e6, latency:percentile(50), latency:percentile(99)))
end
"""

Values = Mapping[str, float]


@dataclass(frozen=True)
class Column:
    """A figure of a measure: what it is called, and how it is written; with `ratio`, beside that to the reference."""

    name: str
    form: str
    ratio: bool = True


START = (Column("start ms", ".0f"), Column("idle MiB", ".0f"))
LOAD = (
    Column("good a second", ",.0f"),
    Column("p50 ms", ".2f"),
    Column("p99 ms", ".2f"),
    Column("CPU µs", ".0f"),
    Column("refused %", ".1f", ratio=False),
)
EXCHANGE = (Column("first ms", ".1f"), Column("total ms", ".1f"), Column("CPU ms", ".1f"))


def load(server: Server, connections: int, seconds: int) -> Values:
    asked = server.spec.requests["load"]
    with tempfile.TemporaryDirectory() as place:
        script, body = Path(place, "wrk.lua"), Path(place, "body.json")
        script.write_text(SCRIPT)
        body.write_text(json.dumps(asked["body"]))
        address = f"http://127.0.0.1:{server.port}{asked['path']}"
        words = ("wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), address)
        before = server.cpu()
        done = subprocess.run(words, env={**os.environ, "WRK_REQUEST": str(body)}, capture_output=True, check=True)
        cpu = server.cpu() - before
    told = json.loads(done.stdout.splitlines()[-1])
    good = max(1, told["sent"] - told["refused"])
    return {
        "good a second": good / told["seconds"],
        "p50 ms": told["p50"] / 1e3,
        "p99 ms": told["p99"] / 1e3,
        "CPU µs": 1e6 * cpu / good,
        "refused %": 100 * told["refused"] / max(1, told["sent"]),
    }


def exchange(server: Server, kind: str) -> Values:
    before = server.cpu()
    found = exchanged(server, kind)
    return {
        "first ms": 1e3 * median(each.first for each in found),
        "total ms": 1e3 * median(each.total for each in found),
        "CPU ms": 1e3 * (server.cpu() - before) / (len(found) + 1),
    }


def measured(spec: Spec, python: str, seconds: int) -> Iterator[tuple[str, Values]]:
    """Each measure that the server takes, by its title."""
    with running(spec, python) as server:
        if "load" in spec.requests:
            yield "start", {"start ms": 1e3 * server.start, "idle MiB": server.memory()}
            load(server, max(CONNECTIONS), 1)
            for number in CONNECTIONS:
                yield f"{number} connections", load(server, number, seconds)
        for kind in NUMBERS:
            if kind in spec.requests:
                yield kind, exchange(server, kind)


def table(title: str, rounds: Sequence[Mapping[str, Values]], columns: Sequence[Column]) -> Iterator[str]:
    """A line for each server that has this measure in every round."""
    names = [name for name in rounds[0] if all(name in each for each in rounds)]
    heads = [head for column in columns for head in ((column.name, "x") if column.ratio else (column.name,))]
    yield f"\n| {title} | {' | '.join(heads)} |"
    yield "|---" * (len(heads) + 1) + "|"
    for name in names:
        cells = [cell for column in columns for cell in _cells(column, name, names[0], rounds)]
        yield f"| {name} | {' | '.join(cells)} |"


def _cells(column: Column, name: str, first: str, rounds: Sequence[Mapping[str, Values]]) -> Iterator[str]:
    found = [(each[name][column.name], each[first][column.name]) for each in rounds]
    yield format(median(value for value, _ in found), column.form)
    if column.ratio:
        yield format(median(value / (reference or 1e-9) for value, reference in found), ".2f")


def one_round(
    specs: Sequence[Spec], python: str, seconds: int, tell: Callable[[str], None]
) -> dict[str, dict[str, Values]]:
    """By measure, then by server."""
    found: dict[str, dict[str, Values]] = {}
    for spec in specs:
        for title, values in measured(spec, python, seconds):
            found.setdefault(title, {})[spec.name] = values
            shown = ", ".join(f"{name} {value:.2f}" for name, value in values.items())
            tell(f"{spec.name}, {title}: {shown}, load {os.getloadavg()[0]:.1f}")
    return found


def _limited(spec: Spec, measures: Container[str]) -> Spec:
    return replace(spec, requests={kind: asked for kind, asked in spec.requests.items() if kind in measures})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="the one that runs our server")
    parser.add_argument("--servers", type=Path, action="append", default=[], help="others to be measured, before ours")
    parser.add_argument("--only", type=lambda text: text.split(","), help="names, in the order of the measures")
    parser.add_argument(
        "--measures", type=lambda text: text.split(","), default=("load", *NUMBERS), help="of each server"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="of each load")
    asked = parser.parse_args()
    known = {spec.name: spec for file in (*asked.servers, HERE / "serve.json") for spec in read(file)}
    specs = [_limited(known[name], asked.measures) for name in asked.only or known]

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    rounds = [one_round(specs, asked.python, asked.seconds, tell) for _ in range(asked.rounds)]
    for title in rounds[0]:
        columns = EXCHANGE if title in NUMBERS else START if title == "start" else LOAD
        print("\n".join(table(title, [each[title] for each in rounds], columns)))


if __name__ == "__main__":
    main()
