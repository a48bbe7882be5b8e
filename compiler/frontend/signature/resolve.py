"""What a name means, followed through imports, aliases, re-exports and classes to where it is defined."""

import ast
import builtins
from collections.abc import Iterable, Iterator

from ...ir.codes.signature import IMPORT_OUTSIDE, NAME_CHANGES, NAME_UNDEFINED
from ...ir.diagnostic import Diagnostic, Label
from ...ir.source import Span
from .bindings import Assigned, Binding, Changing, Defined, Imported, Passed
from .known import STARS, canonical
from .module import Module
from .refusal import Refusal
from .scope import External, Local, Meaning, Package, Scope, Value, module_scope


def resolve(node: ast.expr, scope: Scope) -> Meaning:
    """What an expression names; an expression that is no name is its own Value. Raises Refusal."""
    match node:
        case ast.Name():
            return lookup(node.id, scope, scope.span(node))
        case ast.Attribute():
            return _member(resolve(node.value, scope), node, scope)
    return Value(node, scope)


def lookup(name: str, scope: Scope, at: Span) -> Meaning:
    """What a name means; `at` is the place to blame. Raises Refusal."""
    if name in scope.names:
        return _meaning(scope.names[name], scope, at)
    if scope.outer is not None:
        return lookup(name, scope.outer, at)
    starred = _starred(name, scope.module, at)
    if starred is not None:
        return starred
    if hasattr(builtins, name):
        return External(canonical(f"builtins.{name}"))
    raise Refusal(_undefined(name, scope.module, at))


def meaning_or_none(node: ast.expr, scope: Scope) -> Meaning | None:
    """As `resolve`, with None for a name that cannot be followed."""
    try:
        return resolve(node, scope)
    except Refusal:
        return None


def external_name(node: ast.expr, scope: Scope) -> str:
    """The dotted name of what is outside the project; blank for everything else, the unknown included."""
    meaning = meaning_or_none(node, scope)
    return meaning.name if isinstance(meaning, External) else ""


def ancestry(found: Local) -> Iterator[Local | External]:
    """The class and its bases, nearest first; bases that cannot be read are left out."""
    yield found
    for base in found.node.bases if isinstance(found.node, ast.ClassDef) else ():
        match meaning_or_none(base.value if isinstance(base, ast.Subscript) else base, found.scope):
            case Local() as local:
                yield from ancestry(local)
            case External() as external:
                yield external


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question that names the nearest of the known names; blank when none is near."""
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(set(known)), n=1)
    return f"did you mean `{near[0]}`?" if near else ""


def _starred(name: str, module: Module, at: Span) -> Meaning | None:
    for star in module.stars:
        inner = module.project.named(star)
        if inner is not None and name in inner.names:
            return _meaning(inner.names[name], module_scope(inner), at)
        if name in STARS.get(star, ()):
            return External(canonical(f"{star}.{name}"))
    return None


def _meaning(binding: Binding, scope: Scope, at: Span) -> Meaning:
    match binding:
        case Defined():
            return Local(binding.node, scope)
        case Assigned():
            return resolve(binding.value, scope)
        case Passed():
            return resolve(binding.value, binding.scope)
        case Imported():
            return _imported(binding, scope.module, at)
        case Changing():
            raise Refusal(_changes(binding, scope, at))


def _imported(binding: Imported, importer: Module, at: Span) -> Meaning:
    if binding.module.startswith("."):
        message = "this is imported from above the project's folder"
        raise Refusal(IMPORT_OUTSIDE.at(at, message, help="move the module into the project"))
    module = importer.project.named(binding.module)
    if module is None or not binding.name:
        return _dotted(f"{binding.module}.{binding.name}".strip("."), importer)
    return _exported(binding.name, Package(binding.module, module), at)


def _dotted(name: str, importer: Module) -> Meaning:
    module = importer.project.named(name)
    return External(canonical(name)) if module is None else Package(name, module)


def _exported(name: str, package: Package, at: Span) -> Meaning:
    """A name of a module of the project; a submodule counts as one."""
    module = package.module
    if name in module.names:
        return _meaning(module.names[name], module_scope(module), at)
    inner = _dotted(f"{package.dotted}.{name}", module)
    found = inner if isinstance(inner, Package) else _starred(name, module, at)
    if found is None:
        raise Refusal(_undefined(name, module, at))
    return found


def _member(owner: Meaning, node: ast.Attribute, scope: Scope) -> Meaning:
    match owner:
        case External():
            return _dotted(f"{owner.name}.{node.attr}", scope.module)
        case Package():
            return _exported(node.attr, owner, scope.span(node))
        case Local(node=ast.ClassDef()):
            return _class_member(owner, node, scope)
    return Value(node, scope)


def _class_member(owner: Local, node: ast.Attribute, scope: Scope) -> Meaning:
    for ancestor in ancestry(owner):
        if isinstance(ancestor, Local) and node.attr in ancestor.body.names:
            return _meaning(ancestor.body.names[node.attr], ancestor.body, scope.span(node))
    return Value(node, scope)


def _undefined(name: str, module: Module, at: Span) -> Diagnostic:
    message = f"`{name}` is not defined in {module.source.name}"
    return NAME_UNDEFINED.at(at, message, help=_import_of(name) or _near(name, module) or "import it or define it")


def _import_of(name: str) -> str:
    return next((f"add `from {home} import {name}`" for home, names in STARS.items() if name in names), "")


def _near(name: str, module: Module) -> str:
    return did_you_mean(name, [*module.names, *vars(builtins)])


def _changes(binding: Changing, scope: Scope, at: Span) -> Diagnostic:
    return NAME_CHANGES.at(
        at,
        "the value of this name is only known when the code runs",
        help="assign the name once, in one expression, and do not change it",
        also=(Label(scope.span(binding.node), "it changes here"),),
    )
