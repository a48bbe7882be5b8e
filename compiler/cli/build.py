"""cogc build: an image of the project, in one build."""

from pathlib import Path

import click

from .building import Building, build_options
from .image_options import Image, image_options
from .images import Wanted, make_images
from .project import compat_option, config_option
from .weights_option import FindLayers, weights_option


@click.command("build")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "-t", "--tag", "tags", metavar="NAME", multiple=True,
    help="The image's name; by default `image` of cog.yaml, else the folder's. May be repeated.",
)  # fmt: skip
@config_option
@compat_option
@image_options
@weights_option
@build_options
def command(
    folder: Path | None, tags: tuple[str, ...], config: str, image: Image, find_layers: FindLayers, how: Building
) -> None:
    """Builds an image of the project in DIR (by default the nearest one) and prints its name."""
    for made in make_images(Wanted(folder, config, tags, image, find_layers, how)):
        for name in made.names:
            click.echo(name)
