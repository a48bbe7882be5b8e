"""Host: where the API of a registry is, and how it is spoken to."""

import ipaddress
import socket
import ssl
from collections.abc import Mapping

from .reference import HUB

_HUB_API = "registry-1.docker.io"
# Seconds in which a server on this machine shakes hands.
_HANDSHAKE = 5.0


def origin_of(host: str, environment: Mapping[str, str]) -> str:
    """The URL of its root. Servers on this machine may do without TLS, and those that COG_INSECURE_REGISTRIES names."""
    host = _HUB_API if host == HUB else host
    insecure = environment.get("COG_INSECURE_REGISTRIES", "").split(",")
    is_plain = host in insecure or (is_loopback(host) and not _speaks_tls(host))
    return f"{'http' if is_plain else 'https'}://{host}"


def _name_and_port(host: str) -> tuple[str, int]:
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    return (name.strip("[]"), int(port)) if port.isdigit() else (host.strip("[]"), 443)


def is_loopback(host: str) -> bool:
    """Whether it is this machine, which no proxy leads to."""
    name, _ = _name_and_port(host)
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _speaks_tls(host: str) -> bool:
    """Nothing is said over this connection, so the certificate does not matter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(_name_and_port(host), _HANDSHAKE) as plain, context.wrap_socket(plain):
            return True
    except OSError:
        return False
