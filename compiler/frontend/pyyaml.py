"""The parts of PyYAML that make a tree of a text.

`import yaml` brings its loaders and dumpers as well, and regexes over all of Unicode: a third of the cost of a compile.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml.composer import Composer, ComposerError
    from yaml.error import Mark, MarkedYAMLError, YAMLError
    from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
    from yaml.parser import Parser
    from yaml.scanner import Scanner, ScannerError
else:
    from importlib import import_module

    from ..resources import parts_of

    _YAML = parts_of("yaml")
    _composer = import_module(f"{_YAML}.composer")
    _error = import_module(f"{_YAML}.error")
    _nodes = import_module(f"{_YAML}.nodes")
    _scanner = import_module(f"{_YAML}.scanner")
    Composer, ComposerError = _composer.Composer, _composer.ComposerError
    Mark, MarkedYAMLError, YAMLError = _error.Mark, _error.MarkedYAMLError, _error.YAMLError
    MappingNode, Node, ScalarNode = _nodes.MappingNode, _nodes.Node, _nodes.ScalarNode
    SequenceNode = _nodes.SequenceNode
    Parser = import_module(f"{_YAML}.parser").Parser
    Scanner, ScannerError = _scanner.Scanner, _scanner.ScannerError

__all__ = [
    "Composer",
    "ComposerError",
    "MappingNode",
    "Mark",
    "MarkedYAMLError",
    "Node",
    "Parser",
    "ScalarNode",
    "Scanner",
    "ScannerError",
    "SequenceNode",
    "YAMLError",
]
