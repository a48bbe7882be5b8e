"""The scripts of `cogc completion`, in shells that are here."""

import os
import shutil
import subprocess
import sysconfig

import pytest

from cogc.cli import _COMMANDS

from .projects import cogc

SCRIPTS = sysconfig.get_path("scripts")
ASK = """
source <(cogc completion bash)
COMP_WORDS=({words}) COMP_CWORD={number}
_cogc_completion cogc
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cogc pu", {"push"}),
        ("cogc completion ''", {"bash", "zsh", "fish"}),
        ("cogc build --prog", {"--progress"}),
        ("cogc build --use-cuda-base-image ''", {"auto", "true", "false"}),
    ],
)
def test_bash(words: str, found: set[str]) -> None:
    script = ASK.format(words=words, number=len(words.split()) - 1)
    environment = {**os.environ, "PATH": f"{SCRIPTS}:{os.environ['PATH']}"}
    said = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert set(said.stdout.split()) == found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_a_script_that_it_can_read(shell: str) -> None:
    script = cogc("completion", shell).stdout
    assert "_COGC_COMPLETE" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_every_command_is_offered() -> None:
    environment = {**os.environ, "PATH": f"{SCRIPTS}:{os.environ['PATH']}"}
    script = ASK.format(words="cogc ''", number=1)
    said = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert set(said.stdout.split()) == set(_COMMANDS)
