"""Messages between server and worker: four bytes of length, then JSON."""

import json
import socket
import struct
from typing import Any, Dict, Iterable, Iterator, Optional, Union

Message = Dict[str, Any]

_HEAD = struct.Struct("<I")
_DECODER = json.JSONDecoder()
_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=True)


def encode(message: Message) -> bytes:
    """One frame. Raises ValueError for NaN, infinity and lone surrogates, TypeError for other objects."""
    return framed(_ENCODER.encode(message).encode())


def framed(body: bytes) -> bytes:
    """One frame around JSON."""
    return _HEAD.pack(len(body)) + body


def _decoded(body: Union[bytes, bytearray]) -> Message:
    # Not `json.loads`, which looks for encodings and blanks that are not there.
    message: Message = _DECODER.raw_decode(body.decode())[0]
    return message


class Decoder:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterable[Message]:
        """The messages that `data` completes."""
        if not self._buffer and len(data) >= _HEAD.size and _HEAD.unpack_from(data)[0] == len(data) - _HEAD.size:
            # One, and all of it, as nearly always.
            return (_decoded(data[_HEAD.size :]),)
        self._buffer += data
        return self._complete()

    def _complete(self) -> Iterator[Message]:
        start = 0
        while len(self._buffer) - start >= _HEAD.size:
            (length,) = _HEAD.unpack_from(self._buffer, start)
            end = start + _HEAD.size + length
            if len(self._buffer) < end:
                break
            yield _decoded(self._buffer[start + _HEAD.size : end])
            start = end
        del self._buffer[:start]


def receive(sock: socket.socket) -> Optional[Message]:
    """The next message of a blocking socket, None at its end."""
    head = _exactly(sock, _HEAD.size)
    if head is None:
        return None
    body = _exactly(sock, _HEAD.unpack(head)[0])
    return None if body is None else _decoded(body)


def _exactly(sock: socket.socket, size: int) -> Optional[bytes]:
    data = sock.recv(size)
    if len(data) == size:
        return data
    parts = bytearray(data)
    while data and len(parts) < size:
        data = sock.recv(min(size - len(parts), 1 << 20))
        parts += data
    return bytes(parts) if len(parts) == size else None
