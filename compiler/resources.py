"""Where the data files lie: in the checkout's own folders, or in `_data` of an installed wheel."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

_PACKAGE = Path(__file__).parent
_DATA = _PACKAGE / "_data"  # made by the wheel; a checkout has none
_PREPARED = _PACKAGE / "_prepared"  # made by the wheel, see setup.py
_HOME = _DATA if _DATA.is_dir() else _PACKAGE.parent

SCHEMAS = _HOME / "schemas"
COMPAT = _HOME / "compat"
RUNTIME = _HOME / "runtime"


def parts_of(package: str) -> str:
    """The name under which the modules of an installed package are imported without what its `__init__` imports."""
    alias = f"cogc._{package}"
    if alias not in sys.modules:
        spec = importlib.util.find_spec(package)
        assert spec, f"{package} is a dependency"
        module = ModuleType(alias)
        module.__path__ = list(spec.submodule_search_locations or ())
        sys.modules[alias] = module
    return alias


def runtime_package(name: str) -> ModuleType:
    """A subpackage of `cog` that needs nothing else of it, loaded by its path.

    `import cog` would run the SDK, and may find a user's own installation of it.
    """
    alias = f"cogc._runtime_{name}"
    if alias in sys.modules:
        return sys.modules[alias]
    prepared = _PREPARED / name
    folder = prepared if prepared.is_dir() else RUNTIME / "cog" / name
    spec = importlib.util.spec_from_file_location(
        alias, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec, f"the runtime is not where it should be: {folder}"
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[alias] = module
    spec.loader.exec_module(module)
    return module
