"""Weights that somebody pushed: an artifact of a registry whose manifest lists the files."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...ir.codes.store import SOURCE_ANSWER
from ...ir.diagnostic import CompileError
from ...registry.client import Fetched, Registry
from ...registry.reference import Reference, parse_reference
from ...registry.settings import settings_of
from ...weights.digest import is_digest
from ...weights.files import WeightFile, check_files
from ...weights.layer import MEDIA_TYPES
from ...weights.manifest import CONFIG_TYPE
from ...weights.modelpack import FILEPATH, TITLE
from ...weights.packing import Layer
from ..bring import Carried, Origin
from .source import Found, Inventory

_KINDS = {media_type: kind for kind, media_type in MEDIA_TYPES.items()}
# A configuration that lists more than a million files is none.
_LONGEST_CONFIG = 256 << 20

Json = dict[str, Any]


@dataclass(frozen=True)
class ArtifactSource:
    """The manifest's digest is the fingerprint. Weights of cog and cogc are known by their configuration; of other
    artifacts, the layers that are a file each, as oras and ModelPack write them."""

    text: str
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @property
    def place(self) -> str:
        return f"oci://{self.text}"

    def inventory(self) -> Inventory:
        files = [file for carried in self.layers for file in carried.layer.entries]
        check_files(self.place, files)
        found = (Found(file.path, file.size, file.digest) for file in sorted(files, key=lambda file: file.path))
        return Inventory(tuple(found), f"digest:{self._manifest.digest}")

    def read(self, found: Found, offset: int) -> Iterator[bytes]:
        raise AssertionError("files of an artifact are brought with the others of their layer")

    def close(self) -> None:
        self._registry.leave()

    @property
    def origin(self) -> Origin:
        return Origin(self._registry, self._reference.repository, settings_of(self.environment))

    @cached_property
    def layers(self) -> tuple[Carried, ...]:
        """Raises CompileError (`weight-source-answer`) where it cannot be known what is in them."""
        try:
            manifest = json.loads(self._manifest.content)
            if manifest["config"]["mediaType"] == CONFIG_TYPE:
                return tuple(self._weights(manifest))
            return tuple(map(self._file, manifest["layers"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._unfit("has a manifest that cannot be read") from error

    def _weights(self, manifest: Json) -> Iterator[Carried]:
        config = manifest["config"]
        if not 0 <= int(config["size"]) <= _LONGEST_CONFIG:
            raise self._unfit("has a configuration of an impossible size")
        content = self._registry.get_blob(self._reference.repository, str(config["digest"]), int(config["size"]))
        entries: dict[str, list[WeightFile]] = {}
        for file in json.loads(content)["files"]:
            found = WeightFile(str(file["path"]), int(file["size"]), str(file["digest"]))
            entries.setdefault(str(file["layer"]), []).append(found)
        for layer in manifest["layers"]:
            held = tuple(sorted(entries.pop(layer["digest"], ()), key=lambda file: file.path))
            yield self._carried(layer, _KINDS.get(layer["mediaType"], ""), held)
        if entries:
            raise self._unfit("lists files of layers that it does not have")

    def _file(self, layer: Json) -> Carried:
        names = layer.get("annotations", {})
        path = names.get(FILEPATH) or names.get(TITLE) or ""
        if not path or str(layer["mediaType"]).partition("+")[0].endswith("tar"):
            raise self._unfit("has a layer whose files it does not list")
        return self._carried(layer, "raw", (WeightFile(str(path), int(layer["size"]), str(layer["digest"])),))

    def _carried(self, layer: Json, kind: str, entries: tuple[WeightFile, ...]) -> Carried:
        if not is_digest(str(layer["digest"])):
            raise self._unfit("has a layer whose digest is none")
        match kind:
            case "tar" | "tar+gzip" | "raw":
                return Carried(Layer(kind, entries), str(layer["digest"]), int(layer["size"]))
        raise self._unfit(
            f"has a layer of the type {layer['mediaType']}, where cogc reads tar, tar+gzip and plain files"
        )

    @cached_property
    def _reference(self) -> Reference:
        return parse_reference(self.text)

    @cached_property
    def _registry(self) -> Registry:
        return Registry(self._reference.host, self.environment)

    @cached_property
    def _manifest(self) -> Fetched:
        return self._registry.get_manifest(self._reference)

    def _unfit(self, fault: str) -> CompileError:
        help = "name weights that cogc or cog pushed, or an artifact with a file in each layer"
        return CompileError([SOURCE_ANSWER.bare(f"{self.place} {fault}", help=help)])
