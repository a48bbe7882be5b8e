"""One run of a model's setup."""

from dataclasses import dataclass, replace
from typing import Optional

from .prediction import now


@dataclass(frozen=True)
class Setup:
    """`status` is `starting`, `succeeded` or `failed`."""

    status: str = "starting"
    started_at: Optional[str] = None
    completed_at: Optional[str] = None
    logs: str = ""

    def with_log(self, text: str) -> "Setup":
        """What is written after the end belongs to predictions."""
        return replace(self, logs=self.logs + text) if self.status == "starting" else self

    def succeeded(self) -> "Setup":
        return replace(self, status="succeeded", completed_at=now())

    def failed(self, error: str) -> "Setup":
        logs = self.logs if error in self.logs else f"{self.logs}{error}\n"
        return replace(self, status="failed", completed_at=now(), logs=logs)

    @property
    def reason(self) -> str:
        """The last line of the logs."""
        lines = self.logs.strip().splitlines()
        return lines[-1] if lines else "no reason was given"
