"""What pyproject.toml cannot say: in the wheel the compiler's dataclasses are written out.

`dataclass` makes each class anew at each start, which took more than half of a compile. What is written out does the
same, as tests/house/test_written_out.py shows; a checkout, and an editable install, run the sources as they are.
"""

import runpy
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

_ROOT = Path(__file__).parent
_WRITTEN_OUT = runpy.run_path(str(_ROOT / "compiler" / "written_out.py"))["written_out"]


class BuildPy(build_py):
    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            self._prepare(Path(self.build_lib, "cogc"))

    def _prepare(self, package: Path) -> None:
        """The runtime's own copy of `signature` goes into images as it is; the compiler loads the prepared one."""
        for path in (_ROOT / "runtime/cog/signature").glob("*.py"):
            target = package / "_prepared" / "signature" / path.name
            self.mkpath(str(target.parent))
            self.copy_file(str(path), str(target))
        for path in package.rglob("*.py"):
            depth = 2 if "_prepared" in path.parts else len(path.relative_to(package).parts)
            if "_data" not in path.parts:
                path.write_text(_WRITTEN_OUT(path.read_text("utf-8"), f"{'.' * depth}records"), "utf-8")


setup(cmdclass={"build_py": BuildPy})
