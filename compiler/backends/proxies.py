"""Proxies for the network steps of a build."""

from collections.abc import Mapping

# BuildKit knows these arguments: steps see them as variables, and neither the image nor the cache does.
_NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY")


def proxy_options(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Options that pass on those that are set; the client reads the values, so that no command line shows them."""
    names = (spelled for name in _NAMES for spelled in (name, name.lower()) if environment.get(spelled))
    return tuple(word for name in names for word in ("--build-arg", name))
