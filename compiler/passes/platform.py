"""The image's platform: on arm64 only releases that have wheels for it are possible."""

from dataclasses import replace
from typing import Any

from ..ir.space import Domain, Space
from ..ir.why import Derived, Why, Written

RULE = "platform"
_PACKAGES = {"torch": "torch", "tensorflow": "tensorflow", "jax": "jax", "onnxruntime": "onnxruntime-gpu"}


def narrow(space: Space) -> Space:
    if not space.arm64:
        return space
    domains = {name: getattr(space, name) for name in _PACKAGES}
    changed: Any = {name: _cut(space, name, domain) for name, domain in domains.items() if domain is not None}
    return replace(space, **changed)


def _cut(space: Space, name: str, domain: Domain[Any]) -> Domain[Any]:
    return domain.cut(RULE, lambda row: _why_not(space, _PACKAGES[name], row.release, _cuda(space, name, row)))


def _cuda(space: Space, name: str, row: Any) -> str:
    """The CUDA that the image needs a build for; blank where a build for the CPU will do."""
    if name == "torch":
        return str(row.cuda)
    if name == "tensorflow" and space.gpu_tensorflow is None:
        return ""
    return str(row.cuda) if space.image is not None or name == "onnxruntime" else ""


def _why_not(space: Space, package: str, release: str, cuda: str) -> Why | None:
    assert space.spec.platform is not None, "only the platform brings these rows"
    rows = tuple(row for row in space.arm64 if row.package == package)
    if any(row.covers(release, cuda) for row in rows):
        return None
    asked = Written(space.spec.platform.span, "the image is for arm64")
    about = tuple(row for row in rows if bool(row.cuda) == bool(cuda))
    facts = (row.place.fact(f"{package} has wheels for arm64 {_what(row.cuda)}since {row.since}") for row in about)
    kind = f"for CUDA {cuda}" if cuda else "for the CPU"
    return Derived(f"{package} {release} {kind} has no wheels for arm64", (asked, *facts))


def _what(cuda: str) -> str:
    return f"and CUDA {cuda} or newer " if cuda else ""
