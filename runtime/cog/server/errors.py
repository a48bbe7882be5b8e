"""What goes wrong around a prediction, in the words that a client reads."""

from typing import Dict, Optional


class FileError(Exception):
    """An input file cannot be had, or an output file cannot be sent; the prediction fails with this text."""


class Refused(Exception):
    """A prediction is not accepted; `status` is the HTTP status that says so."""

    def __init__(self, status: int, detail: str, headers: Optional[Dict[str, str]] = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}
