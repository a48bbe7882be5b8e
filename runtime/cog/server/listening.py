"""The sockets that a server listens on, where its own way of opening them is not enough."""

import socket
from typing import List, Optional

_WAITING = 2048


def sockets_for(host: str, port: int) -> Optional[List[socket.socket]]:
    """For `::` one that IPv4 reaches, too, as the ports that an engine publishes; asyncio would leave that out.

    None where uvicorn may open its own. Raises OSError when the port cannot be used.
    """
    if host != "::" or not socket.has_dualstack_ipv6():
        return None
    return [socket.create_server((host, port), family=socket.AF_INET6, backlog=_WAITING, dualstack_ipv6=True)]
