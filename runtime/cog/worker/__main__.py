"""`python -m cog.worker SPEC`: started by the server with two sockets, stdout and stderr as pipes."""

import faulthandler
import os
import sys

from .channel import Channel
from .output import take_over_output
from .report import flush
from .startup import Spec, start
from .wait import wait_for_model


def main() -> int:
    """Returns the exit status: 0 when the server is gone or says so, 1 when the model cannot be set up."""
    spec = Spec.from_json(sys.argv[1])
    # Scripts with argparse at module level must not see our arguments.
    sys.argv = sys.argv[:1]
    take_over_output()
    faulthandler.enable()
    wait_for_model(os.environ)
    return start(spec, Channel(spec.data_fd))


if __name__ == "__main__":
    status = main()
    flush()
    # Threads and atexit hooks of the model must not keep an ended worker alive.
    os._exit(status)
