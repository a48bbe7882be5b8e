"""The compatibility database: rows of `compat/*.jsonl`, read when a question needs them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from . import resources
from .ir.rows import CudaImage, Place, Python, TensorFlow, TorchBuild


@dataclass(frozen=True)
class Compat:
    """The rows of one database folder. A file of it that is never asked for is never read."""

    folder: Path

    @classmethod
    def bundled(cls) -> "Compat":
        """The database that this release came with."""
        return cls(resources.COMPAT)

    @cached_property
    def pythons(self) -> tuple[Python, ...]:
        return tuple(Python(row["python"], row["at_least"], place) for place, row in self._rows("python"))

    @cached_property
    def torch(self) -> tuple[TorchBuild, ...]:
        return tuple(_torch_build(place, row) for place, row in self._rows("torch"))

    @cached_property
    def tensorflow(self) -> tuple[TensorFlow, ...]:
        return tuple(_tensorflow(place, row) for place, row in self._rows("tensorflow"))

    @cached_property
    def images(self) -> tuple[CudaImage, ...]:
        return tuple(
            CudaImage(row["cuda"], row["cudnn"], row["ubuntu"], row["tag"], place)
            for place, row in self._rows("cuda_images")
        )

    def _rows(self, name: str) -> Iterator[tuple[Place, dict[str, Any]]]:
        text = (self.folder / f"{name}.jsonl").read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            yield Place(f"compat/{name}.jsonl", number), json.loads(line)


def _torch_build(place: Place, row: dict[str, Any]) -> TorchBuild:
    return TorchBuild(
        release=row["torch"],
        cuda=row.get("cuda", ""),
        local=row.get("local", ""),
        torchvision=tuple(row["torchvision"]),
        torchaudio=tuple(row["torchaudio"]),
        index=row.get("index", ""),
        links=row.get("links", ""),
        python=tuple(row["python"]),
        python_alone=tuple(row.get("python_alone", row["python"])),
        assumed=tuple(row.get("assumed", ())),
        place=place,
    )


def _tensorflow(place: Place, row: dict[str, Any]) -> TensorFlow:
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
