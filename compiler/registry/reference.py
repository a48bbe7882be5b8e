"""Reference: the name of an artifact in a registry."""

from dataclasses import dataclass, replace

from ..frontend.grammar import fault, grammar
from ..ir.codes.registry import REGISTRY_REFERENCE
from ..ir.diagnostic import CompileError

HUB = "docker.io"


@dataclass(frozen=True, slots=True)
class Reference:
    """`host` may have a port. A digest, where there is one, says more than the tag."""

    host: str
    repository: str
    tag: str = ""
    digest: str = ""

    @property
    def version(self) -> str:
        """What a manifest is asked for by."""
        return self.digest or self.tag or "latest"

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        return f"{self.host}/{self.repository}{tag}" + (f"@{self.digest}" if self.digest else "")

    def with_tag(self, tag: str) -> "Reference":
        return replace(self, tag=tag, digest="")


def parse_reference(text: str) -> Reference:
    """Reads `[HOST/]REPOSITORY[:TAG][@DIGEST]`; without a host it is Docker Hub's, as everywhere.

    Raises CompileError (`registry-reference`).
    """
    place = fault("image", text)
    if place is not None:
        lower = text.lower()
        advice = f"use lower case: `{lower}`" if fault("image", lower) is None else "write HOST/REPOSITORY:TAG"
        message = f"`{text}` is not a reference (at character {place + 1})"
        raise CompileError([REGISTRY_REFERENCE.bare(message, help=advice)])
    host, path, tag, digest = (str(part or "") for part in grammar("image").parse(text).children)
    host = host or HUB
    return Reference(host, path if host != HUB or "/" in path else f"library/{path}", tag, digest)
