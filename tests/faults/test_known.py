"""Failures that many people meet, by what real tools say."""

import pytest

from cogc.faults.known import recognized, recognized_of_base

UV = "error: No solution found when resolving dependencies\n  cause: Because "


@pytest.mark.parametrize(
    ("output", "code", "advice"),
    [
        (f"{UV}there is no version of cowpy==99.1 and you require", "package-unavailable", "cowpy==99.1"),
        (f"{UV}no-such was not found in the package registry and", "package-unavailable", "spelling of no-such;"),
        (f"{UV}numpy==1.20.0 has no usable wheels and you require", "package-unavailable", "numpy==1.20.0 with wheels"),
        (f"{UV}a==1 depends on b<2 and you require b>=2", "package-unavailable", "exclude each other"),
        ("ERROR: No matching distribution found for nope", "package-unavailable", "spelling of nope;"),
        ("E: Unable to locate package tre", "system-package-unavailable", "look for tre in"),
        ("E: Package 'python2' has no installation candidate", "system-package-unavailable", "look for python2 in"),
        ("E: Version '99' for 'tree' was not found", "system-package-unavailable", "version of tree out"),
        ("error: [Errno 2] No such file or directory: 'gcc'", "tool-missing", "`gcc`"),
        ("command 'x86_64-linux-gnu-gcc' failed: No such file or directory", "tool-missing", "`gcc`"),
        ("/bin/sh: 1: nothere: not found", "tool-missing", "`nothere`"),
        ("bash: line 1: nothere: command not found", "tool-missing", "`nothere`"),
        ("write /var/lib/x: no space left on device", "disk-full", "docker system df"),
        ("E: You don't have enough free space in /var/cache", "disk-full", "docker builder prune"),
        ("curl: (6) Could not resolve host: x.invalid", "network-unreachable", "HTTPS_PROXY"),
        ("Temporary failure resolving 'deb.debian.org'", "network-unreachable", "HTTPS_PROXY"),
        ("cause: client error (Connect)\n  cause: operation timed out", "network-unreachable", "HTTPS_PROXY"),
        ("  cause: invalid peer certificate: UnknownIssuer", "certificate-unknown", "COG_CA_CERT"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "certificate-unknown", "COG_CA_CERT"),
        ("did not complete successfully: exit code: 137", "memory-full", "MAX_JOBS"),
        ("  cause: Git executable not found. Ensure that Git is installed", "tool-missing", "add `git` to"),
        ("ERROR: Cannot find command 'git' - do you have 'git' installed", "tool-missing", "add `git` to"),
        ("    cause: Hash mismatch for `idna==3.7`", "hash-mismatch", "not the one that was pinned"),
        ("error: Failed to build `numpy==1.19.0`", "source-not-built", "numpy==1.19.0 has no wheel"),
        ("error: Failed to download and build `numpy==1.19.0`", "source-not-built", "numpy==1.19.0 has no wheel"),
    ],
)
def test_what_tools_say(output: str, code: str, advice: str) -> None:
    found = recognized(f"some line\n{output}\nanother line")
    assert found is not None
    assert found[0].id == code
    assert advice in found[1]


def test_what_nobody_has_met() -> None:
    assert recognized("Segmentation fault") is None


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ("127.0.0.1:5000/nothing/x:1: not found", "base-unavailable"),
        ("Trying to pull docker.io/a/b:1...\ninitializing source docker://a/b:1: no such host", "network-unreachable"),
        ("pull access denied, repository does not exist or may require authorization", "base-unavailable"),
        ("dial tcp: lookup x.invalid on 10.0.0.1:53: no such host", "network-unreachable"),
        ("tls: failed to verify certificate: x509: certificate signed by unknown authority", "certificate-unknown"),
    ],
)
def test_bases(output: str, code: str) -> None:
    found = recognized_of_base(output)
    assert found is not None
    assert found[0].id == code
