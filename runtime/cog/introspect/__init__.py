"""From Python annotations to a `Signature`, at run time; the compiler reads the same from source."""

from .errors import SignatureError
from .function import signature_of

__all__ = ["SignatureError", "signature_of"]
