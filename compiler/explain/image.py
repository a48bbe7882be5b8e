"""What is in an image, for a person."""

from collections.abc import Iterator
from typing import Any

from ..backends.sizes import human
from .signature import inputs, output

_WIDTH = 10


def image_text(data: dict[str, Any]) -> str:
    """`data` is what `cogc inspect --json` prints."""
    lines = (data["name"], *_facts(data), *_weights(data["weights"]), *_interface(data["schema"]))
    return "".join(f"{line}\n" for line in lines)


def _facts(data: dict[str, Any]) -> Iterator[str]:
    facts = {
        "digest": data["digest"],
        "platform": ", ".join(data["platforms"]),
        "created": data["created"],
        "made by": f"cogc {data['cogc']}" if data["cogc"] else "",
        "base": data["base"],
        "versions": ", ".join(f"{name} {value}" for name, value in data["versions"].items() if name != "base_image"),
        "predict": data["config"].get("predict", ""),
        "train": data["config"].get("train", ""),
        "plan": data["plan"],
        "recipe": data["recipe"],
        "revision": data["revision"],
    }
    return (f"  {name:{_WIDTH}}{value}" for name, value in facts.items() if value)


def _weights(weights: list[dict[str, Any]]) -> Iterator[str]:
    if weights:
        yield "  weights"
    for each in weights:
        size = "" if each["size"] is None else f"  {human(each['size'])}"
        yield f"    {each['name']}: {each['target']}  {each['setDigest']}{size}"


def _interface(schema: dict[str, Any]) -> Iterator[str]:
    schemas = schema.get("components", {}).get("schemas", {})
    yield "  inputs"
    yield from (f"    {line}" for line in inputs(schemas) or ("none",))
    yield f"  output    {output(schemas)}"
