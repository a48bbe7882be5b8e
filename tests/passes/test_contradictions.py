"""What cannot be had together is one error with a code, the places of all causes and a way out that works."""

import pytest

from cogc.ir.diagnostic import CompileError, Diagnostic

from .projects import resolved, spec_of

CONTRADICTIONS = [
    ("python_version=3.13", "torch==1.13.1", "wheels-missing", "3.13 torch==1.13.1", '"3.11", or ask for torch==2.5.0'),
    ("python_version=3.13", "torch==2.5.1 | torchaudio", "wheels-missing", "3.13 torchaudio torch==2.5.1", '"3.12"'),
    ("python_version=3.12", "tensorflow==2.5.0", "wheels-missing", "3.12 tensorflow==2.5.0", '"3.9"'),
    ("concurrency=4", "tensorflow==2.8.0", "wheels-missing", "4 tensorflow==2.8.0", "set concurrency.max to 1"),
    ("", "torch==1.2.0", "wheels-missing", "torch==1.2.0", "torch==1.4.0"),
    ("gpu", "torch==2.3.5", "version-unknown", "torch==2.3.5", "2.3.0, 2.3.1, 2.4.0"),
    ("", "torch==2.3.1rc1", "version-unknown", "torch==2.3.1rc1", "2.3.0, 2.3.1"),
    ("", "torch===banana", "version-unknown", "torch===banana", "ask for torch==2.11.0"),
    ("", "tensorflow==2.11.9", "version-unknown", "tensorflow==2.11.9", "2.11.1, 2.12.0"),
    ("", "torchvision==0.15.9", "version-unknown", "torchvision==0.15.9", "0.15.2, 0.16.0"),
    (
        "",
        "torch==2.0.1 | torchvision==0.16.0",
        "companions-disagree",
        "torchvision==0.16.0 torch==2.0.1",
        "torchvision==0.15.2",
    ),
    (
        "",
        "torch==2.0.1 | torchaudio==2.1.0",
        "companions-disagree",
        "torchaudio==2.1.0 torch==2.0.1",
        "torchaudio==2.0.2",
    ),
    (
        "gpu",
        "torch==2.0.1+cpu",
        "accelerator-mismatch",
        "true torch==2.0.1+cpu",
        "set build.gpu to false, or ask for torch==2.0.1",
    ),
    ("", "torch==2.0.1+cu118", "accelerator-mismatch", "torch==2.0.1+cu118", "set build.gpu to true"),
    ("gpu cuda=12.8", "torch==2.5.1", "cuda-without-build", "12.8 torch==2.5.1", '"12.1" or "12.4"'),
    ("gpu cuda=11.8", "torch==2.13.0", "cuda-without-build", "11.8 torch==2.13.0", '"13.0", or ask for torch==2.7.1'),
    ("gpu", "torch==2.3.1+cu124", "cuda-without-build", "torch==2.3.1+cu124", "ask for torch==2.3.1"),
    ("gpu", "torch==1.6.0", "cuda-without-build", "torch==1.6.0", "torch==1.7.0"),
    ("gpu cudnn=9", "torch==2.1.0", "cuda-without-build", "9 torch==2.1.0", 'set build.cudnn to "8"'),
    ("gpu cuda=12.7", "torch", "cuda-without-image", "12.7", '"12.6" or "12.8"'),
    ("gpu cuda=11.8.3", "", "cuda-without-image", "11.8.3", '"11.8"'),
    ("gpu cuda=11.8 cudnn=9", "", "cuda-without-image", "9 11.8", 'set build.cudnn to "8"'),
    ("gpu", "tensorflow==2.3.0", "cuda-without-image", "tensorflow==2.3.0", "tensorflow==2.4.0"),
    ("gpu cuda=12.1", "tensorflow==2.12.0", "cuda-differs-from-tensorflow", "12.1 tensorflow==2.12.0", '"11.8"'),
    ("gpu cudnn=9", "tensorflow==2.12.0", "cuda-differs-from-tensorflow", "9 tensorflow==2.12.0", '"8"'),
    (
        "gpu",
        "tensorflow==2.11.0 | torch==2.0.1",
        "frameworks-disagree",
        "tensorflow==2.11.0 torch==2.0.1",
        "tensorflow==2.12.0",
    ),
    ("", "torch==2.15.0 | tensorflow==2.4.0", "frameworks-disagree", "tensorflow==2.4.0 torch==2.15.0", "torch==2.4.1"),
    (
        "",
        "torch==2.16.0 | torchvision==0.10.0",
        "companions-disagree",
        "torch==2.16.0 torchvision==0.10.0",
        "torch==1.9.0",
    ),
    ("gpu", "tensorflow-gpu==2.12.0", "version-unknown", "tensorflow-gpu==2.12.0", "tensorflow-gpu==2.11.0"),
    ("python_version=3.12", "tensorflow-cpu==2.12.0", "wheels-missing", "3.12 tensorflow-cpu==2.12.0", '"3.11"'),
    ("gpu cuda_image=none", "torch==1.12.1", "cuda-libraries-missing", "none torch==1.12.1", "torch==1.13.0"),
    (
        "gpu cuda_image=base",
        "tensorflow==2.12.0",
        "cuda-libraries-missing",
        "base tensorflow==2.12.0",
        "runtime or devel",
    ),
    (
        "gpu cuda_image=none",
        "onnxruntime-gpu==1.17.0",
        "cuda-libraries-missing",
        "none onnxruntime-gpu==1.17.0",
        "1.31.1",
    ),
    (
        "gpu cuda_image=none",
        "jax[cuda12-local]",
        "cuda-libraries-missing",
        "none jax[cuda12-local]",
        "runtime or devel",
    ),
    ("gpu cuda_image=none cudnn=9", "torch", "cudnn-without-image", "none 9", "remove one of the two keys"),
    (
        "gpu gpu_architectures=8.0,12.0",
        "torch==2.5.1",
        "gpu-architecture-without-build",
        "12.0 torch==2.5.1",
        "ask for torch==2.7.0",
    ),
    ("gpu cuda=11.8 gpu_architectures=12.0", "", "gpu-architecture-without-build", "12.0 11.8", '"12.8" or "12.9"'),
    ("", "jax==0.4.32", "version-unknown", "jax==0.4.32", "0.4.31, 0.4.33"),
    ("gpu", "jax[cuda13]==0.4.35", "cuda-without-build", "jax[cuda13]==0.4.35", "jax=="),
    ("gpu cuda=11.8", "jax==0.4.35", "cuda-without-build", "11.8 jax==0.4.35", '"12.9"'),
    ("python_version=3.8", "jax>=0.4.30", "wheels-missing", "3.8 jax>=0.4.30", '"3.12"'),
    ("gpu cuda=11.8", "onnxruntime-gpu==1.20.0", "cuda-without-build", "11.8 onnxruntime-gpu==1.20.0", "1.18.1"),
    (
        "gpu",
        "torch==2.3.1 | onnxruntime-gpu==1.20.0",
        "frameworks-disagree",
        "torch==2.3.1 onnxruntime-gpu==1.20.0",
        "torch==2.4.0",
    ),
    ("", "pydantic==1.8.2", "pydantic-unsupported", "pydantic==1.8.2", ">=1.9,<3"),
    ("", "pydantic>=3", "pydantic-unsupported", "pydantic>=3", ">=1.9,<3"),
]


