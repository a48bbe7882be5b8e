"""`cogc compile --emit bake`: the targets of one project, for `docker buildx bake`."""

from pathlib import Path

import click

from ..backends.bake import FILE, bake_json
from ..backends.docker import default_image_name
from ..deliver.bake import write_bake
from ..frontend.files import FolderFiles
from ..frontend.load import load
from ..pipeline import Compilation
from .additions import added
from .console import say, show
from .platforms import PLATFORMS
from .project import database
from .weights_option import FindLayers

_DEFAULT = PLATFORMS[:1]


def bake(
    files: FolderFiles, config: str, platforms: tuple[str, ...], find_layers: FindLayers, output: Path | None
) -> None:
    """Prints the file, or writes it with its contexts.

    Raises CompileError when the project cannot be compiled for one of the platforms.
    """
    wanted = platforms or _DEFAULT
    layers = find_layers(files.root)
    compiled = [
        Compilation(files, config, database(), front=added(load, platform), weights=layers) for platform in wanted
    ]
    recipes = tuple((platform, one.recipe) for platform, one in zip(wanted, compiled, strict=True))
    show(compiled[0].diagnostics)
    if output is None:
        click.echo(bake_json(_name(compiled[0]), wanted), nl=False)
        return
    write_bake(_name(compiled[0]), recipes, files.root, output)
    say(f"Wrote {output}; `docker buildx bake` there, with this {FILE}, makes the images.")


def bake_text(compilation: Compilation) -> str:
    """The file for one platform."""
    return bake_json(_name(compilation), _DEFAULT)


def _name(compilation: Compilation) -> str:
    stated = compilation.spec.image
    return stated.value if stated is not None else default_image_name(compilation.files.name)
