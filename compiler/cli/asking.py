"""What `predict` and `train` share: their options, and one piece of work from its inputs to what is shown."""

import functools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from ..backends import docker
from ..deliver import container, local_server
from ..deliver.asking import ask, follow, watch
from ..deliver.endpoint import PREDICTION, TRAINING, Endpoint
from ..deliver.engine import require_engine
from ..deliver.inputs import parse_inputs
from ..deliver.local import prepare
from ..deliver.outputs import Shown, closing, cut_off, present, present_piece, present_weights
from ..deliver.schema import OutputSchema, input_schema, offers, output_schema, streams
from ..deliver.server import Hear, Server, wait_until_ready
from ..deliver.target import require_writable
from ..ir.codes.delivery import NO_PREDICTOR, NO_TRAINING
from ..ir.diagnostic import CompileError
from .building import Building, with_options
from .console import say, show
from .model_log import model_log
from .running import Running, Source, document_of, in_image, mounted, open_model
from .weights_shown import link_weights

# The server's own news are not the model's log.
_QUIET = "COG_LOG_LEVEL=warning"

_MISSING = {PREDICTION: (NO_PREDICTOR, "predictor", "predict"), TRAINING: (NO_TRAINING, "training", "train")}

Document = dict[str, Any]
Start = Callable[[Hear], AbstractContextManager[Server]]


@dataclass(frozen=True, slots=True)
class Asking:
    """What to ask for, and where the answer goes: the options of `ask_options`."""

    image: str | None
    given: tuple[str, ...]
    document: str | None
    target: Path | None
    setup_timeout: float


@dataclass(frozen=True, slots=True)
class Model:
    """What is asked: `can_be_watched` where its server tells how far a prediction is."""

    document: Document
    can_be_watched: bool
    start: Start


_OPTIONS = (
    click.argument("image", metavar="[IMAGE]", required=False),
    click.option(
        "-i", "--input", "given", metavar="NAME=VALUE", multiple=True,
        help="An input; NAME=@FILE sends a file, and a name given again makes a list.",
    ),
    click.option(
        "--json", "document", metavar="JSON",
        help="The inputs as an object in JSON: its text, @FILE, or @- for standard input.",
    ),
    click.option(
        "--setup-timeout", metavar="SECONDS", type=float, default=300, show_default=True,
        help="How long the model's setup may take.",
    ),
)  # fmt: skip


def ask_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the argument and options of one piece of work, which arrive as one parameter `asking`."""

    @functools.wraps(command)
    def bundled(
        *, image: str | None, given: tuple[str, ...], document: str | None, target: Path | None,
        setup_timeout: float, **rest: Any,
    ) -> None:  # fmt: skip
        command(asking=Asking(image, given, document, target, setup_timeout), **rest)

    return with_options(bundled, *_OPTIONS)


def perform(endpoint: Endpoint, asking: Asking, source: Source, running: Running, how: Building) -> None:
    """Raises CompileError: inputs that do not fit before anything is built, then what goes wrong."""
    if asking.target is not None:
        require_writable(asking.target)
    options = ("--await-explicit-shutdown", "true", "--x-mode", endpoint.mode)
    running = replace(running, environment=(_QUIET, *running.environment))
    if asking.image is not None:
        model = _of_image(asking.image, running, options)
    else:
        model = _of_project(endpoint, source, running, how, options)
    inputs = parse_inputs(asking.given, input_schema(_offered(model.document, endpoint), endpoint), asking.document)
    with model_log() as hear, model.start(hear) as server:
        wait_until_ready(server, asking.setup_timeout)
        say("Training…" if endpoint is TRAINING else "Predicting…")
        shown = _answer(server, endpoint, model, inputs, asking.target)
    _show(shown)


def _offered(document: Document, endpoint: Endpoint) -> Document:
    if offers(document, endpoint):
        return document
    code, missing, key = _MISSING[endpoint]
    raise CompileError([code.bare(f"the image has no {missing}", help=f"build it with `{key}` in cog.yaml")])


def _of_project(endpoint: Endpoint, source: Source, running: Running, how: Building, options: tuple[str, ...]) -> Model:
    project = open_model(source, endpoint)

    def start(hear: Hear) -> AbstractContextManager[Server]:
        if source.local:
            link_weights(project)
            made = prepare(project.folder, project.recipe)
            show((made.differences(),))
            return local_server.serving(made, running.environment, hear, options)
        return container.serving(replace(mounted(project, how, running), command=(*docker.SERVER, *options)), hear)

    return Model(document_of(project), True, start)


def _of_image(image: str, running: Running, options: tuple[str, ...]) -> Model:
    require_engine()
    if not container.is_here(image):
        say(f"Pulling {image}…")
    found = container.described(image)

    def start(hear: Hear) -> AbstractContextManager[Server]:
        return container.serving(replace(in_image(image, found, running), command=(*docker.SERVER, *options)), hear)

    return Model(found.document, found.is_ours, start)


def _answer(server: Server, endpoint: Endpoint, model: Model, inputs: dict[str, Any], target: Path | None) -> Shown:
    """What is left to show when the server has ended, and with it the log."""
    schema = output_schema(model.document, endpoint)
    if target is None and schema.comes_in_pieces and model.can_be_watched:
        ways = follow if streams(model.document, endpoint) else watch
        _show_pieces(ways(server, endpoint, inputs), schema)
        return Shown("")
    output = ask(server, endpoint, inputs)
    if target is not None and endpoint is TRAINING:
        return present_weights(output, schema, target)
    return present(output, schema, target)


def _show_pieces(pieces: Iterator[Any], schema: OutputSchema) -> None:
    last = None
    try:
        for index, piece in enumerate(pieces):
            last = present_piece(piece, index, schema)
            _write(last)
            click.echo(last.text, nl=False)
    except CompileError:
        click.echo(cut_off(last), nl=False)
        raise
    click.echo(closing(last, schema), nl=False)


def _show(shown: Shown) -> None:
    _write(shown)
    if shown.text:
        click.echo(shown.text)


def _write(shown: Shown) -> None:
    for file in shown.files:
        file.path.write_bytes(file.content)
        say(f"Written output to {file.path}")