def _error(options: str, lines: str) -> Diagnostic:
    with pytest.raises(CompileError) as caught:
        resolved(lines, options)
    (error,) = caught.value.diagnostics
    return error


@pytest.mark.parametrize(("options", "lines", "code", "places", "way_out"), CONTRADICTIONS)
def test_contradictions(options: str, lines: str, code: str, places: str, way_out: str) -> None:
    error = _error(options, lines)
    assert error.code.id == code
    assert sorted(label.span.text.strip('"') for label in error.labels) == sorted(places.split())
    assert way_out in error.help


@pytest.mark.parametrize(
    ("options", "lines", "cured_options", "cured_lines"),
    [
        ("python_version=3.13", "torch==1.13.1", "python_version=3.11", "torch==1.13.1"),
        ("gpu cuda=12.8", "torch==2.5.1", "gpu cuda=12.4", "torch==2.5.1"),
        ("gpu", "tensorflow==2.11.0 | torch==2.0.1", "gpu", "tensorflow==2.12.0 | torch==2.0.1"),
        ("", "torch==2.0.1 | torchvision==0.16.0", "", "torch==2.1.0 | torchvision==0.16.0"),
    ],
)
def test_what_the_help_says_works(options: str, lines: str, cured_options: str, cured_lines: str) -> None:
    changed = {*cured_options.split(), *cured_lines.split()} - {*options.split(), *lines.split()}
    assert all(word.split("=")[-1] in _error(options, lines).help for word in changed)
    resolved(cured_lines, cured_options)


@pytest.mark.parametrize(
    ("options", "lines", "code", "place"),
    [
        ("gpu", "torch==2.99.0", "version-assumed", "torch==2.99.0"),
        ("", "torch==2.13.0", "version-assumed", "torch==2.13.0"),
        ("gpu", "torch==2.13.0 | torchaudio", "version-assumed", "torchaudio"),
        ("gpu", "tensorflow==2.99.0", "version-assumed", "tensorflow==2.99.0"),
        ("gpu cuda=11.7", "tensorflow==2.12.0", "cuda-unproven", '"11.7"'),
        ("gpu cuda=12.6", "torch==2.13.0", "version-assumed", "torch==2.13.0"),
        ("", "torchvision==0.31.0", "version-assumed", "torchvision==0.31.0"),
        ("gpu", "jax==1.0.0", "version-assumed", "jax==1.0.0"),
        ("gpu", "onnxruntime-gpu==2.0.0", "version-assumed", "onnxruntime-gpu==2.0.0"),
        ("gpu", "tf-nightly", "cuda-unguided", "tf-nightly"),
        ("gpu", "torch @ git+https://github.com/pytorch/pytorch@v2.3.0", "cuda-unguided", None),
        ("gpu", "jax==0.4.13", "cuda-unguided", "jax==0.4.13"),
        ("gpu gpu_architectures=6.1", "torch", "gpu-architecture-unknown", '"6.1"'),
        ("gpu gpu_architectures=8.0", "tensorflow", "gpu-architecture-unknown", '"8.0"'),
    ],
)
def test_what_works_on_trust_is_told(options: str, lines: str, code: str, place: str | None) -> None:
    (note,) = resolved(lines, options)[1]
    assert (note.code.id, note.labels[0].span.text) == (code, place or lines)


@pytest.mark.parametrize(("options", "lines"), [("", ""), ("gpu", "torch==2.13.0"), ("gpu", "tensorflow==2.12.0")])
def test_what_is_known_needs_no_note(options: str, lines: str) -> None:
    assert resolved(lines, options)[1] == ()


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(CompileError) as caught:
        resolved("pydantic<1.9 | torch==2.3.5", "")
    assert [found.code.id for found in caught.value.diagnostics] == ["pydantic-unsupported", "version-unknown"]


def test_a_spec_is_not_changed_by_resolving_it() -> None:
    assert resolved("torch>=2.0", "gpu")[0].spec == spec_of("torch>=2.0", "gpu")
