"""Target: the function that a reference in cog.yaml names, in a class or on its own."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ...ir.codes.signature import (
    METHOD_CONFLICT,
    METHOD_MISSING,
    METHOD_WITHOUT_SELF,
    TARGET_FILE_MISSING,
    TARGET_MISSING,
    TARGET_NOT_CALLABLE,
)
from ...ir.diagnostic import Diagnostic, Label
from ...ir.project import Files
from ...ir.source import Span
from ...ir.spec import Reference
from .module import Module, Project
from .refusal import Refusal
from .resolve import ancestry, did_you_mean, external_name, lookup
from .scope import External, Local, Scope, module_scope

Mode = Literal["predict", "train"]
Function = ast.FunctionDef | ast.AsyncFunctionDef

_METHODS: Mapping[Mode, tuple[str, ...]] = {"predict": ("run", "predict"), "train": ("train", "run", "predict")}


@dataclass(frozen=True, slots=True)
class Target:
    """The function, the scope in which its annotations are read, and whether a call passes `self` or `cls` first."""

    node: Function
    scope: Scope
    is_bound: bool

    @property
    def span(self) -> Span:
        return self.scope.module.name_span(self.node)

    @property
    def output_span(self) -> Span:
        """The return annotation, or the name where there is none."""
        return self.span if self.node.returns is None else self.scope.span(self.node.returns)


def find_target(files: Files, reference: Reference, mode: Mode) -> Target:
    """Raises Refusal when the reference leads to nothing that can be called."""
    module = Project(files).at(reference.path)
    if module is None:
        raise Refusal(_no_file(files, reference))
    if reference.name not in module.names and not module.stars:
        raise Refusal(_no_name(module, reference))
    match lookup(reference.name, module_scope(module), reference.span):
        case Local(node=ast.ClassDef()) as found:
            return _method(found, reference, mode)
        case Local(node=ast.FunctionDef() | ast.AsyncFunctionDef() as node, scope=scope):
            return Target(node, scope, is_bound=False)
        case External(name):
            reason = f"`{reference.name}` comes from `{name}`, outside the project"
        case _:
            reason = f"`{reference.name}` in {reference.path} is not a class or a function"
    help = f"define a class with a `{_METHODS[mode][-1]}` method in {reference.path}"
    raise Refusal(TARGET_NOT_CALLABLE.at(reference.span, reason, help=help))


def _method(owner: Local, reference: Reference, mode: Mode) -> Target:
    for ancestor in ancestry(owner):
        if not isinstance(ancestor, Local):
            continue
        found = {name: method for name in _METHODS[mode] if (method := _method_named(name, ancestor))}
        if {"run", "predict"} <= found.keys():
            raise Refusal(_conflict(ancestor, found["run"], found["predict"]))
        if found:
            return next(iter(found.values()))
    raise Refusal(_no_method(owner, reference, mode))


def _method_named(name: str, owner: Local) -> Target | None:
    if name not in owner.body.names:
        return None
    match lookup(name, owner.body, owner.span):
        case Local(node=ast.FunctionDef() | ast.AsyncFunctionDef() as node, scope=scope):
            return _bound(Target(node, scope, is_bound=not _is_static(node, scope)))
    return None


def _is_static(node: Function, scope: Scope) -> bool:
    return any(external_name(each, scope) == "builtins.staticmethod" for each in node.decorator_list)


def _bound(target: Target) -> Target:
    arguments = target.node.args
    if target.is_bound and not (arguments.posonlyargs or arguments.args or arguments.vararg):
        message = f"`{target.node.name}` takes no `self`, so it cannot be called on an instance"
        help = f"write `def {target.node.name}(self, …)`"
        raise Refusal(METHOD_WITHOUT_SELF.at(target.span, message, help=help))
    return target


def _no_file(files: Files, reference: Reference) -> Diagnostic:
    near = did_you_mean(reference.path, (path for path in files.paths() if path.endswith(".py")))
    message = f"there is no file {reference.path} in the project"
    return TARGET_FILE_MISSING.at(reference.span, message, help=near or "create the file, or correct the path")


def _no_name(module: Module, reference: Reference) -> Diagnostic:
    near = did_you_mean(reference.name, module.names)
    message = f"{reference.path} defines no `{reference.name}`"
    return TARGET_MISSING.at(reference.span, message, help=near or f"define it there: `class {reference.name}:`")


def _conflict(owner: Local, run: Target, predict: Target) -> Diagnostic:
    message = f"`{owner.node.name}` has both `run` and `predict`"
    also = (Label(predict.span, "the older name"),)
    return METHOD_CONFLICT.at(run.span, message, help="keep one of them; both names mean the same", also=also)


def _no_method(owner: Local, reference: Reference, mode: Mode) -> Diagnostic:
    names = _METHODS[mode]
    outside = [base.name for base in ancestry(owner) if isinstance(base, External) and not base.name.startswith("cog.")]
    unread = f"; its base `{outside[0]}` is outside the project and is not read" if outside else ""
    message = f"`{owner.node.name}` has no method `{'` or `'.join(names[:2])}`{unread}"
    help = f"add `def {names[0]}(self, …) -> …:` to the class"
    return METHOD_MISSING.at(owner.span, message, help=help, also=(Label(reference.span, "named here"),))
