"""Instructions that make an image trust certificate authorities of the user's."""

from ..ir.ground_steps import CERTIFICATES
from .layout import OWN
from .run import run, words

_PLACE = "/usr/local/share/ca-certificates/cogc.crt"
BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


def instructions() -> tuple[str, ...]:
    """The system's own tools read the bundle; Python's read one of the variables.

    Where the tool that makes the bundle is not installed yet, it finds the file when it is.
    """
    add = words(
        "if command -v update-ca-certificates >/dev/null; then update-ca-certificates >/dev/null;",
        f"else mkdir -p /etc/ssl/certs && cat {_PLACE} >> {BUNDLE}; fi",
    )
    return (
        f"COPY {OWN}/{CERTIFICATES} {_PLACE}",
        run((), (add,)),
        f"ENV SSL_CERT_FILE={BUNDLE}",
        f"ENV REQUESTS_CA_BUNDLE={BUNDLE}",
    )
