"""Where `cogc` begins: the plainest command lines are answered before the machinery for all others is loaded."""

import os
import sys


def main() -> None:
    """`cogc --version` and `cogc compile [DIR]`, where nothing goes wrong; the command line of `cli` for the rest.

    A compile that has anything to tell is made again by it, as only it knows how to tell.
    """
    try:
        text = answer(tuple(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit("\nAborted!") from None
    if text is None:
        from .cli import main as command_line

        command_line(prog_name="cogc")
    else:
        _write(text)


def answer(arguments: tuple[str, ...]) -> str | None:
    match arguments:
        case ("--version",):
            from .version import __version__

            return f"cogc, version {__version__}\n"
        case ("compile",):
            return _dockerfile(".")
        case ("compile", folder) if not folder.startswith("-"):
            return _dockerfile(folder)
    return None


def _dockerfile(folder: str) -> str | None:
    """None where there is anything to tell."""
    if not os.path.isfile(os.path.join(folder, "cog.yaml")):  # noqa: PTH113, PTH118  # pathlib is not loaded yet
        return None
    import gc

    gc.disable()  # this process ends soon
    try:
        return _compiled(folder)
    except Exception:  # whatever it is, it is met again, and told
        gc.enable()
        return None


def _compiled(folder: str) -> str | None:
    from pathlib import Path

    from .backends.dockerfile import dockerfile
    from .compat import Compat
    from .frontend.files import FolderFiles
    from .pipeline import Compilation

    compilation = Compilation(FolderFiles(Path(folder)), "cog.yaml", Compat.bundled())
    text = dockerfile(compilation.recipe)
    return None if compilation.diagnostics else text


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        sys.stdout = None  # the reader of our output is gone: nothing may flush into it
        raise SystemExit(1) from error
    except OSError as error:
        from .cli.console import unwritable

        sys.stdout = None  # what it still holds cannot be written either
        raise SystemExit(unwritable(error)) from error
