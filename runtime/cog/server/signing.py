"""Signatures of webhooks, as https://www.standardwebhooks.com describes them."""

import base64
import binascii
import hashlib
import hmac
import time
import uuid
from typing import Dict

_PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """The bytes of `whsec_<base64>`; any other text is taken as it is. Raises ValueError for broken base64."""
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret[len(_PREFIX) :], validate=True)
    except binascii.Error as error:
        raise ValueError(f"what follows {_PREFIX} is no base64: {error}") from error


def new_delivery() -> str:
    """The id of one message, the same in each try to deliver it."""
    return f"msg_{uuid.uuid4().hex}"


def delivery_headers(delivery: str, body: bytes, key: bytes) -> Dict[str, str]:
    """Of one try, now. Without a key there is no signature."""
    now = str(int(time.time()))
    headers = {"webhook-id": delivery, "webhook-timestamp": now}
    if not key:
        return headers
    digest = hmac.new(key, f"{delivery}.{now}.".encode() + body, hashlib.sha256).digest()
    return {**headers, "webhook-signature": "v1," + base64.b64encode(digest).decode("ascii")}
