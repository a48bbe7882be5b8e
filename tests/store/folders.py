"""Files, stores and projects of these tests."""

import hashlib
import json
from pathlib import Path
from typing import Any

from cogc.store.store import Store
from cogc.weights.files import WeightFile, WeightSet

PREDICT = b"""
from cog import BasePredictor

class Predictor(BasePredictor):
    def predict(self) -> str:
        return ""
"""


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def store_at(folder: Path) -> Store:
    return Store.open({"COG_CACHE_DIR": str(folder)})


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def file_of(path: str, content: bytes) -> WeightFile:
    return WeightFile(path, len(content), digest_of(content))


def set_of(files: dict[str, bytes], name: str = "model") -> WeightSet:
    return WeightSet(name, "/src/weights", tuple(file_of(path, content) for path, content in files.items()))


def keep(store: Store, content: bytes) -> str:
    """Puts a content into the store, past the code that brings files there."""
    digest = digest_of(content)
    place = store.path_of(digest)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    place.chmod(0o444)
    return digest


def names_in(folder: Path) -> list[str]:
    """All files below a folder, by their paths."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def stored(store: Store) -> list[str]:
    """Digests of all that has a name in the store."""
    return sorted(one.digest for one in store.all())


def project(folder: Path, *weights: dict[str, Any], model: str = "127.0.0.1:1/team/model") -> Path:
    """A project with weights, each of which needs a name and a source."""
    entries = [{"target": f"/src/{entry['name']}", **entry} for entry in weights]
    config = {
        "build": {"python_version": "3.12"},
        "predict": "predict.py:Predictor",
        "model": model,
        "weights": entries,
    }
    return written(folder, {"cog.yaml": json.dumps(config).encode(), "predict.py": PREDICT})
