"""The documented import path of the cancelation exception."""

from ..exceptions import CancelationException

__all__ = ["CancelationException"]
