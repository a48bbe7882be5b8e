"""Processes that are killed, interrupted or out of room, and what the next one finds."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

import pytest

from .blobs import MIB, REPOSITORY, digest_of, left_in, noise
from .faulty import FaultyRegistry, Handler, Rule, stalls_after

ROOT = Path(__file__).parents[2]
CONTENT = noise(9 * MIB + 1, 4)
DIGEST = digest_of(CONTENT)
HALF = MIB // 2


def command(action: str, host: str, path: Path, *rest: str) -> list[str]:
    return [sys.executable, "-m", "tests.registry.transfer", action, host, str(path), str(path.parent), *rest]


@contextmanager
def started(argv: list[str]) -> "Iterator[subprocess.Popen[str]]":
    pipe = subprocess.PIPE
    with subprocess.Popen(argv, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def run(argv: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def stalled(faulty: FaultyRegistry, method: str, after: int) -> tuple[Event, Event]:
    reached, go_on = Event(), Event()
    faulty.rules = [Rule(method, "/blobs/", stalls_after(HALF, reached, go_on), after=after)]
    return reached, go_on


def test_a_push_that_is_killed_goes_on_where_it_was(faulty: FaultyRegistry, tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(CONTENT)
    reached, go_on = stalled(faulty, "PATCH", after=4)
    with started(command("push", faulty.host, path, DIGEST)) as process:
        assert reached.wait(30)
        process.send_signal(signal.SIGKILL)
        process.wait()
    go_on.set()
    before = faulty.bodies["PATCH"]
    assert before == 4 * MIB + HALF
    assert run(command("push", faulty.host, path, DIGEST)).returncode == 0
    assert faulty.blobs[REPOSITORY, DIGEST] == CONTENT
    assert faulty.bodies.total() == len(CONTENT), "not a byte that had arrived was sent again"
    assert left_in(tmp_path) == []


def test_a_pull_that_is_killed_goes_on_where_it_was(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.add(REPOSITORY, CONTENT)
    path = tmp_path / "weights"
    size = f"size={len(CONTENT)}"
    reached, go_on = stalled(faulty, "GET", after=5)
    with started(command("pull", faulty.host, path, DIGEST, size)) as process:
        assert process.stdout is not None
        assert reached.wait(30)
        _until(process.stdout, 5 * MIB)
        process.send_signal(signal.SIGKILL)
        process.wait()
    go_on.set()
    assert not path.exists()
    assert len(left_in(tmp_path)) == 3, "the part, what is known of it, and a lock that nobody holds"
    before = faulty.served["GET"]
    assert run(command("pull", faulty.host, path, DIGEST, size)).returncode == 0
    assert path.read_bytes() == CONTENT
    again = faulty.served["GET"] - before - (len(CONTENT) - 5 * MIB)
    assert again <= 2 * MIB, "no more than the ranges that were on their way"
    assert left_in(tmp_path) == []


def _until(lines: Iterator[str], done: int) -> None:
    """Reads a transfer's progress up to some offset."""
    next(line for line in lines if json.loads(line)[1] >= done)


def test_ctrl_c_lets_a_chunk_come_to_its_end(faulty: FaultyRegistry, tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(CONTENT)
    reached, go_on = Event(), Event()
    faulty.rules = [Rule("PATCH", "/blobs/", _slow(reached, go_on), after=2)]
    with started(command("push", faulty.host, path, DIGEST)) as process:
        assert reached.wait(30)
        process.send_signal(signal.SIGINT)
        go_on.set()
        assert process.communicate(timeout=30)[1] == "interrupted\n"
    assert faulty.bodies.total() % MIB == 0, "no chunk was cut"
    assert faulty.bodies.total() < len(CONTENT)
    assert run(command("push", faulty.host, path, DIGEST)).returncode == 0
    assert faulty.bodies.total() == len(CONTENT)
    assert faulty.count("POST") == 1, "one upload from the beginning to the end"


def _slow(reached: Event, go_on: Event) -> Callable[[Handler], bool]:
    def act(handler: Handler) -> bool:
        reached.set()
        go_on.wait(30)
        return False

    return act


@pytest.mark.parametrize(("action", "method"), [("push", "PATCH"), ("pull", "GET")])
def test_a_second_ctrl_c_does_not_wait(action: str, method: str, faulty: FaultyRegistry, tmp_path: Path) -> None:
    path = tmp_path / "weights"
    if action == "push":
        path.write_bytes(CONTENT)
    else:
        faulty.add(REPOSITORY, CONTENT)
    reached, go_on = stalled(faulty, method, after=0)
    with started(command(action, faulty.host, path, DIGEST, f"size={len(CONTENT)}")) as process:
        assert reached.wait(30)
        for _ in range(100):
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                assert process.wait(0.1) != 0
                break
        assert process.returncode
    go_on.set()


def test_a_full_disk_is_told_and_leaves_nothing_under_the_name(faulty: FaultyRegistry, tmp_path: Path) -> None:
    faulty.add(REPOSITORY, CONTENT)
    path = tmp_path / "weights"
    size = f"size={len(CONTENT)}"
    done = run(command("pull", faulty.host, path, DIGEST, size, f"limit={2 * MIB}"))
    assert done.returncode == 1
    assert done.stderr.startswith("File too large: ")
    assert not path.exists()
    assert run(command("pull", faulty.host, path, DIGEST, size)).returncode == 0
    assert path.read_bytes() == CONTENT


def test_memory_stays_small(faulty: FaultyRegistry, tmp_path: Path) -> None:
    """A GiB through a process of less than 100 MiB."""
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    digest = "sha256:49bc20df15e412a64472421e13fe86ff1c5165e18b2afccf160d4dc19fe68a14"  # of a GiB of zeros
    faulty.keeps = False
    done = run(command("push", faulty.host, path, digest, "large"))
    assert done.returncode == 0, done.stderr
    assert faulty.bodies.total() == 1 << 30
    name, peak = json.loads(done.stdout.splitlines()[-1])
    assert (name, peak < 100 * MIB) == ("peak", True), f"{peak / MIB:.0f} MiB"
