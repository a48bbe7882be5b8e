"""`GET /health-check`, and the file that tells Kubernetes the same."""

import logging
import pathlib
import sys
from dataclasses import asdict
from typing import Any, Dict

from .._version import __version__
from .fleet import Fleet

_log = logging.getLogger("cog.health")


async def health_report(fleet: Fleet) -> Dict[str, Any]:
    """`status` is STARTING, READY, BUSY, SETUP_FAILED or UNHEALTHY."""
    report: Dict[str, Any] = {
        "status": _status(fleet),
        "setup": {key: value for key, value in asdict(fleet.setup).items() if value is not None},
        "version": {"cog": __version__, "python": sys.version.split()[0]},
    }
    if report["status"] not in ("READY", "BUSY"):
        return report
    complaint = await fleet.complaint()
    return report if complaint is None else {**report, "status": "UNHEALTHY", "user_healthcheck_error": complaint}


def _status(fleet: Fleet) -> str:
    if fleet.failed:
        return "SETUP_FAILED"
    if not fleet.ready:
        return "STARTING"
    return "BUSY" if fleet.busy else "READY"


def announce_ready(file: pathlib.Path) -> None:
    """Makes the file that a readiness probe looks for. A folder that cannot be written is only logged."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError as error:
        _log.warning("the readiness file cannot be made: %s", error)
