"""The name of the image."""

from ..ir.codes.config import IMAGE_NAME
from ..ir.diagnostic import Report
from ..ir.document import Mapping
from ..ir.spec import Stated
from .grammar import fault

_LONGEST = 255  # of host and path together, by the distribution's reference package


def image(root: Mapping, report: Report) -> Stated[str] | None:
    scalar = root.scalar("image")
    if scalar is None:
        return None
    text = scalar.text.strip()
    place = fault("image", text)
    if place is not None:
        message = f"`{text}` is not the name of an image"
        span = scalar.part(place, place + 1)
        report.add(IMAGE_NAME.at(span, message, label="not expected here", help=advice_on(text)))
    if "@" in text and place is None:
        message = "the digest of an image is known only after the build"
        report.add(IMAGE_NAME.at(scalar.span, message, help=advice_on(text)))
    if len(text) > _LONGEST:
        report.add(IMAGE_NAME.at(scalar.span, f"the name is longer than {_LONGEST} characters", help="shorten it"))
    return Stated(text, scalar.span)


def advice_on(text: str) -> str:
    """What to do about a text that is not the name of an image."""
    if "://" in text:
        return f"remove the `{text.partition('://')[0]}://`"
    if "@" in text:
        return "remove the `@` and what follows"
    if fault("image", text.lower()) is None:
        return f"use lower case: `{text.lower()}`"
    return "write a name such as `my-model` or `registry.example.com/team/my-model:v1`"
