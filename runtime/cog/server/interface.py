"""What a server makes once of the signature that it serves."""

from dataclasses import dataclass
from typing import Any, Dict, Tuple

from ..signature import Parameter, Signature
from .downloads import holds_files
from .echo import mask, shorten
from .outputs import OutputCheck
from .request import RequestParser


@dataclass(frozen=True)
class Interface:
    """`secrets` names the inputs that are or hold such; `files` are those that are or hold files."""

    signature: Signature
    parser: RequestParser
    check: OutputCheck
    secrets: Tuple[str, ...]
    files: Tuple[Parameter, ...]

    @classmethod
    def of(cls, signature: Signature) -> "Interface":
        secrets = tuple(each.name for each in signature.parameters if each.type.holds_secrets)
        files = tuple(each for each in signature.parameters if holds_files(each.type))
        return cls(signature, RequestParser(signature), OutputCheck(signature), secrets, files)

    def shown(self, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs as answers echo them."""
        if not self.secrets and not self.files:
            return inputs
        masked = {name: mask(inputs.get(name)) for name in self.secrets}
        return {**inputs, **{each.name: shorten(inputs.get(each.name)) for each in self.files}, **masked}
