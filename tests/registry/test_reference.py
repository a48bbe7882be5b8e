"""References, hosts, settings and waits: what is read from text."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.registry.client import Registry
from cogc.registry.part import Span, merged, missing
from cogc.registry.reference import Reference, parse_reference
from cogc.registry.retry import Patience, retry_after
from cogc.registry.settings import Settings, settings_of

DIGEST = f"sha256:{'0' * 64}"


@pytest.mark.parametrize(
    ("text", "reference", "version"),
    [
        ("model", Reference("docker.io", "library/model"), "latest"),
        ("team/model:v1", Reference("docker.io", "team/model", "v1"), "v1"),
        ("127.0.0.1:5000/model", Reference("127.0.0.1:5000", "model"), "latest"),
        ("r.example/a/b/c:1.0", Reference("r.example", "a/b/c", "1.0"), "1.0"),
        (f"r.example/a@{DIGEST}", Reference("r.example", "a", "", DIGEST), DIGEST),
        (f"localhost/a:t@{DIGEST}", Reference("localhost", "a", "t", DIGEST), DIGEST),
    ],
)
def test_references_are_read(text: str, reference: Reference, version: str) -> None:
    found = parse_reference(text)
    assert (found, found.version) == (reference, version)
    assert parse_reference(str(found)) == found


@pytest.mark.parametrize("text", ["", "Model", "r.example/", "https://r.example/a", "a:", "a@sha256:1", "a b", "../a"])
def test_what_is_no_reference_is_told(text: str) -> None:
    with pytest.raises(CompileError) as raised:
        parse_reference(text)
    assert raised.value.diagnostics[0].code.id == "registry-reference"


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("docker.io", "https://registry-1.docker.io"),
        ("r.example", "https://r.example"),
        ("plain.example:5000", "http://plain.example:5000"),
        ("127.0.0.1:1", "http://127.0.0.1:1"),
        ("localhost:1", "http://localhost:1"),
        ("[::1]:1", "http://[::1]:1"),
    ],
)
def test_only_this_machine_and_named_hosts_do_without_tls(host: str, origin: str) -> None:
    assert Registry(host, {"COG_INSECURE_REGISTRIES": "other.example,plain.example:5000"}).origin == origin


def test_settings_come_from_the_environment() -> None:
    names = ("COG_PUSH_CONCURRENCY", "COG_PUSH_DEFAULT_CHUNK_SIZE", "COG_PUSH_MULTIPART_THRESHOLD")
    assert settings_of(dict.fromkeys(names, "")) == Settings(4, 96 << 20, 128 << 20)
    assert settings_of(dict(zip(names, ("1", "2", "3"), strict=True))) == Settings(1, 2, 3)


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "²"])
def test_settings_that_are_no_numbers_are_told(text: str) -> None:
    with pytest.raises(CompileError) as raised:
        settings_of({"COG_PUSH_CONCURRENCY": text})
    assert raised.value.diagnostics[0].code.id == "registry-setting"


@pytest.mark.parametrize(("text", "seconds"), [("", 0), ("7", 7), ("Fri, 01 Jan 2021 00:00:00 GMT", 0), ("soon", 0)])
def test_retry_after(text: str, seconds: float) -> None:
    assert retry_after(text) == seconds


def test_retry_after_a_date() -> None:
    text = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert 3500 <= retry_after(text) <= 3600


def test_waits_grow_up_to_a_bound_and_are_never_shorter_than_asked() -> None:
    patience = Patience(first=1, longest=5, limit=60)
    assert all(grown / 2 <= patience.pause(failures, 0) <= grown for failures, grown in ((1, 1), (2, 2), (9, 5)))
    assert patience.pause(1, 30) == 30
    assert patience.pause(1, 1000) == 60


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([], [(0, 4), (4, 8), (8, 10)]),
        ([(0, 10)], []),
        ([(2, 3), (3, 5)], [(0, 2), (5, 9), (9, 10)]),
        ([(8, 10), (0, 1)], [(1, 5), (5, 8)]),
    ],
)
def test_what_is_missing_is_cut_in_pieces(spans: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    found = tuple(missing(10, (Span(*span) for span in spans), 4))
    assert found == tuple(Span(*span) for span in left)
    whole = merged((*found, *(Span(*span) for span in spans)))
    assert whole == (Span(0, 10),)
