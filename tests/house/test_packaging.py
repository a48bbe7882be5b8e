"""The hand-written list of packages and data files agrees with the disk."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]


def _folder(package: str) -> Path:
    """The folder of a package, by the longest prefix that `package-dir` maps."""
    mapped = SETUP["package-dir"]
    prefix = max((name for name in mapped if package == name or package.startswith(f"{name}.")), key=len)
    rest = package.removeprefix(prefix).strip(".").replace(".", "/")
    return ROOT / str(mapped[prefix]) / rest


def test_the_package_list_is_what_is_on_disk() -> None:
    listed = {_folder(package) for package in SETUP["packages"]}
    modules = [*ROOT.glob("compiler/**/*.py"), *ROOT.glob("runtime/cog/**/*.py")]
    data = {ROOT / "schemas", ROOT / "compat", ROOT / "runtime"}
    assert listed == {module.parent for module in modules} | data


def test_every_data_file_is_packaged() -> None:
    patterns = SETUP["package-data"]
    packaged = {
        path for package, globs in patterns.items() for pattern in globs for path in _folder(package).glob(pattern)
    }
    folders = [
        "compiler/**/*.j2",
        "compiler/**/*.lark",
        "schemas/*",
        "compat/*",
        "runtime/*.txt",
        "compiler/py.typed",
        "runtime/cog/py.typed",
        "runtime/cog/server/page/*",
    ]
    needed = {path for pattern in folders for path in ROOT.glob(pattern)}
    assert needed <= packaged, f"not in the wheel: {needed - packaged}"


def test_compiler_and_runtime_have_one_version() -> None:
    runtime = (ROOT / "runtime/cog/_version.py").read_text()
    compiler = (ROOT / "compiler/version.py").read_text()
    assert compiler.split("__version__ = ")[1] == runtime.split("__version__ = ")[1]
