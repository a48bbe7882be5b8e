"""What a server makes once of the signature that it serves."""

from dataclasses import dataclass
from typing import Any, Dict, Tuple

from ..signature import Parameter, Signature
from .echo import mask, shorten
from .inputs import is_remade
from .outputs import OutputCheck
from .request import RequestParser


@dataclass(frozen=True)
class Interface:
    """`secrets` and `files` name the inputs that are or hold such; the worker gets `remade` in another form."""

    signature: Signature
    parser: RequestParser
    check: OutputCheck
    secrets: Tuple[str, ...]
    files: Tuple[str, ...]
    remade: Tuple[Parameter, ...]

    @classmethod
    def of(cls, signature: Signature) -> "Interface":
        secrets, files = _names(signature, "secret"), _names(signature, "path", "file")
        remade = tuple(each for each in signature.parameters if is_remade(each.type))
        return cls(signature, RequestParser(signature), OutputCheck(signature), secrets, files, remade)

    def shown(self, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs as answers echo them."""
        if not self.secrets and not self.files:
            return inputs
        masked = {name: mask(inputs.get(name)) for name in self.secrets}
        return {**inputs, **{name: shorten(inputs.get(name)) for name in self.files}, **masked}


def _names(signature: Signature, *kinds: str) -> Tuple[str, ...]:
    return tuple(each.name for each in signature.parameters if each.type.holds(*kinds))
