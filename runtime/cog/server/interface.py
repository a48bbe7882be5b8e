"""What a server makes once of the signature that it serves."""

from dataclasses import dataclass
from typing import Any, Dict, Tuple

from ..signature import Signature
from ..types.secret import MASK
from .outputs import OutputCheck
from .request import RequestParser


@dataclass(frozen=True)
class Interface:
    """`secrets` are the inputs that are secret or hold something secret."""

    signature: Signature
    parser: RequestParser
    check: OutputCheck
    secrets: Tuple[str, ...]

    @classmethod
    def of(cls, signature: Signature) -> "Interface":
        secrets = tuple(each.name for each in signature.parameters if each.type.holds_secrets)
        return cls(signature, RequestParser(signature), OutputCheck(signature), secrets)

    def shown(self, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs as answers echo them."""
        if not self.secrets:
            return inputs
        return {**inputs, **{name: _masked(inputs.get(name)) for name in self.secrets}}


def _masked(value: Any) -> Any:
    """All of what may hold a secret: text in it is hidden, whatever it is."""
    if isinstance(value, list):
        return [_masked(item) for item in value]
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    return MASK if value and isinstance(value, str) else value
