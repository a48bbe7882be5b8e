"""An image that is the same whenever and by whichever builder it was made: rewritten between save and load."""

import io
import json
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from ..backends import docker
from ..ir.codes.delivery import BUILD_FAILED
from ..ir.diagnostic import CompileError
from .engine import last_line, output
from .layers import Tree, read_layer, write_layer

Config = dict[str, Any]
_CONFIG = "config.json"


def make_timeless(names: tuple[str, ...], seconds: int, place: Path) -> None:
    """Replaces the image that has these names; `place` is a folder for files of the image's size.

    Layers of the base keep their bytes, so that they are shared. Raises CompileError (`build-failed`).
    """
    before = output(docker.image_id(names[0])).stdout.strip()
    with tempfile.TemporaryDirectory(dir=place) as folder:
        saved, made = Path(folder) / "saved.tar", Path(folder) / "made.tar"
        _done(docker.save(names[0], str(saved)))
        with tarfile.open(saved) as source, tarfile.open(made, "w") as target:
            _rewrite(source, target, names, seconds)
        saved.unlink()
        _done(docker.load(str(made)))
    if output(docker.image_id(names[0])).stdout.strip() != before:
        output(docker.remove_image(before))


def _rewrite(source: tarfile.TarFile, target: tarfile.TarFile, names: tuple[str, ...], seconds: int) -> None:
    manifest = json.loads(_part(source, "manifest.json").read())[0]
    config = json.loads(_part(source, manifest["Config"]).read())
    tree = Tree()
    kept = _kept(config, seconds)
    digests = tuple(
        _copied(_part(source, layer), tree, target, config["rootfs"]["diff_ids"][number])
        if kept[number]
        else _rewritten(_part(source, layer), tree, target, seconds)
        for number, layer in enumerate(manifest["Layers"])
    )
    config["rootfs"]["diff_ids"] = digests
    _add(target, _CONFIG, io.BytesIO(json.dumps(config, sort_keys=True, separators=(",", ":")).encode()))
    described = [
        {"Config": _CONFIG, "RepoTags": tuple(map(docker.tagged, names)), "Layers": tuple(map(_name, digests))}
    ]
    _add(target, "manifest.json", io.BytesIO(json.dumps(described).encode()))


def _kept(config: Config, seconds: int) -> tuple[bool, ...]:
    """Of each layer whether it is older than this build, which has given its own layers the time asked for."""
    ours = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return tuple(entry.get("created") != ours for entry in config["history"] if not entry.get("empty_layer"))


def _copied(layer: IO[bytes], tree: Tree, target: tarfile.TarFile, digest: str) -> str:
    read_layer(layer, tree)
    layer.seek(0)
    _add(target, _name(digest), layer)
    return digest


def _rewritten(layer: IO[bytes], tree: Tree, target: tarfile.TarFile, seconds: int) -> str:
    with tempfile.TemporaryFile(dir=Path(str(target.name)).parent) as content:
        digest = write_layer(layer, tree, seconds, content)
        content.seek(0)
        _add(target, _name(digest), content)
    return digest


def _name(digest: str) -> str:
    return f"{digest.partition(':')[2]}.tar"


def _part(source: tarfile.TarFile, name: str) -> IO[bytes]:
    found = source.extractfile(name)
    assert found is not None, "an image's archive has the files that its manifest names"
    return found


def _add(target: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    target.addfile(entry, content)


def _done(argv: docker.Argv) -> None:
    answer = output(argv)
    if answer.returncode != 0:
        raise CompileError([BUILD_FAILED.bare(f"the image could not be rewritten: {last_line(answer.stderr)}")])
