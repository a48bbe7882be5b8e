"""cogc completion: the script by which a shell completes commands, options and their values."""

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")
_PROGRAM = "cogc"
_VARIABLE = "_COGC_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Prints a completion script. For bash: `source <(cogc completion bash)` in ~/.bashrc.

    zsh: the same in ~/.zshrc; fish: `cogc completion fish > ~/.config/fish/completions/cogc.fish`.
    """
    found = get_completion_class(shell)
    assert found is not None, "click knows the shells of _SHELLS"
    click.echo(found(context.find_root().command, {}, _PROGRAM, _VARIABLE).source())
