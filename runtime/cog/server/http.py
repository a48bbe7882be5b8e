"""`python -m cog.server.http`: the entry point of an image.

It starts in the model's Python. When the private directory is there, the process replaces itself by one
whose import path is the standard library and that directory alone, so that nothing of the model's
environment (packages, .pth files, PYTHONPATH) reaches the server. The environment variables stay as they
are: the worker is started with them.
"""

import os
import sys
from typing import List, Optional

_DEFAULT_HOME = "/opt/cog/server"
_BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from cog.server.http import serve; sys.exit(serve(sys.argv[1:]))"


def main() -> int:
    """Returns the exit status: 0 after an orderly end, 1 when the model or the port cannot be used."""
    named = os.environ.get("COG_SERVER_HOME")
    home = named or _DEFAULT_HOME
    if os.path.isdir(home):  # noqa: PTH112 - pathlib would be imported for this process to throw away
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", _BOOT, home, *sys.argv[1:]])
    if named:
        print(f"error: COG_SERVER_HOME is {named!r}, no folder; the server's packages are to be there", file=sys.stderr)
        return 1
    return serve(sys.argv[1:])


def serve(arguments: Optional[List[str]] = None) -> int:
    """Serves until it is told to stop. `arguments` are the flags of the command line."""
    from .config import ConfigError, configuration

    try:
        config = configuration(arguments or [], os.environ)
    except ConfigError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    from .head_start import head_start
    from .unused import without_unused

    scratch, children = head_start(config)
    # Most of the time of a start goes into this import; meanwhile the worker imports the model.
    with without_unused():
        from .run import run

    return run(config, scratch, children)


if __name__ == "__main__":
    sys.exit(main())
