"""cogc explain: why a version was picked, why another was not, or what a diagnostic means."""

from pathlib import Path

import click

from ..explain.why_not import WhyNot
from ..frontend.load import load_environment
from ..ir.codes import ALL
from ..ir.codes.commands import QUESTION_UNKNOWN
from ..ir.diagnostic import CompileError
from ..pipeline import Compilation
from .console import show
from .project import compat_option, config_option, database, find_project, folder_option


@click.command("explain")
@click.argument("field", metavar="[FIELD|CODE]", required=False)
@click.option("--why-not", "other", metavar="FIELD=VALUE", help=(
    "Say what speaks against another answer, for example cuda=12.8, or what would change with it."
))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with all candidates and each cut.")
@folder_option
@config_option
@compat_option
def command(field: str | None, other: str | None, as_json: bool, folder: Path | None, config: str) -> None:
    """Prints the reason of each decision (python, cuda, torch, base_image …), or of one of them with everything
    that was ruled out, and why. For the CODE of a diagnostic, prints what it means."""
    if field in ALL:
        click.echo(f"{field} ({ALL[field].severity})\n\n{ALL[field].explanation}")
        return
    compilation = Compilation(find_project(folder, config), config, database(), front=load_environment)
    printed = _json if as_json else _text
    told = printed(compilation, field, other)
    show(compilation.diagnostics)
    click.echo(told, nl=False)


def _text(compilation: Compilation, field: str | None, other: str | None) -> str:
    from ..explain.reasons import explain_plan, explain_question
    from ..explain.why_not import explain_why_not

    if other is not None:
        return explain_why_not(_why_not(compilation, field, other))
    _check(compilation, field)
    if field is None:
        return explain_plan(compilation.plan)
    return explain_question(compilation.plan, compilation.space, field)


def _json(compilation: Compilation, field: str | None, other: str | None) -> str:
    from ..explain.json import explanation_json, why_not_json

    if other is not None:
        return why_not_json(_why_not(compilation, field, other))
    _check(compilation, field)
    return explanation_json(compilation.plan, compilation.space, field)


def _why_not(compilation: Compilation, field: str | None, other: str) -> WhyNot:
    """Accepts `cuda --why-not 12.8` as well."""
    from ..explain.why_not import not_chosen, not_possible, without_search
    from ..passes.what_if import Possible, what_if

    question, equals, value = other.partition("=") if field is None else (field, "=", other.removeprefix(f"{field}="))
    if not (question and equals and value):
        raise click.BadParameter(f"{other!r} is not FIELD=VALUE, such as cuda=12.8", param_hint="--why-not")
    _check(compilation, question)
    space, plan = compilation.space, compilation.plan
    if found := without_search(space, plan, question, value):
        return found
    tried = what_if(compilation.spec, compilation.compat, question, value)
    if isinstance(tried, Possible):
        return not_chosen(space, question, value, tried.plan, plan)
    return not_possible(space, question, value, tried.cuts)


def _check(compilation: Compilation, question: str | None) -> None:
    """Raises CompileError (`question-unknown`)."""
    from ..explain.reasons import OF_GPU, questions

    known = questions(compilation.plan)
    if question in (None, *known):
        return
    help = f"ask for one of: {', '.join(known)}"
    if question in OF_GPU and not compilation.spec.uses_gpu:
        message = f"{question} is no question of a project without a GPU"
        raise CompileError([QUESTION_UNKNOWN.bare(message, help=f"it arises only with `build.gpu: true`; {help}")])
    message = f"{question} is no question of this project, and no code of a diagnostic"
    raise CompileError([QUESTION_UNKNOWN.bare(message, help=help)])
