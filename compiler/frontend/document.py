"""Reads YAML text into a Document: PyYAML parses, this keeps the places and checks what a parser lets through."""

import re
from dataclasses import dataclass, field
from typing import get_args

from yaml import MappingNode, ScalarNode, SequenceNode, YAMLError
from yaml import Node as YamlNode
from yaml.composer import Composer
from yaml.error import MarkedYAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from ..ir.codes.config import (
    CONFIG_EMPTY,
    CONFIG_NOT_MAPPING,
    DUPLICATE_KEY,
    YAML_ALIAS,
    YAML_KEY,
    YAML_TAG,
    YAML_TOO_DEEP,
)
from ..ir.diagnostic import CompileError, Label, Report
from ..ir.document import Entry, Kind, Mapping, Node, Scalar, Sequence
from ..ir.source import Source, Span
from .syntax import explain

_DEPTH = 40  # far beyond any cog.yaml, far below Python's recursion limit
_VALUES = 100_000  # after aliases are expanded
_TAG = "tag:yaml.org,2002:"
_BLANK = Kind.__args__[-1] if False else "null"
