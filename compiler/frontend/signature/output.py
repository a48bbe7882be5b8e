"""Output: what a target returns."""

from ...contract import Type
from ...ir.codes.signature import ITERATOR_NESTED, RETURN_UNTYPED
from .annotation import Annotation
from .refusal import Refusal
from .target import Target
from .types import inner_types, read_type


def read_output(target: Target) -> Type:
    """Raises Refusal when there is no annotation, or one that cannot be shown in the interface."""
    if target.node.returns is None:
        message = f"`{target.node.name}` does not say what it returns"
        help = "annotate it, such as `-> str` or `-> cog.Path`; `-> None` for nothing"
        raise Refusal(RETURN_UNTYPED.at(target.span, message, help=help))
    at = Annotation(target.node.returns, target.scope, "output")
    type_ = read_type(at)
    if any(inner.kind == "iterator" for inner in inner_types(type_)):
        message = "an iterator cannot stand inside another type"
        raise at.refused(ITERATOR_NESTED, message, help="make the iterator the whole return type, and its items lists")
    return type_
