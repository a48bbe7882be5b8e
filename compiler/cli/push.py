"""cogc push: the image of the project, in a registry."""

import time
from pathlib import Path

import click

from ..backends import docker
from ..deliver.push import join, push
from ..ir.codes.engine import IMAGE_NAME_MISSING
from ..ir.diagnostic import CompileError
from .building import Building, Project, build_options, seconds_since
from .console import say
from .image_options import Image, image_options, name_in_variables
from .images import Made, Wanted, make_images, names_of
from .project import compat_option, config_option, folder_option
from .weights_option import FindLayers, weights_option


@click.command("push")
@click.argument("name", metavar="[IMAGE]", required=False)
@click.option(
    "-t", "--tag", "tags", metavar="NAME", multiple=True, help="A further name to push under; may be repeated."
)
@folder_option
@config_option
@compat_option
@image_options
@weights_option
@build_options
def command(
    name: str | None, tags: tuple[str, ...], folder: Path | None, config: str, image: Image,
    find_layers: FindLayers, how: Building,
) -> None:  # fmt: skip
    """Builds the project's image and pushes it to the registry that its name says; prints its digest there.

    The name is IMAGE, else `image` of cog.yaml.
    """
    wanted = Wanted(folder, config, (*((name,) if name else ()), *tags), image, find_layers, how)
    found: list[str] = []
    made = make_images(wanted, lambda project: found.extend(_stated(wanted, project)))
    for target in dict.fromkeys(found):
        click.echo(f"{docker.repository_of(target)}@{_push(target, made)}")


def _stated(wanted: Wanted, project: Project) -> tuple[str, ...]:
    """Raises CompileError (`image-name-missing`) where nobody has said where to push."""
    if wanted.tags or name_in_variables() or project.spec.image is not None:
        return names_of(wanted, project)
    advice = "name it: `cogc push REGISTRY/NAME`, or add `image: REGISTRY/NAME` to cog.yaml"
    raise CompileError([IMAGE_NAME_MISSING.bare("nothing says under which name to push the image", help=advice)])


def _push(target: str, made: tuple[Made, ...]) -> str:
    """One image as it is; several under their own names, and then as one."""
    start = time.monotonic()
    say(f"Pushing {target} …")
    if len(made) == 1:
        digest = push(target, say)
    else:
        names = tuple(docker.platform_image_name(target, one.platform) for one in made)
        parts = tuple(f"{docker.repository_of(name)}@{push(name, say)}" for name in names)
        digest = join(target, parts)
    say(f"Pushed {target} in {seconds_since(start)}.")
    return digest
