"""URIs of sources: which kind they are, and what is wrong with the others."""

import pytest

from cogc.weights.uri import BadUri, read_uri

KINDS = {
    "weights": "path",
    "./weights": "path",
    "/data/weights": "path",
    "../shared": "path",
    "C:/weights": "path",
    "file:///data/weights": "path",
    "file://./weights": "path",
    "https://example.com/a.safetensors": "file",
    "http://127.0.0.1:8000/a/b.bin?download=1#x": "file",
    "HTTPS://example.com/a?b=/": "file",
    "hf://owner/name": "hub",
    "hf://owner/name@main": "hub",
    "huggingface://owner/name@refs/pr/1": "hub",
    "oci://registry.example.com/team/weights:v1": "registry",
    "s3://bucket/folder": "storage",
    "gs://bucket": "storage",
    "az://container/x": "storage",
    "sftp://user@host/x": "storage",
    "memory://weights": "storage",
}
BAD = {
    "": "is blank",
    "  ": "is blank",
    "file://": "names nothing",
    "s3://": "names nothing",
    "s3:///": "names nothing",
    "oci://": "names nothing",
    "hff://a/b": "has a scheme that no source has: `hff`",
    "git://host/x": "has a scheme that no source has: `git`",
    "hf://name": "is no repository of the hub",
    "hf://owner/name/file.bin": "is no repository of the hub",
    "hf://owner/name@": "is no repository of the hub",
    "hf://owner/name v2": "is no repository of the hub",
    "https://example.com": "names no file",
    "https://example.com/": "names no file",
    "https://example.com/models/?list": "names no file",
    "https://user:secret@example.com/a.bin": "has a password in it, which weights.lock would keep",
    "s3://key:secret@bucket/x": "has a password in it, which weights.lock would keep",
}


@pytest.mark.parametrize("text", KINDS)
def test_kinds(text: str) -> None:
    found = read_uri(text)
    assert not isinstance(found, BadUri)
    assert found.kind == KINDS[text]
    assert text.endswith(found.rest)


@pytest.mark.parametrize("text", BAD)
def test_faults(text: str) -> None:
    found = read_uri(text)
    assert isinstance(found, BadUri)
    assert found.fault == BAD[text]
    assert found.help
    assert 0 <= found.start <= found.end <= len(text)
