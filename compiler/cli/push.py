"""cogc push: the image of the project, in a registry."""

import time
from pathlib import Path

import click

from ..backends import docker
from ..deliver.push import push, push_as
from ..ir.codes.engine import IMAGE_NAME_MISSING
from ..ir.diagnostic import CompileError
from ..weights.runtime import mounted
from .building import Building, Project, build_options, seconds_since
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

    The name is IMAGE, else `image` or `model` of cog.yaml. A model with weights becomes the index of its image and of
    them; what the registry has not of the weights is pushed, too.
    """
    wanted = Wanted(folder, config, (*((name,) if name else ()), *tags), image, find_layers, how)
    found: list[Project] = []
    made = make_images(wanted, lambda project: found.append(_checked(wanted, project)))
    project = found[0]
    for target in dict.fromkeys(_stated(wanted, project)):
        click.echo(f"{docker.repository_of(target)}@{_push(project, target, made, how)}")


def _checked(wanted: Wanted, project: Project) -> Project:
    """Before anything is built. Raises CompileError for what would stop the push of its weights, or its name."""
    targets = _stated(wanted, project)
    if mounted(project.recipe):
        from .weights_pushed import check_weights

        check_weights(project, targets)
    return project


def _stated(wanted: Wanted, project: Project) -> tuple[str, ...]:
    """Raises CompileError (`image-name-missing`) where nobody has said where to push."""
    if wanted.tags or name_in_variables() or project.spec.image or project.spec.model:
        return names_of(wanted, project)
    advice = "name it: `cogc push REGISTRY/NAME`, or add `image: REGISTRY/NAME` to cog.yaml"
    raise CompileError([IMAGE_NAME_MISSING.bare("nothing says under which name to push the image", help=advice)])


def _push(project: Project, target: str, made: tuple[Made, ...], how: Building) -> str:
    """The digest of what the name stands for then."""
    start = time.monotonic()
    how.say(f"Pushing {target} …")
    is_one = len(made) == 1 and not mounted(project.recipe)
    digest = push(target, how.say) if is_one else _push_as_one(project, target, made, how)
    how.say(f"Pushed {target} in {seconds_since(start)}.")
    return digest


def _push_as_one(project: Project, target: str, made: tuple[Made, ...], how: Building) -> str:
    from .weights_meter import meter
    from .weights_pushed import as_one

    return as_one(project, target, _push_images(target, made, how), meter(quiet=not how.is_for_people))


def _push_images(target: str, made: tuple[Made, ...], how: Building) -> tuple[str, ...]:
    """Their digests: `target` itself is moved when all is there, so that each is pushed under a name of its own."""
    if len(made) == 1:
        return (push_as(docker.tagged(target), docker.name_beside_weights(target), how.say),)
    return tuple(push(docker.platform_image_name(target, one.platform), how.say) for one in made)
