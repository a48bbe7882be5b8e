"""What a compile costs as a whole process, beside other commands, and how it grows with the requirements.

    python benchmarks/compile.py [--cogc PATH] [--rounds 9] ['LABEL[@FOLDER]=COMMAND' ...]

Measures an installed cogc, not a checkout: `pip install .` in an environment of its own. Each other command is run
in FOLDER, and all of them round robin. Instructions are counted by valgrind, if it is there: they do not hang on what
else the machine does. Exits with 1 when a command fails.
"""

import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CONFIG = """build:
  python_version: "3.12"
  system_packages:
    - ffmpeg
  {packages}
predict: predict.py:Predictor
"""
PREDICTOR = """from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(self, text: str) -> str:
        return text.upper()
"""
PINNED = "python_packages: [numpy==2.1.3, requests==2.32.3]"
LINES = (10, 100, 1_000, 10_000)
MEBI = 1024  # kibibytes, in which Linux counts memory


@dataclass(frozen=True)
class Command:
    label: str
    folder: Path
    words: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """`wall` and `cpu` in seconds, `memory` at its peak in mebibytes."""

    wall: float
    cpu: float
    memory: float


def run(command: Command) -> Run:
    """One whole process. Its memory cannot be less than that of this script, which the kernel carries over."""
    start = time.perf_counter()
    process = subprocess.Popen(command.words, cwd=command.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command.label}: exit code {process.returncode}")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / MEBI)


def instructions(command: Command) -> float | None:
    """In millions, without those of child processes; None where there is no valgrind."""
    if shutil.which("valgrind") is None:
        return None
    words = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command.words)
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(words, cwd=command.folder, env=environment, capture_output=True, text=True, errors="replace")
    counts = (line.split(":")[1] for line in done.stderr.splitlines() if "Collected :" in line)
    return next((int(count.split()[0]) / 1e6 for count in counts), None)


def project(folder: Path, packages: str, requirements: Sequence[str] = ()) -> Path:
    folder.mkdir(parents=True)
    (folder / "cog.yaml").write_text(CONFIG.format(packages=packages))
    (folder / "predict.py").write_text(PREDICTOR)
    (folder / "requirements.txt").write_text("".join(f"{line}\n" for line in requirements))
    return folder


def pins(number: int) -> tuple[str, ...]:
    return tuple(f"package-{count:05}==1.{count % 50}.{count % 7}" for count in range(number))


def hashed(number: int) -> tuple[str, ...]:
    """As tools that lock requirements write them."""
    return tuple(f"{pin} \\\n    --hash=sha256:{count:064x}" for count, pin in enumerate(pins(number)))


def compared(commands: Sequence[Command], rounds: int) -> Iterator[tuple[str, ...]]:
    """A row for each command; the ratios are to the first one."""
    found = [[run(command) for command in commands] for _ in range(rounds + 1)][1:]
    counts = [instructions(command) for command in commands]
    for number, command in enumerate(commands):
        runs, first = [one[number] for one in found], [one[0] for one in found]
        cpu = statistics.median(one.cpu / reference.cpu for one, reference in zip(runs, first, strict=True))
        yield (
            command.label,
            _ratio(counts[number], counts[0]),
            f"{cpu:.2f}",
            f"{_median(runs, 'memory') / _median(first, 'memory'):.2f}",
            "" if (count := counts[number]) is None else f"{count:,.0f}",
            f"{1000 * _median(runs, 'cpu'):.0f}",
            f"{1000 * _median(runs, 'wall'):.0f}",
            f"{_median(runs, 'memory'):.0f}",
        )


def grown(cogc: str, folder: Path) -> Iterator[tuple[str, ...]]:
    """A row for each number of lines, and what each line costs beyond the first ten."""
    for kind, lines in (("pinned", pins), ("with hashes", hashed)):
        least: float | None = None
        for number in LINES:
            place = project(
                folder / kind.replace(" ", "-") / str(number), "python_requirements: requirements.txt", lines(number)
            )
            command = Command(kind, place, (cogc, "compile"))
            count = instructions(command)
            least = count if least is None else least
            each = (count - least) / (number - LINES[0]) if count and least and number > LINES[0] else None
            shown = "" if count is None else f"{count:,.0f}"
            yield kind, f"{number:,}", shown, "" if each is None else f"{1000 * each:.0f}", f"{run(command).memory:.0f}"


def _median(runs: Sequence[Run], name: str) -> float:
    middle: float = statistics.median(getattr(one, name) for one in runs)
    return middle


def _ratio(value: float | None, reference: float | None) -> str:
    return f"{value / reference:.2f}" if value and reference else ""


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    for row in (head, ("---",) * len(head)):
        print(f"| {' | '.join(row)} |")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print()


def _command(text: str) -> Command:
    name, _, words = text.partition("=")
    label, _, folder = name.partition("@")
    return Command(label, Path(folder or "."), tuple(shlex.split(words)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cogc", default="cogc", help="the installed command")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("others", nargs="*", type=_command, metavar="LABEL[@FOLDER]=COMMAND")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        small = project(Path(place) / "small", PINNED)
        own = [
            Command("cogc compile", small, (asked.cogc, "compile")),
            Command("cogc compile --emit plan", small, (asked.cogc, "compile", "--emit", "plan")),
            Command("cogc --version", small, (asked.cogc, "--version")),
        ]
        head = ("command", "instructions x", "cpu x", "memory x", "M instructions", "cpu ms", "wall ms", "peak MiB")
        _table(head, compared([*own, *asked.others], asked.rounds))
        _table(
            ("requirements", "lines", "M instructions", "thousand a line", "peak MiB"), grown(asked.cogc, Path(place))
        )


if __name__ == "__main__":
    main()
