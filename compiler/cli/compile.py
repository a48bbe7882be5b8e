"""cogc compile: the artifact on standard output, or a self-contained folder."""

from collections.abc import Callable
from pathlib import Path

import click

from ..ir.space import Space
from ..passes.narrow import Watch
from ..pipeline import Compilation
from .console import show
from .project import config_option, find_project


def _dockerfile(compilation: Compilation) -> str:
    from ..backends.dockerfile import dockerfile

    return dockerfile(compilation.recipe)


def _plan(compilation: Compilation) -> str:
    from ..backends.plan import plan_json

    return plan_json(compilation.plan)


def _recipe(compilation: Compilation) -> str:
    from ..backends.recipe import recipe_json

    return recipe_json(compilation.recipe)


def _spec(compilation: Compilation) -> str:
    from ..backends.spec import spec_json

    return spec_json(compilation.spec)


def _schema(compilation: Compilation) -> str:
    from ..backends.schema import schema_json

    return schema_json(compilation.spec)


EMITTERS: dict[str, Callable[[Compilation], str]] = {
    "dockerfile": _dockerfile,
    "openapi": _schema,
    "plan": _plan,
    "recipe": _recipe,
    "spec": _spec,
}


@click.command("compile")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@config_option
@click.option("-o", "--output", metavar="OUT", type=click.Path(path_type=Path), help=(
    "Where to write: a folder that `docker build OUT` turns into the image, or a file for the other kinds."
))  # fmt: skip
@click.option("--emit", "kind", metavar="KIND", type=click.Choice(sorted(EMITTERS)), default="dockerfile", help=(
    f"What to write: {', '.join(sorted(EMITTERS))}. Default: dockerfile."
))  # fmt: skip
@click.option("--check", metavar="PATH", type=click.Path(path_type=Path), help=(
    "Write nothing: compare with the file or folder at PATH, print the difference, exit with 1 if there is one."
))  # fmt: skip
@click.option("--print-after", metavar="PASS", help="Also print, on standard error, what is possible after this pass.")
def command(
    folder: Path | None, config: str, output: Path | None, kind: str, check: Path | None, print_after: str | None
) -> None:
    """Compiles the project in DIR (by default the nearest one) without Docker, network or clock."""
    from ..compat import Compat

    if check is not None and output is not None:
        raise click.UsageError("--check writes nothing, so it does not go with --output")
    watch = None if print_after is None else _printer(print_after)
    project = find_project(folder, config)
    compilation = Compilation(project, config, Compat.bundled(), watch)
    text = EMITTERS[kind](compilation)
    show(compilation.diagnostics)
    if check is not None:
        _check(compilation, project.root, text, check)
    elif output is None:
        click.echo(text, nl=False)
    else:
        _write(compilation, project.root, text, output, as_folder=kind == "dockerfile")


def _printer(rule: str) -> Watch:
    """Prints the space after each time that the pass has run."""
    from ..explain import explain_space
    from ..passes import PIPELINE

    known = [name for name, _ in PIPELINE]
    if rule not in known:
        raise click.BadParameter(f"{rule!r} is no pass; there are: {', '.join(known)}", param_hint="--print-after")

    def watch(name: str, space: Space) -> None:
        if name == rule:
            click.echo(f"after {name}:\n{explain_space(space)}", err=True)

    return watch


def _write(compilation: Compilation, project: Path, text: str, output: Path, *, as_folder: bool) -> None:
    if not as_folder:
        output.write_text(text, encoding="utf-8", newline="\n")
        return
    from ..deliver.folder import write_context

    write_context(compilation.recipe, project, output)
    say(f"Wrote {output}; `docker build {output}` makes the image.")


def _check(compilation: Compilation, project: Path, text: str, committed: Path) -> None:
    """Raises CompileError (`check-missing`, `out-of-date`)."""
    from ..deliver.checking import differences

    if not committed.exists():
        advice = f"write it with `cogc compile > {committed}`, or a whole folder with `cogc compile -o {committed}`"
        raise CompileError([CHECK_MISSING.bare(f"there is nothing at {committed}", help=advice)])
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "made"
        _write(compilation, project, text, made, as_folder=committed.is_dir())
