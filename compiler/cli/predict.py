"""cogc predict: one prediction, with the project or with an image."""

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..backends import docker
from ..deliver import container, local_server
from ..deliver.engine import require_engine
from ..deliver.inputs import parse_inputs
from ..deliver.local import prepare
from ..deliver.outputs import present
from ..deliver.schema import OutputSchema, input_schema, output_schema, streams
from ..deliver.server import Server, follow, predict, wait_until_ready
from ..ir.codes.delivery import PREDICTION_FAILED
from ..ir.diagnostic import CompileError
from .building import Building, build_options
from .console import show
from .project import config_option, folder_option
from .running import Running, document_of, local_option, mounted, open_model, run_options, usable
from .weights_shown import image_mounts, link_weights

# Without it a server whose setup failed would be gone before it could say why.
_WAIT = ("python", "-m", "cog.server.http", "--await-explicit-shutdown", "true")

Document = dict[str, Any]
Given = tuple[str, ...]


@click.command("predict")
@click.argument("image", metavar="[IMAGE]", required=False)
@click.option(
    "-i",
    "--input",
    "given",
    metavar="NAME=VALUE",
    multiple=True,
    help="An input; NAME=@FILE sends a file, and a name given again makes a list.",
)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the output.",
)
@click.option(
    "--setup-timeout",
    metavar="SECONDS",
    type=float,
    default=300,
    show_default=True,
    help="How long the model's setup may take.",
)
@run_options
@local_option
@folder_option
@config_option
@build_options
def command(
    image: str | None, given: Given, target: Path | None, setup_timeout: float,
    running: Running, local: bool, folder: Path | None, config: str, how: Building,
) -> None:  # fmt: skip
    """Makes one prediction with the project, or with IMAGE, and prints or writes its output."""
    if image is not None:
        _predict(*_of_image(image, given, running), setup_timeout, target)
        return
    project = open_model(folder, config)
    document = document_of(project)
    inputs = parse_inputs(given, input_schema(document))
    if local:
        link_weights(project)
        made = prepare(project.folder, project.recipe)
        show((made.differences(),))
        server = local_server.serving(made, running.environment)
    else:
        server = container.serving(replace(mounted(project, how, running), command=_WAIT))
    _predict(server, document, inputs, setup_timeout, target)


def _of_image(
    image: str, given: Given, running: Running
) -> tuple[AbstractContextManager[Server], Document, dict[str, Any]]:
    require_engine()
    found = container.described(image)
    inputs = parse_inputs(given, input_schema(found.document))
    weights = image_mounts(found.weights)
    gpus = usable(image, running.gpus_for(found.uses_gpu))
    asked = docker.Container(
        image, container.fresh_name(), "", running.environment, gpus=gpus, options=weights, command=_WAIT
    )  # fmt: skip
    return container.serving(asked), found.document, inputs


def _predict(
    starting: AbstractContextManager[Server], document: Document, inputs: dict[str, Any], seconds: float,
    target: Path | None,
) -> None:  # fmt: skip
    with starting as server:
        wait_until_ready(server, seconds)
        click.echo("Predicting…", err=True)
        if streams(document) and target is None:
            _follow(server, inputs)
            return
        prediction = predict(server, inputs)
    click.echo(prediction.get("logs", ""), err=True, nl=False)
    _check(prediction)
    _show(prediction.get("output"), output_schema(document), target)


def _follow(server: Server, inputs: dict[str, Any]) -> None:
    """Prints pieces of the output as they come, and logs beside them."""
    for event in follow(server, inputs):
        if event.kind == "output":
            click.echo(event.data["chunk"], nl=not isinstance(event.data["chunk"], str))
        if event.kind == "log":
            click.echo(event.data["data"], err=True, nl=False)
        if event.kind in ("completed", "error"):
            _check(event.data)
    click.echo()


def _check(prediction: dict[str, Any]) -> None:
    if prediction.get("status") != "succeeded":
        status, error = prediction.get("status", "failed"), prediction.get("error") or "no reason given"
        raise CompileError([PREDICTION_FAILED.bare(f"the prediction {status}: {error}")])


def _show(output: Any, schema: OutputSchema, target: Path | None) -> None:
    shown = present(output, schema, target)
    for file in shown.files:
        file.path.write_bytes(file.content)
        click.echo(f"Written output to {file.path}", err=True)
    if shown.text:
        click.echo(shown.text)
