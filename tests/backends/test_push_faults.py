"""What engines and registries say, in words that they were heard to say."""

import pytest

from cogc.backends.push_faults import push_fault

DIAL = 'Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1:'
HTTP = 'Get "https://127.0.0.1:5000/v2/": http: server gave HTTP response to HTTPS client'


@pytest.mark.parametrize(
    ("said", "code", "passes"),
    [
        (f"{DIAL} connect: connection refused", "registry-unreachable", True),
        ("dial tcp: lookup nohost.invalid on 10.0.0.2:53: no such host", "registry-unreachable", False),
        (HTTP, "registry-unreachable", False),
        ("tls: failed to verify certificate: x509: unknown authority", "registry-unreachable", False),
        ("no basic auth credentials", "login-needed", False),
        ("unauthorized: authentication required", "login-needed", False),
        ("denied: requested access to the resource is denied", "push-denied", False),
        ("unexpected status from POST request to http://r/v2/x/blobs/uploads/: 403 Forbidden", "push-denied", False),
        ("write /var/lib/docker/tmp/x: no space left on device", "registry-full", False),
        ("received unexpected HTTP status: 507 Insufficient Storage", "registry-full", False),
        ("read tcp 127.0.0.1:4->127.0.0.1:5: read: connection reset by peer", "push-failed", True),
        ("received unexpected HTTP status: 500 Internal Server Error", "push-failed", False),
        ("received unexpected HTTP status: 500 (500 unknown error: no space left on device)", "registry-full", False),
        ("unknown: Method not allowed", "push-denied", False),
        ("received unexpected HTTP status: 503 Service Unavailable", "push-failed", True),
        ("unexpected EOF", "push-failed", True),
        ("net/http: TLS handshake timeout", "push-failed", True),
        ("something nobody has ever heard", "push-failed", False),
    ],
)
def test_push_fault(said: str, code: str, passes: bool) -> None:
    fault = push_fault(said)
    assert (fault.code.id, fault.passes) == (code, passes)
