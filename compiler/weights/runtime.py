"""What the image knows of its weights: `/.cog/weights.json`."""

from collections.abc import Iterable

from .canonical import indented

PATH = "/.cog/weights.json"


def weights_json(weights: Iterable[tuple[str, str, str]]) -> bytes:
    """The file's bytes, from name, target and set digest of each; sorted by name."""
    found = [{"name": name, "target": target, "setDigest": digest} for name, target, digest in sorted(weights)]
    return indented({"weights": found})
