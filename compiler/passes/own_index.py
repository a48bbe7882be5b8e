"""Whether the user says where the packages of torch come from."""

import re

from ..ir.requirement import Option
from ..ir.space import TORCH_FAMILY, Ask
from ..ir.spec import Spec

_REPLACING = ("--index-url", "--no-index")
_ADDING = ("--extra-index-url", "--find-links")
# A company's own index does not hold torch; one that does tells it by its path, as the official ones do.
_TORCH = r"(?i)pytorch|/(cpu|cu\d{2,3}|rocm[\d.]+|xpu)(/|$)"


def has_own_index(spec: Spec, asks: tuple[Ask, ...]) -> bool:
    """An index that replaces the default one is meant for torch too; an added one if it looks like torch's
    or stands on the line of a package of torch."""
    options = (line for line in spec.requirements if isinstance(line, Option))
    return any(option.name in _REPLACING or _serves_torch(option, asks) for option in options)


def _serves_torch(option: Option, asks: tuple[Ask, ...]) -> bool:
    return option.name in _ADDING and (re.search(_TORCH, option.value) is not None or _is_on_line_of(option, asks))


def _is_on_line_of(option: Option, asks: tuple[Ask, ...]) -> bool:
    spans = (ask.line.span for ask in asks if ask.name in TORCH_FAMILY)
    return any(span.source == option.span.source and span.line == option.span.line for span in spans)
