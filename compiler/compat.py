"""The compatibility database: rows of `compat/*.jsonl`, read when a question needs them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from . import resources
from .ir.codes.database import DATABASE_ROW
from .ir.diagnostic import CompileError
from .ir.rows import Arm64, CudaImage, GpuFloor, GpuRelease, Place, Python, TensorFlow, TorchBuild, TorchWheel

Row = dict[str, Any]
R = TypeVar("R")


@dataclass(frozen=True)
class Compat:
    """The rows of one database folder. A file of it that is never asked for is never read.

    A file that the folder lacks is taken from the database that this release came with.
    """

    folder: Path

    @classmethod
    def bundled(cls) -> "Compat":
        """The database that this release came with."""
        return cls(resources.COMPAT)

    @cached_property
    def pythons(self) -> tuple[Python, ...]:
        return self._read("python", lambda place, row: Python(row["python"], row["at_least"], place))

    @cached_property
    def torch(self) -> tuple[TorchBuild, ...]:
        wheels = {wheel.release: wheel for wheel in self.torch_wheels}
        return self._read("torch", lambda place, row: _torch_build(place, row, wheels.get(row["torch"])))

    @cached_property
    def torch_wheels(self) -> tuple[TorchWheel, ...]:
        return self._read("torch_wheels", lambda place, row: TorchWheel(row["torch"], row["cuda"], row["cudnn"], place))

    @cached_property
    def tensorflow(self) -> tuple[TensorFlow, ...]:
        return self._read("tensorflow", _tensorflow)

    @cached_property
    def jax(self) -> tuple[GpuRelease, ...]:
        return self._read("jax", lambda place, row: _gpu_release("jax", place, row))

    @cached_property
    def onnxruntime(self) -> tuple[GpuRelease, ...]:
        return self._read("onnxruntime", lambda place, row: _gpu_release("onnxruntime-gpu", place, row))

    @cached_property
    def floors(self) -> tuple[GpuFloor, ...]:
        return self._read("gpu_floors", _floor)

    @cached_property
    def arm64(self) -> tuple[Arm64, ...]:
        return self._read(
            "arm64", lambda place, row: Arm64(row["package"], row["since"], row.get("cuda", ""), place)
        )  # fmt: skip

    @cached_property
    def images(self) -> tuple[CudaImage, ...]:
        return self._read(
            "cuda_images",
            lambda place, row: CudaImage(row["cuda"], row["cudnn"], row["ubuntu"], row["tag"], place),
        )

    def rows(self, name: str) -> Iterator[tuple[Place, Row]]:
        """The rows of a file as they stand.

        Raises CompileError (`database-row`).
        """
        own = self.folder / f"{name}.jsonl"
        path = own if own.is_file() else resources.COMPAT / f"{name}.jsonl"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            place = Place(f"{path.parent.name}/{path.name}", number)
            yield place, _parsed(place, line)

    def _read(self, name: str, make: Callable[[Place, Row], R]) -> tuple[R, ...]:
        return tuple(_made(place, row, make) for place, row in self.rows(name))


def _parsed(place: Place, line: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise _broken(place, f"is no JSON: {error}") from error
    if not isinstance(row, dict):
        raise _broken(place, "is no JSON object")
    return row


def _made(place: Place, row: Row, make: Callable[[Place, Row], R]) -> R:
    try:
        return make(place, row)
    except KeyError as error:
        raise _broken(place, f"lacks {error.args[0]!r}") from error
    except (TypeError, ValueError) as error:
        raise _broken(place, f"has a value that does not fit: {error}") from error


def _broken(place: Place, fault: str) -> CompileError:
    help = "correct it by schemas/compat.schema.json, or leave the file out to use the one that cogc came with"
    return CompileError([DATABASE_ROW.bare(f"{place.file}:{place.line} {fault}", help=help)])


def _torch_build(place: Place, row: Row, wheel: TorchWheel | None) -> TorchBuild:
    return TorchBuild(
        release=row["torch"],
        cuda=row.get("cuda", ""),
        local=row.get("local", ""),
        torchvision=tuple(row["torchvision"]),
        torchaudio=tuple(row["torchaudio"]),
        index=row.get("index", ""),
        links=row.get("links", ""),
        python=tuple(row["python"]),
        python_alone=tuple(row["python_alone" if "python_alone" in row else "python"]),
        assumed=tuple(row.get("assumed", ())),
        wheel=wheel,
        place=place,
    )


def _tensorflow(place: Place, row: Row) -> TensorFlow:
    return TensorFlow(
        release=row["tensorflow"],
        cuda=row["cuda"],
        cudnn=row["cudnn"],
        python=tuple(row["python"]),
        extra=row.get("extra", ""),
        without_image=row.get("without_image", False),
        assumed=False,
        place=place,
    )


def _gpu_release(package: str, place: Place, row: Row) -> GpuRelease:
    return GpuRelease(
        package=package,
        release=row[package],
        cuda=row["cuda"],
        cudnn=row["cudnn"],
        python=tuple(row["python"]),
        extras=tuple(row.get("extras", ())),
        assumed=False,
        place=place,
    )


def _floor(place: Place, row: Row) -> GpuFloor:
    return GpuFloor(row["capability"], row.get("torch", ""), row["cuda"], row.get("dropped", ""), place)
