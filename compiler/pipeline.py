"""One compile, from a project's files to its Recipe. Nothing here writes, prints or looks at the machine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from .compat import Compat
from .frontend.load import load
from .ir.diagnostic import Diagnostic
from .ir.plan import Plan
from .ir.project import Files
from .ir.recipe import Recipe
from .ir.space import Space
from .ir.spec import Spec
from .ir.weight import Layers
from .passes.resolve import Watch, plan, settle
from .passes.steps import lower

Load = Callable[[Files, str], tuple[Spec, tuple[Diagnostic, ...]]]


@dataclass
class Compilation:
    """The stages of one compile, each made when it is first asked for: `--emit=spec` resolves nothing.

    A stage raises CompileError when its input cannot be compiled; `diagnostics` gathers what did not stop it.
    `watch` is called with each pass's name and the Space after it; `front` is the front end, `weights` what
    is taken out of the source.
    """

    files: Files
    config: str
    compat: Compat
    watch: Watch | None = None
    front: Load = load
    weights: Layers = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def spec(self) -> Spec:
        spec, diagnostics = self.front(self.files, self.config)
        self.diagnostics.extend(diagnostics)
        return spec

    @cached_property
    def space(self) -> Space:
        space, diagnostics = settle(self.spec, self.compat, self.watch)
        self.diagnostics.extend(diagnostics)
        return space

    @cached_property
    def plan(self) -> Plan:
        return plan(self.space)

    @cached_property
    def recipe(self) -> Recipe:
        return lower(self.plan, self.weights)
