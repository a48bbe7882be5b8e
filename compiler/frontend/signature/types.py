"""Annotation -> Type."""

import ast
from collections.abc import Callable
from dataclasses import replace

from ...contract import Field, Type
from ...ir.codes.signature import ANNOTATION_SYNTAX, TYPE_EXTERNAL, TYPE_UNSUPPORTED, ENUM_VALUES
from ...ir.source import Span
from .classes import Kind, attributes, enum_values, kind_of
from .known import short
from .refusal import Refusal
from .resolve import external_name, resolve
from .scope import External, Local, Scope, Value
from .values import evaluate
