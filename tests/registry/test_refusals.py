"""What a registry that takes nothing is told as: a full disk is not a fault of the network."""

from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.registry.faults import Answered
from cogc.registry.reference import Reference
from cogc.registry.refusal import refusal

from .blobs import REPOSITORY, client, noise, push, source
from .faulty import FaultyRegistry, Rule, answers


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [(507, "registry-full", "make room"), (405, "registry-refused", "read-only"), (403, "registry-denied", "login")],
)
def test_an_upload_that_is_refused(
    faulty: FaultyRegistry, tmp_path: Path, status: int, code: str, told: str
) -> None:  # fmt: skip
    faulty.rules = [Rule("POST", "uploads", answers(status), times=99)]
    with pytest.raises(CompileError) as raised:
        push(client(faulty.host), tmp_path, source(noise(100, 1)))
    (found,) = raised.value.diagnostics
    assert found.code.id == code
    assert told in found.help
    assert len([asked for asked in faulty.asked if asked.startswith("POST")]) == 1, "trying again does not help"


def test_a_disk_that_is_full_is_not_a_fault_that_passes() -> None:
    assert not Answered(500, "unknown error: no space left on device").passing
    assert Answered(500, "unknown error").passing


@pytest.mark.parametrize(("status", "said"), [(201, ""), (500, "500 fault: status_500")])
def test_the_reason_is_asked_for(faulty: FaultyRegistry, status: int, said: str) -> None:
    faulty.rules = [Rule("POST", "uploads", answers(status))] if said else []
    assert refusal(Reference(faulty.host, REPOSITORY), {}) == said
    assert not faulty.uploads
