"""cogc inspect: what is in an image, from its labels."""

import json
from typing import Any

import click

from ..deliver.engine import require_engine
from ..deliver.image import Image, image
from ..explain.image import image_text
from .format_option import format_option
from .weights_shown import sizes_here

_OCI = "org.opencontainers.image"


@click.command("inspect")
@click.argument("name", metavar="IMAGE")
@click.option("--json", "as_json", is_flag=True, help="For programs: all of it, as one JSON object.")
@format_option
def command(name: str, as_json: bool) -> None:
    """Says what model is in IMAGE, on this machine or in a registry, without starting it."""
    require_engine()
    found = _data(image(name))
    click.echo(json.dumps(found, indent=2, ensure_ascii=False) if as_json else image_text(found).rstrip("\n"))


def _data(found: Image) -> dict[str, Any]:
    label = found.labels.get
    sizes = {**sizes_here(), **found.sizes} if found.weights else {}
    return {
        "version": 1,
        "name": found.name,
        "digest": found.digest,
        "platforms": list(found.platforms),
        "created": found.created,
        "cogc": label("run.cog.version", ""),
        "base": label(f"{_OCI}.base.name", ""),
        "revision": label(f"{_OCI}.revision", ""),
        "plan": label("run.cog.plan", ""),
        "recipe": label("run.cog.recipe", ""),
        "versions": found.versions,
        "weights": [{**each, "size": sizes.get(each["setDigest"])} for each in found.weights],
        "config": found.config,
        "schema": found.schema,
    }
