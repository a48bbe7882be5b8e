"""Whatever is asked for: a plan that the raw rows bear out, or a CompileError with a place and a next step."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogc.backends.plan import plan_json
from cogc.ir.diagnostic import CompileError, Diagnostic

from ..compat.rows import rows
from .checker import faults
from .projects import resolved

RELEASES = {
    "torch": [*sorted({row["torch"] for row in rows("torch")}), "2.3.5", "2.16.0", "3.0.0"],
    "torchvision": [*sorted({found for row in rows("torch") for found in row["torchvision"]}), "0.15.9"],
    "torchaudio": [*sorted({found for row in rows("torch") for found in row["torchaudio"]}), "2.12.0"],
    "tensorflow": [*sorted({row["tensorflow"] for row in rows("tensorflow")}), "2.11.9", "2.30.0"],
    "jax": [*sorted({row["jax"] for row in rows("jax")}), "0.4.32", "1.0.0"],
    "onnxruntime-gpu": [*sorted({row["onnxruntime-gpu"] for row in rows("onnxruntime")}), "1.16.9", "2.0.0"],
}
MARKERS = ["", "", "", ' ; python_version < "3.10"', ' ; python_version >= "3.10"', ' ; sys_platform == "win32"']
FLAVOURS = ["", "", "", "+cpu", "+cu118", "+cu121", "+cu130"]


@st.composite
def lines_for(draw: st.DrawFn, name: str) -> str:
    """A pin, a range, a wildcard or nothing, with or without local part, extra and marker."""
    release = draw(st.sampled_from(RELEASES[name]))
    form = draw(st.sampled_from(["", "=={}", "=={}", ">={}", "<={}", "~={}", "!={}", "=={}.*", "=={}+"]))
    local = draw(st.sampled_from(FLAVOURS)) if form == "=={}+" and name.startswith("torch") else ""
    return f"{name}{form.rstrip('+').format(release)}{local}{draw(st.sampled_from(MARKERS))}"


LINES = st.lists(st.sampled_from(list(RELEASES)), unique=True, max_size=3).flatmap(
    lambda names: st.tuples(*(lines_for(name) for name in names))
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "gpu": st.just(""),
        "python_version": st.sampled_from(["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.11.4"]),
        "cuda": st.sampled_from(["11.1", "11.8", "12.1", "12.1.0", "12.4", "12.7", "13.0"]),
        "cudnn": st.sampled_from(["8", "9"]),
        "concurrency": st.sampled_from(["1", "4"]),
        "gpu_architectures": st.sampled_from(["7.0", "8.0,12.0", "9.9"]),
    },
)


def _words(options: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" if value else name for name, value in options.items())


def _outcome(lines: tuple[str, ...], options: dict[str, str]) -> str | tuple[Diagnostic, ...]:
    """The plan's JSON, or the diagnostics of the refusal."""
    try:
        return plan_json(resolved(" | ".join(lines), _words(options))[0])
    except CompileError as refusal:
        return refusal.diagnostics


@settings(max_examples=300)
@given(LINES, OPTIONS)
def test_a_plan_is_borne_out_or_refused_with_reason(lines: tuple[str, ...], options: dict[str, str]) -> None:
    found = _outcome(lines, options)
    if isinstance(found, str):
        assert not faults(found, lines, options)
    else:
        assert all(fault.labels and fault.help for fault in found if fault.severity == "error")


@settings(max_examples=50)
@given(LINES, OPTIONS)
def test_the_same_input_gives_the_same_plan(lines: tuple[str, ...], options: dict[str, str]) -> None:
    assert _outcome(lines, options) == _outcome(lines, options)


@pytest.mark.parametrize(
    ("lines", "options", "question", "value", "fault"),
    [
        ("torch==2.5.1", "gpu", "cuda", "12.6", "the image has another CUDA or cuDNN"),
        ("torch==2.5.1", "gpu", "torch", "2.11.0", "torch has no build for this CUDA"),
        ("torch==1.13.1", "", "python", "3.13", "torch has no wheels for this Python"),
        ("torch | torchvision", "", "torchvision", "0.15.2", "torchvision is of another set"),
        ("torch>=2.3", "", "torch", "2.2.0", "torch 2.2.0 does not satisfy torch>=2.3"),
        ("tensorflow==2.12.0", "gpu", "cudnn", "9", "tensorflow does not find its CUDA"),
        ("jax==0.4.35", "gpu", "cuda", "13.0", "jax has no build for this CUDA"),
        ("onnxruntime-gpu==1.20.0", "gpu", "cudnn", "8", "onnxruntime-gpu does not find its cuDNN"),
        ("", "gpu", "base_image", "nvidia/cuda:13.9.0", "there is no image nvidia/cuda:13.9.0"),
    ],
)
def test_the_judge_sees_what_is_wrong(lines: str, options: str, question: str, value: str, fault: str) -> None:
    plan = json.loads(plan_json(resolved(lines, options)[0]))
    plan["decisions"][question]["value"] = value
    assert fault in faults(json.dumps(plan), tuple(filter(None, lines.split(" | "))), {options: ""})
