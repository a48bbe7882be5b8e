"""cogc build: an image of the project, in one build."""

import time
from pathlib import Path

import click

from ..deliver.revision import revision_labels
from ..deliver.secrets import check_secrets
from .building import Building, build_image, build_options, layers_of, open_project, seconds_since, size_of
from .console import say, show
from .project import compat_option, config_option
from .weights_option import FindLayers, weights_option


@click.command("build")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "-t", "--tag", metavar="NAME", help="The image's name; by default `image` of cog.yaml, else the folder's."
)
@config_option
@compat_option
@weights_option
@build_options
def command(folder: Path | None, tag: str | None, config: str, find_layers: FindLayers, how: Building) -> None:
    """Builds an image of the project in DIR (by default the nearest one) and prints its name."""
    start = time.monotonic()
    project = open_project(folder, config, find_layers=find_layers)
    show(check_secrets(project.spec, how.secrets))
    name = project.image_name(tag)
    built = build_image(project, project.recipe, name, how, revision_labels(project.folder))
    click.echo(f"Built {name} in {seconds_since(start)} ({size_of(name)}).", err=True)
    if layers := layers_of(name, built):
        say(f"layers: {layers}")
    click.echo(name)
