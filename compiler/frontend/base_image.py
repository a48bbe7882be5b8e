"""An image of the user's to build on, as far as its name tells whether it can be one."""

import re

from ..ir.codes.config import BASE_IMAGE
from ..ir.diagnostic import Label, Report
from ..ir.document import Mapping, Scalar
from ..ir.spec import Stated
from .grammar import fault

# Systems without apt-get, by the names of their images or the words in their tags.
_OTHERS = r"alpine|amazonlinux|archlinux|busybox|centos|distroless|fedora|nixos|oraclelinux|rockylinux|scratch|ubi\d*"
_OTHER = rf"(?:^|[/:.-])(?P<name>{_OTHERS})(?=$|[/:@.\d-])"


def base_image(build: Mapping, report: Report) -> Stated[str] | None:
    scalar = build.scalar("base_image")
    if scalar is None:
        return None
    text = scalar.text.strip()
    place = fault("image", text)
    if place is not None:
        message = f"`{text}` is not the name of an image"
        advice = "write a name such as `debian:bookworm-slim` or `registry.example.com/team/base:v1`"
        report.add(BASE_IMAGE.at(scalar.part(place, place + 1), message, label="not expected here", help=advice))
    if found := re.search(_OTHER, text):
        message = f"`{text}` is not an image of Debian or Ubuntu"
        advice = "name one that is: packages are installed with apt-get"
        report.add(BASE_IMAGE.at(scalar.part(*found.span("name")), message, help=advice))
    _check_alone(build, scalar, report)
    return Stated(text, scalar.span)


def _check_alone(build: Mapping, scalar: Scalar, report: Report) -> None:
    for key in ("cuda_image", "cudnn"):
        if (other := build.entry(key)) is not None:
            message = f"`base_image` and `{key}` both say what the image starts from"
            also = [Label(other.key.span, "the other one")]
            report.add(BASE_IMAGE.at(scalar.span, message, help="keep one of them", also=also))
