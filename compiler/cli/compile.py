"""cogc compile: the artifact on standard output, or a self-contained folder."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from ..frontend.load import load, load_environment
from ..ir.codes.commands import CHECK_MISSING, OUT_OF_DATE
from ..ir.diagnostic import CompileError
from ..ir.space import Space
from ..passes.narrow import Watch
from ..pipeline import Compilation
from .additions import added, additions_options
from .console import say, show
from .platforms import platform_option
from .project import compat_option, config_option, database, find_project
from .weights_option import FindLayers, weights_option


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


def _bake(compilation: Compilation) -> str:
    from .bake import bake_text

    return bake_text(compilation)


EMITTERS: dict[str, Callable[[Compilation], str]] = {
    "bake": _bake,
    "dockerfile": _dockerfile,
    "openapi": _schema,
    "plan": _plan,
    "recipe": _recipe,
    "spec": _spec,
}


@click.command("compile")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@config_option
@compat_option
@additions_options
@platform_option
@weights_option
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
    folder: Path | None, config: str, platforms: tuple[str, ...], find_layers: FindLayers, output: Path | None,
    kind: str, check: Path | None, print_after: str | None,
) -> None:  # fmt: skip
    """Compiles the project in DIR (by default the nearest one) without Docker, network or clock."""
    if check is not None and output is not None:
        raise click.UsageError("--check writes nothing, so it does not go with --output")
    watch = None if print_after is None else _printer(print_after)
    project = find_project(folder, config)
    if kind == "bake" and check is None:
        from .bake import bake

        bake(project, config, platforms, find_layers, output)
        return
    if len(platforms) > 1:
        raise click.UsageError("each platform has artifacts of its own: name one, or use --emit bake")
    front = load_environment if kind == "plan" else load  # a plan does not hang on the predictor
    compilation = Compilation(project, config, database(), watch, added(front, *platforms), find_layers(project.root))
    text = EMITTERS[kind](compilation)
    show(compilation.diagnostics)
    if check is not None:
        _check(compilation, project.root, kind, check)
    elif output is None:
        click.echo(text, nl=False)
    elif kind == "dockerfile":
        _write_folder(compilation, project.root, output)
        say(f"Wrote {output}; `docker build {output}` makes the image.")
    else:
        _write_file(text, output)


def _printer(rule: str) -> Watch:
    """Prints the space after each time that the pass has run."""
    from ..explain.reasons import explain_space
    from ..passes import PIPELINE

    known = [name for name, _ in PIPELINE]
    if rule not in known:
        raise click.BadParameter(f"{rule!r} is no pass; there are: {', '.join(known)}", param_hint="--print-after")

    def watch(name: str, space: Space) -> None:
        if name == rule:
            click.echo(f"after {name}:\n{explain_space(space)}", err=True)

    return watch


def _write_file(text: str, output: Path) -> None:
    output.write_text(text, encoding="utf-8", newline="\n")


def _write_folder(compilation: Compilation, project: Path, output: Path) -> None:
    from ..deliver.folder import write_context

    write_context(compilation.recipe, project, output)


def _check(compilation: Compilation, project: Path, kind: str, committed: Path) -> None:
    """Raises CompileError (`check-missing`, `out-of-date`)."""
    from ..deliver.checking import differences

    _check_path(committed, kind)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "made"
        if committed.is_dir():
            _write_folder(compilation, project, made)
        else:
            _write_file(EMITTERS[kind](compilation), made)
        found = tuple(differences(committed, made))
    if found:
        click.echo("".join(found), nl=False)
        help = f"write it again with `{_way_to_write(kind, committed)}`, and read the difference before committing it"
        raise CompileError([OUT_OF_DATE.bare(f"{committed} is not what cogc makes of the project now", help=help)])
    say(f"{committed} is up to date.")


def _check_path(committed: Path, kind: str) -> None:
    if committed.is_dir() and kind != "dockerfile":
        raise click.UsageError(f"--emit {kind} makes one file, and {committed} is a folder")
    if not committed.exists():
        help = f"write it with `{_way_to_write(kind, committed)}`, or a whole folder with `cogc compile -o {committed}`"
        raise CompileError([CHECK_MISSING.bare(f"there is nothing at {committed}", help=help)])


def _way_to_write(kind: str, path: Path) -> str:
    if path.is_dir():
        return f"cogc compile -o {path}"
    return f"cogc compile > {path}" if kind == "dockerfile" else f"cogc compile --emit {kind} -o {path}"
