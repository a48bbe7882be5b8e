"""From the URI of a source to what reads it."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from ...ir.codes.weights import WEIGHT_URI
from ...ir.diagnostic import CompileError
from ...weights.uri import Uri, read_uri
from .folder import FolderSource
from .source import Source


def opened(text: str, project: Path, environment: Mapping[str, str] = os.environ) -> Source:
    """Nothing is read yet. A path counts from the project's folder. Raises CompileError (`weight-uri`)."""
    uri = read_uri(text)
    if not isinstance(uri, Uri):
        raise CompileError([WEIGHT_URI.bare(f"the source {text!r} {uri.fault}", help=uri.help)])
    match uri.kind:
        case "path":
            return FolderSource(project / (unquote(uri.rest) if uri.scheme else uri.rest))
        case "file":
            from .http import HttpSource

            return HttpSource(text)
        case "hub":
            from .hub import HubSource

            repository, _, revision = uri.rest.partition("@")
            return HubSource(repository, revision or "main", environment)
        case "registry":
            from .artifact import ArtifactSource

            return ArtifactSource(uri.rest, environment)
        case "storage":
            from .fsspec import FsspecSource

            return FsspecSource(text)
