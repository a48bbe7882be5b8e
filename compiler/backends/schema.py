"""Spec -> its OpenAPI document as text."""

import json

from ..ir.openapi import openapi
from ..ir.spec import Spec


def schema_json(spec: Spec) -> str:
    return json.dumps(openapi(spec), indent=2, ensure_ascii=False) + "\n"
