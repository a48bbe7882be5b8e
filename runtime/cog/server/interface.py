"""What a server makes once of the signature that it serves."""

from dataclasses import dataclass
from typing import Any, Dict, List

from ..signature import Signature
from ..types.secret import MASK
from .outputs import OutputCheck
from .request import RequestParser


@dataclass(frozen=True)
class Interface:
    """`secrets` are the names of secret inputs."""

    signature: Signature
    parser: RequestParser
    check: OutputCheck
    secrets: List[str]

    @classmethod
    def of(cls, signature: Signature) -> "Interface":
        secrets = [each.name for each in signature.parameters if each.type.kind == "secret"]
        return cls(signature, RequestParser(signature), OutputCheck(signature), secrets)

    def shown(self, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs as answers echo them."""
        if not self.secrets:
            return inputs
        return {**inputs, **{name: MASK for name in self.secrets if inputs.get(name)}}
