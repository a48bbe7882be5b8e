"""What `cogc init` and `cogc doctor --fix` write for a user: annotated files, made from templates."""

from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..lint.secret_file import PATTERNS
from ..passes.choose import PREFERRED_PYTHON
from ..resources import SCHEMAS
from ..version import __version__

IGNORE_FILE = ".dockerignore"
_TEMPLATES = {
    "cog.yaml": "cog.yaml.j2",
    "predict.py": "predict.py.j2",
    "requirements.txt": "requirements.txt.j2",
    IGNORE_FILE: "dockerignore.j2",
    ".github/workflows/cogc.yaml": "workflow.yaml.j2",
}


def scaffold() -> Iterator[tuple[str, str]]:
    """Path and text of each file of a new project."""
    for path in _TEMPLATES:
        yield path, template(path)
    yield "cog.schema.json", (SCHEMAS / "cog.schema.json").read_text("utf-8")


def template(path: str) -> str:
    """The text of one file of a new project."""
    environment = Environment(
        loader=PackageLoader("cogc", "cli/templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    values = {"python": PREFERRED_PYTHON, "secrets": PATTERNS, "version": __version__}
    return environment.get_template(_TEMPLATES[path]).render(values)
