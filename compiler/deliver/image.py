"""An image as its labels and its configuration tell it: one on this machine, else one of its registry."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ..backends import docker
from ..backends.clients import DOCKER
from ..backends.push_faults import push_fault
from ..ir.codes.delivery import IMAGE_NOT_COG
from ..ir.codes.engine import LOGIN_NEEDED, PUSH_DENIED
from ..ir.codes.registry import REGISTRY_UNREACHABLE
from ..ir.diagnostic import CompileError
from ..weights.manifest import SET_DIGEST, UNCOMPRESSED
from .client import client
from .engine import last_line, output

SCHEMA = "run.cog.openapi_schema"
_CONFIG = "run.cog.config"
_WEIGHTS = "run.cog.weights"


@dataclass(frozen=True, slots=True)
class Image:
    """`platforms` has more than one where the name stands for several images; the labels are the first one's.

    `sizes` are bytes of weights by their set digests, as far as a registry tells them.
    """

    name: str
    digest: str
    platforms: tuple[str, ...]
    created: str
    labels: dict[str, str]
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def config(self) -> dict[str, Any]:
        """cog.yaml, completed."""
        found: dict[str, Any] = json.loads(self.labels.get(_CONFIG, "{}"))
        return found

    @property
    def schema(self) -> dict[str, Any]:
        """The OpenAPI document."""
        found: dict[str, Any] = json.loads(self.labels[SCHEMA])
        return found

    @property
    def weights(self) -> tuple[dict[str, str], ...]:
        """Name, target and set digest of each."""
        return tuple(json.loads(self.labels.get(_WEIGHTS, "[]")))

    @property
    def versions(self) -> dict[str, str]:
        """What was decided, as far as labels tell it."""
        if stated := self.labels.get("run.cog.versions"):
            found: dict[str, str] = json.loads(stated)
            return found
        build = self.config.get("build", {})
        names = {"python": "python_version", "cuda": "cuda", "cudnn": "cudnn"}
        return {name: str(build[key]) for name, key in names.items() if build.get(key)}


@dataclass(frozen=True, slots=True)
class Here:
    """An image on this machine; the id is blank where there is none, the size 0 where the client does not tell it."""

    id: str = ""
    size: int = 0


def image_here(name: str) -> Here:
    match output(docker.image_facts(name)).stdout.split():
        case [found, size]:
            return Here(found, int(size))
    return Here()


def image(name: str) -> Image:
    """Nothing is fetched but the image's description, and nothing is started.

    Raises CompileError (`image-not-cog`) when there is none of that name, or it holds no model; and what a registry
    refuses.
    """
    found = _local(name) or (_remote(name) if client() is DOCKER else _fetched(name))
    if SCHEMA not in found.labels:
        message, advice = f"{name} was not made by cogc build", "it has no label run.cog.openapi_schema"
        raise CompileError([IMAGE_NOT_COG.bare(message, help=advice)])
    return found


def _local(name: str) -> Image | None:
    answer = output(docker.describe_image(name))
    if answer.returncode != 0:
        return None
    data = json.loads(answer.stdout)
    data = data[0] if isinstance(data, list) else data  # Podman
    data = data.get("OCIv1", data)  # Buildah
    digests = [text for text in data.get("RepoDigests") or () if text.startswith(f"{docker.repository_of(name)}@")]
    digest = digests[0].partition("@")[2] if digests else data.get("Id", "")
    return _image(name, digest, (data,))


def _fetched(name: str) -> Image:
    """Only docker can ask a registry without fetching."""
    answer = output(docker.pull(name))
    if answer.returncode == 0 and (found := _local(name)):
        return found
    raise _absent(name, last_line(answer.stderr))


def _remote(name: str) -> Image:
    answer = output(docker.remote_image(name))
    if answer.returncode != 0:
        raise _absent(name, last_line(answer.stderr))
    manifest = _manifest(name)
    found = _image(name, str(manifest.get("digest", "")), tuple(_configurations(json.loads(answer.stdout))))
    return replace(found, sizes=dict(_sizes(manifest)))


def _manifest(name: str) -> dict[str, Any]:
    """What a registry has under the name; nothing when it does not answer any more."""
    answer = output(docker.remote_manifest(name))
    found: dict[str, Any] = {} if answer.returncode != 0 else json.loads(answer.stdout)
    return found


def _sizes(manifest: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for entry in manifest.get("manifests", ()):
        said = entry.get("annotations") or {}
        if SET_DIGEST in said and said.get(UNCOMPRESSED, "").isdigit():
            yield said[SET_DIGEST], int(said[UNCOMPRESSED])


def _configurations(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One, or one for each platform; attestations and weights are none."""
    if "config" in data or "architecture" in data:
        yield data
        return
    yield from (one for one in data.values() if one.get("architecture", "") not in ("", "unknown"))


def _image(name: str, digest: str, found: tuple[dict[str, Any], ...]) -> Image:
    first = {key.lower(): value for key, value in found[0].items()}
    labels = {key.lower(): value for key, value in (first.get("config") or {}).items()}.get("labels") or {}
    return Image(name, digest, tuple(map(_platform, found)), first.get("created", ""), labels)


def _platform(found: dict[str, Any]) -> str:
    data = {key.lower(): value for key, value in found.items()}
    return f"{data.get('os', 'linux')}/{data.get('architecture', '')}"


def _absent(name: str, said: str) -> CompileError:
    fault = push_fault(said)
    if fault.code in (LOGIN_NEEDED, PUSH_DENIED, REGISTRY_UNREACHABLE) and docker.registry_of(name):
        help = fault.help.replace("REGISTRY", docker.registry_of(name))
        return CompileError([fault.code.bare(f"{name} could not be looked up: {said}", help=help)])
    return CompileError([IMAGE_NOT_COG.bare(f"there is no image {name!r}", help="build it: cogc build -t NAME")])
