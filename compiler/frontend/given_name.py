"""The names of images that come from the command line or from variables."""

from ..ir.codes.config import IMAGE_NAME
from ..ir.diagnostic import CompileError
from .grammar import fault
from .image import advice_on


def check_names(names: tuple[str, ...]) -> None:
    """Raises CompileError (`image-name`) with each name that no registry takes."""
    problems = [
        IMAGE_NAME.bare(f"{name!r} is not the name of an image", help=advice_on(name))
        for name in names
        if fault("image", name) is not None or "@" in name
    ]
    if problems:
        raise CompileError(problems)
