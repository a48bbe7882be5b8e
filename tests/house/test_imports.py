"""Imports run one way: what a layer may import is written here, once."""

import ast
from pathlib import Path

import pytest

COMPILER = Path(__file__).parents[2] / "compiler"
ROOT_MODULES = {"contract", "records", "resources", "version", "written_out"}  # what everything may use
ALLOWED = {
    "ir": {"ir"},
    "weights": {"weights", "ir"},
    "frontend": {"frontend", "weights", "ir"},
    "compat": {"compat", "ir"},
    "passes": {"passes", "ir", "compat"},
    "db": {"db", "compat", "ir"},
    "backends": {"backends", "weights", "ir"},
    "explain": {"explain", "backends", "ir"},
    "formats": {"formats", "ir"},
    "lint": {"lint", "frontend", "ir"},
    "changes": {"changes", "backends", "explain", "weights", "ir"},
    "__main__": {"start"},
    "start": {"cli", "pipeline", "backends", "compat", "frontend"},
    "faults": {"faults", "backends", "ir"},
    "registry": {"registry", "frontend", "ir"},
    "store": {"store", "registry", "weights", "ir"},
    "deliver": {"deliver", "backends", "registry", "store", "weights", "ir", "frontend", "lint"},
    "pipeline": {"compat", "frontend", "ir", "passes"},
    "cli": {
        *("cli", "pipeline", "passes", "deliver", "backends", "explain", "changes", "faults", "formats", "lint"),
        *("compat", "db", "frontend", "registry", "store", "weights", "ir"),
    },
    **{module: set() for module in ROOT_MODULES},
}
MODULES = sorted(path for path in COMPILER.rglob("*.py") if "_data" not in path.parts)


def _layer(module: Path) -> str:
    first = module.relative_to(COMPILER).parts[0]
    return first.removesuffix(".py")


def _imported(module: Path) -> set[str]:
    """The layers that a module imports from."""
    package = module.relative_to(COMPILER).parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            names = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
            found |= {base[0]} if base else set(names)
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(COMPILER).as_posix())
def test_imports_run_one_way(module: Path) -> None:
    if module == COMPILER / "__init__.py":
        return
    forbidden = _imported(module) - ALLOWED[_layer(module)] - ROOT_MODULES
    assert not forbidden, f"{module.name} may not import from {', '.join(sorted(forbidden))}"
