"""Children that model code makes by `os.fork`: they are the model's, and no workers."""

import os
from typing import List

_here: List[bool] = []
os.register_at_fork(after_in_child=lambda: _here.append(True))


def is_forked() -> bool:
    return bool(_here)
