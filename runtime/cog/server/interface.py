"""What a server makes once of the signature that it serves."""

from dataclasses import dataclass
from typing import Any, Dict, Tuple

from ..signature import Signature
from .downloads import holds_files
from .echo import mask, shorten
from .outputs import OutputCheck
from .request import RequestParser


@dataclass(frozen=True)
class Interface:
    """`secrets` and `files` are the inputs that are or hold such."""

    signature: Signature
    parser: RequestParser
    check: OutputCheck
    secrets: Tuple[str, ...]
    files: Tuple[str, ...]

    @classmethod
    def of(cls, signature: Signature) -> "Interface":
        secrets = tuple(each.name for each in signature.parameters if each.type.holds_secrets)
        files = tuple(each.name for each in signature.parameters if holds_files(each.type))
        return cls(signature, RequestParser(signature), OutputCheck(signature), secrets, files)

    def shown(self, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs as answers echo them."""
        if not self.secrets and not self.files:
            return inputs
        masked = {name: mask(inputs.get(name)) for name in self.secrets}
        return {**inputs, **{name: shorten(inputs.get(name)) for name in self.files}, **masked}
