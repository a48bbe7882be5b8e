"""Loading the model, describing it, setting it up; then serving it until the server ends."""

import asyncio
import inspect
import json
import sys
from dataclasses import dataclass
from typing import Any, Callable, Optional

from ..base import BaseRunner
from ..introspect import SignatureError
from ..loader import LoadError
from ..signature import Signature
from . import aio, sync
from .attendant import watch
from .channel import Channel
from .entry import Entry, load_entry
from .model import Model
from .output import route_output
from .report import end_if_forked, flush, message_of
from .tracebacks import print_traceback
from .weights import weights_for


class SetupError(Exception):
    """The model asks for what cannot be done; the message says what to change."""


_EXPLAINED = (LoadError, SignatureError, SetupError)


@dataclass(frozen=True)
class Spec:
    """What the server asks of a worker. `other` is the entry point of the mode that is not served, or empty."""

    data_fd: int
    control_fd: int
    mode: str
    reference: str
    other: str
    max_concurrency: int

    @classmethod
    def from_json(cls, text: str) -> "Spec":
        return cls(**json.loads(text))


def start(spec: Spec, channel: Channel) -> int:
    """Serves until the server hangs up; returns the exit status."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    attendant = watch(spec.control_fd)
    try:
        entry = load_entry(spec.reference, spec.mode)
        channel.send(_description(spec, entry))
        if entry.signature.is_async:
            route_output(channel)
        model = _set_up(spec, entry, loop)
        # A line that is still without its end belongs to the setup.
        flush()
    except BaseException as error:
        end_if_forked(error)
        told = _told(error)
        flush()
        channel.send({"type": "setup_failed", "error": told})
        return 1
    attendant.attach(model, loop)
    channel.send({"type": "ready", "slots": model.slots, "is_async": model.is_async})
    if model.is_async:
        loop.run_until_complete(aio.serve(channel, model))
    else:
        sync.serve(channel, model)
    return 0


def _told(error: BaseException) -> str:
    """Prints what the author of the model needs to see, and returns the short form."""
    if isinstance(error, _EXPLAINED):
        print_error(str(error))
    else:
        print_traceback(error)
    return message_of(error)


def print_error(text: str) -> None:
    print(f"error: {text}", file=sys.stderr)


def _description(spec: Spec, entry: Entry) -> Any:
    other = _other_signature(spec)
    found = {spec.mode: entry.signature.to_json()}
    if other is not None:
        found["train" if spec.mode == "predict" else "predict"] = other.to_json()
    return {"type": "signature", "signatures": found}


def _other_signature(spec: Spec) -> Optional[Signature]:
    """A broken entry point of the other mode is told and left out: this mode does not need it."""
    if not spec.other:
        return None
    try:
        return load_entry(spec.other, "train" if spec.mode == "predict" else "predict").signature
    except Exception as error:
        print_error(f"{spec.other} is left out of the schema: {error}")
        return None


def _set_up(spec: Spec, entry: Entry, loop: asyncio.AbstractEventLoop) -> Model:
    slots = max(spec.max_concurrency, entry.signature.max_concurrency)
    if slots > 1 and not entry.signature.is_async:
        raise SetupError(f"concurrency of {slots} needs an async function: write 'async def' or set it to 1")
    entry.settle_defaults()
    instance = entry.owner() if entry.owner else None
    setup = getattr(instance, "setup", None)
    if setup is not None:
        _run_setup(setup, entry, loop)
    return Model(entry, entry.bound_to(instance), getattr(instance, "healthcheck", None), slots)


def _run_setup(setup: Callable[..., Any], entry: Entry, loop: asyncio.AbstractEventLoop) -> None:
    is_async = inspect.iscoroutinefunction(setup)
    if is_async and not entry.signature.is_async:
        raise SetupError("an async setup needs an async predict: make both async, or neither")
    parameters = [name for name in inspect.signature(setup).parameters if name not in ("args", "kwargs")]
    result = setup(weights_for(parameters[0], setup)) if _takes_weights(setup, parameters) else setup()
    if is_async:
        loop.run_until_complete(result)


def _takes_weights(setup: Callable[..., Any], parameters: Any) -> bool:
    return bool(parameters) and getattr(setup, "__func__", None) is not BaseRunner.setup
