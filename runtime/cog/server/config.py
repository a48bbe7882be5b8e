"""What the command line and the environment say, read once."""

import argparse
from dataclasses import dataclass
from typing import List, Mapping, Optional

from .._version import __version__

_PORT = 5000
_STUBS = {"predict": "COG_PREDICT_TYPE_STUB", "train": "COG_TRAIN_TYPE_STUB"}


class ConfigError(Exception):
    """The message names the flag or variable and what to set it to."""


@dataclass(frozen=True)
class Config:
    """Times are in seconds; None is no limit. `other` is the reference of the mode not served, or empty."""

    host: str
    port: int
    mode: str
    reference: str
    other: str
    workers: int
    max_concurrency: int
    upload_url: Optional[str]
    await_explicit_shutdown: bool
    setup_timeout: Optional[float]
    cancel_grace: float
    shutdown_grace: float
    webhook_interval: float
    webhook_token: str
    log_level: str
    kubernetes: bool


def configuration(arguments: List[str], environment: Mapping[str, str]) -> Config:
    """Raises ConfigError; exits like every command line for `--version` and unknown flags."""
    flags = _parser().parse_args(arguments)
    return Config(
        host=flags.host.strip("[]"),
        port=_port(environment),
        mode=flags.x_mode,
        reference=_reference(flags.x_mode, environment),
        other=environment.get(_STUBS["train" if flags.x_mode == "predict" else "predict"], ""),
        workers=flags.workers,
        max_concurrency=_at_least_one(environment.get("COG_MAX_CONCURRENCY", "")),
        upload_url=flags.upload_url,
        await_explicit_shutdown=flags.await_explicit_shutdown,
        setup_timeout=_seconds(environment, "COG_SETUP_TIMEOUT", None),
        cancel_grace=_seconds(environment, "COG_CANCEL_GRACE", 10.0) or 0.0,
        shutdown_grace=_seconds(environment, "COG_SHUTDOWN_GRACE", 30.0) or 0.0,
        webhook_interval=_seconds(environment, "COG_THROTTLE_RESPONSE_INTERVAL", 0.5) or 0.0,
        webhook_token=environment.get("WEBHOOK_AUTH_TOKEN", ""),
        log_level=environment.get("COG_LOG_LEVEL", "info").upper(),
        kubernetes="KUBERNETES_SERVICE_HOST" in environment,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("cog.server.http", description="Serves predictions of a model over HTTP.")
    parser.add_argument("-v", "--version", action="version", version=__version__)
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=None, help="accepted for older images; has no effect")
    parser.add_argument("--workers", type=int, default=1, help="processes that hold the model (default: %(default)s)")
    parser.add_argument("--upload-url", default=None, help="where output files are sent by PUT")
    parser.add_argument("--await-explicit-shutdown", type=_truth, nargs="?", const=True, default=False)
    parser.add_argument("--x-mode", choices=("predict", "train"), default="predict")
    return parser


def _truth(text: str) -> bool:
    return text.strip().lower() not in ("", "0", "false", "no")


def _reference(mode: str, environment: Mapping[str, str]) -> str:
    found = environment.get(_STUBS[mode], "")
    if not found:
        raise ConfigError(f"{_STUBS[mode]} is not set; set it to the model's place, such as predict.py:Predictor")
    return found


def _port(environment: Mapping[str, str]) -> int:
    text = environment.get("PORT", "") or str(_PORT)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ConfigError(f"PORT is {text!r}; set it to a number from 1 to 65535")
    return int(text)


def _at_least_one(text: str) -> int:
    """Anything but a positive number counts as 1, as in other runtimes."""
    return int(text) if text.isdigit() and int(text) > 0 else 1


def _seconds(environment: Mapping[str, str], name: str, default: Optional[float]) -> Optional[float]:
    text = environment.get(name, "")
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        raise ConfigError(f"{name} is {text!r}; set it to a number of seconds") from None
    if not 0 <= value < float("inf"):
        raise ConfigError(f"{name} is {text!r}; set it to 0 or more seconds")
    return value
