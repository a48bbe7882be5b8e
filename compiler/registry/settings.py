"""Settings of transfers, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..ir.codes.registry import REGISTRY_SETTING
from ..ir.diagnostic import CompileError

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes in bytes. Blobs above `threshold` are sent in chunks, those above `split` are fetched in ranges."""

    workers: int = 4
    chunk: int = 96 * _MIB
    threshold: int = 128 * _MIB
    span: int = 64 * _MIB
    split: int = 256 * _MIB


def settings_of(environment: Mapping[str, str]) -> Settings:
    """The settings that the variables COG_PUSH_… ask for. Raises CompileError (`registry-setting`)."""
    default = Settings()
    return Settings(
        workers=_number(environment, "COG_PUSH_CONCURRENCY", default.workers),
        chunk=_number(environment, "COG_PUSH_DEFAULT_CHUNK_SIZE", default.chunk),
        threshold=_number(environment, "COG_PUSH_MULTIPART_THRESHOLD", default.threshold),
    )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        message = f"{name} is {text!r}, which is no whole number of 1 or more"
        raise CompileError([REGISTRY_SETTING.bare(message, help=f"unset it, or write a number such as {default}")])
    return int(text)
