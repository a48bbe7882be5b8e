"""Whether the user says where the packages of torch come from."""

import re

from ..ir.requirement import Option
from ..ir.spec import Spec

_REPLACING = ("--index-url", "-i", "--no-index")
_ADDING = ("--extra-index-url", "--find-links", "-f")
# A company's own index does not hold torch; one that does tells it by its path, as the official ones do.
_TORCH = re.compile(r"pytorch|/(cpu|cu\d{2,3}|rocm[\d.]+|xpu)(/|$)", re.IGNORECASE)


def has_own_index(spec: Spec) -> bool:
    """An index that replaces the default one is meant for torch too; an added one if it looks like torch's."""
    options = (line for line in spec.requirements if isinstance(line, Option))
    return any(option.name in _REPLACING or _serves_torch(option) for option in options)


def _serves_torch(option: Option) -> bool:
    return option.name in _ADDING and _TORCH.search(option.value) is not None
