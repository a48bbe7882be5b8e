"""Subject: what the rules look at."""

from dataclasses import dataclass

from ..ir.document import Mapping
from ..ir.plan import Plan
from ..ir.source import Source
from ..ir.spec import Spec


@dataclass(frozen=True, slots=True)
class ContextFile:
    """A file that goes into the image; `size` in bytes, `head` its beginning where a rule looks into such files."""

    path: str
    size: int
    head: bytes = b""


@dataclass(frozen=True, slots=True)
class Context:
    """The files that go into the image, by path, and the ignore file, whose text is blank where there is none."""

    files: tuple[ContextFile, ...]
    ignore: Source


@dataclass(frozen=True, slots=True)
class LocalPython:
    """A Python that the model may be tried with here: `place` as people know it, `version` such as `3.12.4`."""

    place: str
    version: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A project that compiles; `sources` are the files of its entry points, which are known to be Python."""

    document: Mapping
    spec: Spec
    plan: Plan
    sources: tuple[Source, ...] = ()
    environments: tuple[LocalPython, ...] = ()
