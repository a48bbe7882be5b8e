"""Run by a Python that has the SDK: imports models and prints their signatures as the worker sees them.

Each line of standard input is `FOLDER MODE REFERENCE`; each line of the answer is JSON, the signature or the error.
A model is imported in a fork, so that the modules of one are not those of the next.
"""

import json
import os
import sys

from cog.worker.entry import load_entry


def answer(folder: str, mode: str, reference: str) -> str:
    os.chdir(folder)
    sys.path.insert(0, folder)
    try:
        return json.dumps({"signature": load_entry(reference, mode).signature.to_json()})
    except Exception as error:
        return json.dumps({"error": f"{type(error).__name__}: {error}"})


for line in sys.stdin:
    if os.fork() == 0:
        print(answer(*line.split()), flush=True)
        os._exit(0)
    os.wait()
