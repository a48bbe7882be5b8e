"""cogc: compiles `cog.yaml` and a Python predictor into a container image."""

from .version import __version__

__all__ = ["__version__"]
