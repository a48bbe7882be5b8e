"""The body of a request for a prediction, checked."""

import codecs
import json
import re
from typing import Any, Container, Dict, FrozenSet, List, NamedTuple, Optional, Union
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError, SchemaValidator, ValidationError, from_json

from ..signature import Signature
from . import schemas
from .validation import input_schema

EVENTS = ("start", "output", "logs", "completed")
_ALL_EVENTS = frozenset(EVENTS)
_MAX_URL = 65536
_NO_URL = re.compile(r"^\s|[\x00-\x1f\x7f]")
# The label `xn--` says that a name in Punycode follows.
_NO_HOST = re.compile(r"\s|(?:^|\.)xn--(?:\.|$)")

Body = Union[bytes, bytearray]


class InvalidRequest(Exception):
    """`detail` lists every fault as `{loc, msg, type}`, the form that clients of FastAPI know."""

    def __init__(self, detail: List[Dict[str, Any]]) -> None:
        super().__init__("; ".join(entry["msg"] for entry in detail))
        self.detail = detail


class PredictionRequest(NamedTuple):
    """`input` is coerced and complete. `webhook_events` are the events that the caller wants to hear."""

    input: Dict[str, Any]
    id: Optional[str]
    created_at: Optional[str]
    context: Dict[str, str]
    output_file_prefix: Optional[str]
    webhook: Optional[str]
    webhook_events: FrozenSet[str]


class RequestParser:
    """Parses bodies for one signature."""

    def __init__(self, signature: Signature) -> None:
        self._validator = SchemaValidator(_request_schema(signature))

    def parse(self, body: Body, attached: Container[str]) -> PredictionRequest:
        """Raises InvalidRequest. An empty body is an empty object; `attached` are texts that stand for files."""
        given = read_json(body)
        try:
            data = self._validator.validate_python(given, context={"attached": attached})
        except ValidationError as error:
            raise InvalidRequest(_faults(error)) from None
        events = data.pop("webhook_events_filter", None)
        return PredictionRequest(
            input=data["input"],
            id=data.get("id"),
            created_at=data.get("created_at"),
            context=data.get("context") or {},
            output_file_prefix=data.get("output_file_prefix"),
            webhook=data.get("webhook"),
            webhook_events=_ALL_EVENTS if events is None else frozenset(events),
        )


def read_json(body: Body) -> Any:
    """Raises InvalidRequest, also for NaN and Infinity: Python's parser takes them, but no answer could show them."""
    if body.startswith(codecs.BOM_UTF8):
        # Some clients of Windows begin with it; JSON has no use for it.
        body = body[len(codecs.BOM_UTF8) :]
    try:
        return from_json(body or b"{}", allow_inf_nan=False)
    except ValueError as error:
        raise InvalidRequest([{"loc": ["body"], "msg": f"Invalid JSON: {error}", "type": "json_invalid"}]) from None


def _faults(error: ValidationError) -> List[Dict[str, Any]]:
    """Without the offending values: they may be secret, or very long."""
    found = json.loads(error.json(include_url=False, include_input=False))
    return [{**entry, "loc": ["body", *entry["loc"]]} for entry in found]


def _request_schema(signature: Signature) -> schemas.Schema:
    optional = schemas.nullable
    text = schemas.scalar("str")
    fields = {
        "input": schemas.with_default(input_schema(signature), None, validate=True),
        "id": optional({**text, "min_length": 1}),
        "created_at": optional(schemas.around(_same_if_valid, schemas.DATETIME)),
        "context": optional(schemas.dict_of(text, text)),
        "output_file_prefix": optional(schemas.after(_check_url, text)),
        "webhook": optional(schemas.after(_check_url, {**text, "min_length": 1, "max_length": _MAX_URL})),
        "webhook_events_filter": optional(schemas.list_of(schemas.literal(EVENTS))),
    }
    return schemas.fields_of({name: schemas.field(schema, required=False) for name, schema in fields.items()})


def _same_if_valid(value: Any, check: Any) -> Any:
    """The time as the client wrote it."""
    check(value)
    return value


def _check_url(text: str) -> str:
    if not _is_url(text):
        raise PydanticCustomError("url", "an http or https URL is needed")
    return text


def _is_url(text: str) -> bool:
    """Whether a request can be sent there at all."""
    try:
        parts = urlsplit(text)
        # Reading the port raises ValueError for one that no server has.
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not (_NO_URL.search(text) or _NO_HOST.search(host))
