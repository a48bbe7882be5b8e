"""Narrowing only removes, says why, and can be watched pass by pass."""

from typing import Any

import pytest

from cogc.explain.reasons import explain_space
from cogc.ir.space import Domain, Space
from cogc.ir.why import Default
from cogc.passes import PIPELINE
from cogc.passes.choose import RULE as PREFERENCE
from cogc.passes.resolve import resolve

from .projects import COMPAT, spec_of

CASES = [("", ""), ("gpu", "torch>=2.0 | torchvision"), ("gpu cuda=12.1", "torch | tensorflow"), ("", "torch==1.13.1")]
CASES += [("gpu gpu_architectures=8.0", "jax[cuda12] | onnxruntime-gpu"), ("gpu cuda_image=base", "jax | torch")]


def _watched(options: str, lines: str) -> list[tuple[str, Space]]:
    seen: list[tuple[str, Space]] = []
    resolve(spec_of(lines, options), COMPAT, lambda rule, space: seen.append((rule, space)))
    return seen


@pytest.mark.parametrize(("options", "lines"), CASES)
def test_each_pass_is_seen_in_order(options: str, lines: str) -> None:
    rules = [rule for rule, _ in _watched(options, lines)]
    names = [rule for rule, _ in PIPELINE]
    assert rules == names * (len(rules) // len(names))


@pytest.mark.parametrize(("options", "lines"), CASES)
def test_candidates_and_cuts_are_always_the_same(options: str, lines: str) -> None:
    def everything(domain: Domain[Any]) -> set[Any]:
        return set(domain.everything)

    spaces = [space for _, space in _watched(options, lines)]
    known = {domain.question: everything(domain) for domain in spaces[0].domains}
    assert all(everything(domain) == known[domain.question] for space in spaces for domain in space.domains)


@pytest.mark.parametrize(("options", "lines"), CASES)
def test_a_cut_names_its_rule_and_only_a_preference_is_without_cause(options: str, lines: str) -> None:
    _, last = _watched(options, lines)[-1]
    cuts = [cut for domain in last.domains for cut in domain.cuts]
    assert {cut.rule for cut in cuts} <= {PREFERENCE, *(rule for rule, _ in PIPELINE)}
    assert all(isinstance(cut.why, Default) for cut in cuts if cut.rule == PREFERENCE)
    assert all(len(domain.candidates) == 1 for domain in last.domains)


def test_a_space_is_printed_with_its_cuts() -> None:
    text = explain_space(_watched("gpu", "torch==2.5.1")[-1][1])
    assert "torch: 2.5.1+cu124\n" in text
    assert "  without 2.5.1+cu118, 2.5.1+cu121 (preference)\n" in text
    assert "    - torch==2.5.1 is asked for (requirements.txt:1:1)\n" in text
