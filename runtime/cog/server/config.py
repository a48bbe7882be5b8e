"""What the command line and the environment say, read once."""

import argparse
from dataclasses import dataclass
from typing import List, Mapping, Optional, Tuple

from .._version import __version__
from .signing import key_of

_PORT = 5000
_READY_FILE = "/var/run/cog/ready"
_MAX_BODY_BYTES = 100 << 20
# What is watched where the model is loaded again.
_SOURCE = "*.py"
_WEIGHTS_FILE = "/.cog/weights.json"
_OTLP = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
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
    predict_timeout: Optional[float]
    cancel_grace: float
    shutdown_grace: float
    webhook_interval: float
    webhook_token: str
    webhook_key: bytes
    stream_capacity: int
    stream_keepalive: float
    history_seconds: float
    queue_length: int
    queue_patience: float
    max_body_bytes: int
    max_download_bytes: int
    download_timeout: Optional[float]
    log_level: str
    json_logs: bool
    span_exporters: Tuple[str, ...]
    ready_file: Optional[str]
    weights_file: str
    weights_timeout: float
    reload: Tuple[str, ...]


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
        setup_timeout=_limit(environment, "COG_SETUP_TIMEOUT"),
        predict_timeout=_limit(environment, "COG_PREDICT_TIMEOUT"),
        cancel_grace=_seconds(environment, "COG_CANCEL_GRACE", 10.0) or 0.0,
        shutdown_grace=_seconds(environment, "COG_SHUTDOWN_GRACE", 30.0) or 0.0,
        webhook_interval=_seconds(environment, "COG_THROTTLE_RESPONSE_INTERVAL", 0.5) or 0.0,
        webhook_token=environment.get("WEBHOOK_AUTH_TOKEN", ""),
        webhook_key=_key(environment),
        stream_capacity=_count(environment, "COG_STREAM_HISTORY_CAPACITY", 1024),
        stream_keepalive=_seconds(environment, "COG_STREAM_KEEPALIVE", 15.0) or 15.0,
        history_seconds=_seconds(environment, "COG_HISTORY_SECONDS", 600.0) or 0.0,
        queue_length=_count(environment, "COG_QUEUE_LENGTH", 0, flags.queue_length),
        queue_patience=_seconds(environment, "COG_QUEUE_SECONDS", 60.0) or 0.0,
        max_body_bytes=_count(environment, "COG_MAX_BODY_BYTES", _MAX_BODY_BYTES, flags.max_body_bytes),
        max_download_bytes=_count(environment, "COG_MAX_DOWNLOAD_BYTES", 0),
        download_timeout=_limit(environment, "COG_DOWNLOAD_TIMEOUT"),
        log_level=environment.get("COG_LOG_LEVEL", "info").upper(),
        json_logs=environment.get("LOG_FORMAT", "").lower() == "json",
        span_exporters=_span_exporters(environment),
        ready_file=_ready_file(environment),
        weights_file=environment.get("COG_WEIGHTS_FILE", _WEIGHTS_FILE),
        weights_timeout=_seconds(environment, "COG_WEIGHTS_TIMEOUT", 300.0) or 0.0,
        reload=(_SOURCE, *flags.reload_include) if flags.reload or flags.reload_include else (),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("cog.server.http", description="Serves predictions of a model over HTTP.")
    parser.add_argument("-v", "--version", action="version", version=__version__)
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=None, help="accepted for older images; has no effect")
    parser.add_argument("--workers", type=_one_or_more, default=1, help="processes that hold the model (default: 1)")
    parser.add_argument("--upload-url", default=None, help="where output files are sent by PUT")
    parser.add_argument("--queue-length", type=_whole, help="how many wait for a free slot (default: 0)")
    parser.add_argument("--max-body-bytes", type=_whole, help="longest request; 0 is no limit (default: 100 MiB)")
    parser.add_argument("--reload", action="store_true", help="load the model again when its source changes")
    parser.add_argument("--reload-include", action="append", default=[], help="and when a file of this pattern does")
    parser.add_argument("--await-explicit-shutdown", type=_truth, nargs="?", const=True, default=False)
    parser.add_argument("--x-mode", choices=("predict", "train"), default="predict")
    return parser


def _whole(text: str, least: int = 0) -> int:
    if not text.isdigit() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number, {least} or more")
    return int(text)


def _one_or_more(text: str) -> int:
    return _whole(text, least=1)


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


def _ready_file(environment: Mapping[str, str]) -> Optional[str]:
    """The file that a readiness probe looks for; None outside of Kubernetes."""
    inside = "KUBERNETES_SERVICE_HOST" in environment
    return environment.get("COG_READY_FILE", _READY_FILE) if inside else None


def _span_exporters(environment: Mapping[str, str]) -> Tuple[str, ...]:
    """Names, as OpenTelemetry's own variables give them; an endpoint alone asks for `otlp`."""
    default = "otlp" if any(environment.get(name) for name in _OTLP) else "none"
    names = (environment.get("OTEL_TRACES_EXPORTER") or default).split(",")
    return tuple(name.strip() for name in names if name.strip() not in ("", "none"))


def _at_least_one(text: str) -> int:
    """Anything but a positive number counts as 1, as in other runtimes."""
    return int(text) if text.isdigit() and int(text) > 0 else 1


def _key(environment: Mapping[str, str]) -> bytes:
    try:
        return key_of(environment.get("WEBHOOK_SIGNING_SECRET", ""))
    except ValueError as error:
        raise ConfigError(f"WEBHOOK_SIGNING_SECRET cannot be used: {error}") from None


def _count(environment: Mapping[str, str], name: str, default: int, flag: Optional[int] = None) -> int:
    """A whole number: that of the flag, of the variable, or the default. Raises ConfigError."""
    if flag is not None:
        return flag
    text = environment.get(name, "")
    if text and not text.isdigit():
        raise ConfigError(f"{name} is {text!r}; set it to a whole number, 0 or more")
    return int(text) if text else default


def _limit(environment: Mapping[str, str], name: str) -> Optional[float]:
    """Seconds; 0 is no limit, as for lengths."""
    return _seconds(environment, name, None) or None


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
