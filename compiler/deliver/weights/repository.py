"""Where a model's image and weights are kept: what cog.yaml says, and what the environment says over it."""

import os
from collections.abc import Mapping

from ...ir.codes.weights import WEIGHTS_NEED_MODEL
from ...ir.diagnostic import CompileError
from ...ir.spec import Spec
from ...registry.client import Registry
from ...registry.reference import Reference, parse_reference
from ...registry.settings import settings_of
from ...store.bring import Origin


def reference_of(spec: Spec, environment: Mapping[str, str] = os.environ) -> Reference:
    """COG_MODEL, or `model`, or `image`, whose tag is left aside; COG_MODEL_REGISTRY and COG_MODEL_REPO replace parts.

    Raises CompileError (`weights-need-model`, `registry-reference`).
    """
    stated = spec.model or spec.image
    text = environment.get("COG_MODEL", "") or (stated.value if stated else "")
    host, repository = environment.get("COG_MODEL_REGISTRY", ""), environment.get("COG_MODEL_REPO", "")
    if not text and not (host and repository):
        message = "nothing says which repository the weights are kept in"
        raise CompileError([WEIGHTS_NEED_MODEL.bare(message, help="write `model:` in cog.yaml, or set COG_MODEL")])
    found = parse_reference(text or f"{host}/{repository}")
    return Reference(host or found.host, repository or found.repository)


def origin_of(reference: Reference, environment: Mapping[str, str] = os.environ) -> Origin:
    """The repository, ready to be read and written. Raises CompileError (`registry-setting`)."""
    return Origin(Registry(reference.host, environment), reference.repository, settings_of(environment))
