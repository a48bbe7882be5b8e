"""The table of resolutions: what is asked for, and the decisions and requirement lines that must come of it."""

import json
from pathlib import Path

import jsonschema
import pytest

from cogc.backends.plan import plan_json
from cogc.explain.reasons import explain_question
from cogc.ir.why import Default, Derived, Fact, Written
from cogc.passes.resolve import plan, settle

from .projects import COMPAT, decisions, requirements, resolved, spec_of

WHEELS = "https://download.pytorch.org/whl"
PAGE = f"--find-links {WHEELS}/torch_stable.html"
CPU = f"--extra-index-url {WHEELS}/cpu/"


def index(flavour: str) -> str:
    return f"--extra-index-url {WHEELS}/{flavour}/"


# Options of build, requirement lines (parted by ` | `), python, image or torch … that must be decided.
CUDA_OF_TORCH = [
    ("1.7.0", "11.0", "11.0.3-cudnn8-devel-ubuntu20.04"),
    ("1.7.1", "11.0", "11.0.3-cudnn8-devel-ubuntu20.04"),
    ("1.8.0", "11.1", "11.1.1-cudnn8-devel-ubuntu20.04"),
    ("1.9.1", "11.1", "11.1.1-cudnn8-devel-ubuntu20.04"),
    ("1.10.0", "11.1", "11.1.1-cudnn8-devel-ubuntu20.04"),
    ("1.10.1", "11.1", "11.1.1-cudnn8-devel-ubuntu20.04"),
    ("1.11.0", "11.3", "11.3.1-cudnn8-devel-ubuntu20.04"),
    ("1.12.1", "11.6", "11.6.2-cudnn8-devel-ubuntu20.04"),
    ("1.13.1", "11.7", "11.7.1-cudnn8-devel-ubuntu22.04"),
    ("2.0.0", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("2.0.1", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("2.1.2", "12.1", "12.1.1-cudnn8-devel-ubuntu22.04"),
    ("2.2.0", "12.1", "12.1.1-cudnn8-devel-ubuntu22.04"),
    ("2.3", "12.1", "12.1.1-cudnn8-devel-ubuntu22.04"),
    ("2.3.1", "12.1", "12.1.1-cudnn8-devel-ubuntu22.04"),
    ("2.4.1", "12.4", "12.4.1-cudnn-devel-ubuntu22.04"),
    ("2.5.1", "12.4", "12.4.1-cudnn-devel-ubuntu22.04"),
    ("2.6.0", "12.6", "12.6.3-cudnn-devel-ubuntu24.04"),
    ("2.7.1", "12.8", "12.8.1-cudnn-devel-ubuntu24.04"),
    ("2.8.0", "12.9", "12.9.1-cudnn-devel-ubuntu24.04"),
    ("2.9.1", "13.0", "13.0.3-cudnn-devel-ubuntu24.04"),
    ("2.10.0", "13.0", "13.0.3-cudnn-devel-ubuntu24.04"),
    ("2.11.0", "13.0", "13.0.3-cudnn-devel-ubuntu24.04"),
    ("2.12.1", "13.0", "13.0.3-cudnn-devel-ubuntu24.04"),
    ("2.15.0", "13.2", "13.2.1-cudnn-devel-ubuntu24.04"),
    ("2.99.0", "13.2", "13.2.1-cudnn-devel-ubuntu24.04"),
]
CUDA_OF_TENSORFLOW = [
    ("2.4.0", "3.8", "11.0", "11.0.3-cudnn8-devel-ubuntu20.04"),
    ("2.5.0", "3.9", "11.2", "11.2.2-cudnn8-devel-ubuntu20.04"),
    ("2.8.4", "3.10", "11.2", "11.2.2-cudnn8-devel-ubuntu20.04"),
    ("2.11.1", "3.10", "11.2", "11.2.2-cudnn8-devel-ubuntu20.04"),
    ("2.12.0", "3.11", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("2.14.1", "3.11", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("2.15.0", "3.11", "12.2", "12.2.2-cudnn8-devel-ubuntu22.04"),
    ("2.15.0.post1", "3.11", "12.2", "12.2.2-cudnn8-devel-ubuntu22.04"),
    ("2.16.1", "3.12", "12.3", "12.3.2-cudnn9-devel-ubuntu22.04"),
    ("2.17.1", "3.12", "12.3", "12.3.2-cudnn9-devel-ubuntu22.04"),
    ("2.18.0", "3.12", "12.5", "12.5.1-cudnn-devel-ubuntu22.04"),
    ("2.21.0", "3.12", "12.5", "12.5.1-cudnn-devel-ubuntu22.04"),
    ("2.99.0", "3.12", "12.5", "12.5.1-cudnn-devel-ubuntu22.04"),
]
IMAGES = [
    ("gpu", "", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("gpu cuda=12.1", "", "12.1", "12.1.1-cudnn8-devel-ubuntu22.04"),
    ("gpu cuda=12.1.0", "", "12.1.0", "12.1.0-cudnn8-devel-ubuntu22.04"),
    ("gpu cuda=11.8 cudnn=8", "numpy", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("gpu cuda=12.6", "numpy", "12.6", "12.6.3-cudnn-devel-ubuntu24.04"),
    ("gpu cudnn=9", "", "13.2", "13.2.1-cudnn-devel-ubuntu24.04"),
    ("gpu cuda=13.1", "", "13.1", "13.1.2-cudnn-devel-ubuntu24.04"),
    ("gpu cuda=11.8.0", "torch==2.5.1", "11.8.0", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("gpu cuda=11.6.1", "torch==1.13.1", "11.6.1", "11.6.1-cudnn8-devel-ubuntu20.04"),
    ("gpu cuda=12.6", "torch", "12.6", "12.6.3-cudnn-devel-ubuntu24.04"),
    ("gpu cudnn=8", "torch==2.5.1", "12.1", "12.1.1-cudnn8-devel-ubuntu22.04"),
    ("gpu cuda=11.7", "tensorflow==2.12.0", "11.7", "11.7.1-cudnn8-devel-ubuntu22.04"),
    ("gpu cudnn=8", "tensorflow==2.17.0", "12.2", "12.2.2-cudnn8-devel-ubuntu22.04"),
    ("gpu", "tensorflow==2.18.0 | torch==2.6.0", "12.5", "12.5.1-cudnn-devel-ubuntu22.04"),
    ("gpu", 'torch==2.3.1 ; sys_platform == "darwin"', "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("gpu", "torch==2.5.1+cu118", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("gpu", "tensorflow-gpu==2.11.0", "11.2", "11.2.2-cudnn8-devel-ubuntu20.04"),
    ("gpu", "tensorflow-cpu==2.12.0 | torch==2.5.1", "12.4", "12.4.1-cudnn-devel-ubuntu22.04"),
    ("gpu cuda=12.8", "torch==2.15.0", "12.8", "12.8.1-cudnn-devel-ubuntu24.04"),
    (
        "gpu",
        f"{WHEELS}/cu121/torch-2.3.1%2Bcu121-cp311-cp311-linux_x86_64.whl",
        "12.1",
        "12.1.1-cudnn8-devel-ubuntu22.04",
    ),
    ("gpu", "jax==0.4.35", "12.9", "12.9.1-cudnn-devel-ubuntu24.04"),
    ("gpu", "jax", "13.2", "13.2.1-cudnn-devel-ubuntu24.04"),
    ("gpu", "jax[cuda12]", "12.9", "12.9.1-cudnn-devel-ubuntu24.04"),
    ("gpu cuda=12.4", "jax", "12.4", "12.4.1-cudnn-devel-ubuntu22.04"),
    ("gpu", "jax[cuda12] | torch==2.3.1", "12.1", "12.1.1-cudnn8-devel-ubuntu22.04"),
    ("gpu", "jax[cuda12_local]==0.4.35 | torch==2.4.1", "12.4", "12.4.1-cudnn-devel-ubuntu22.04"),
    ("gpu", "jaxlib==0.4.36 | jax | jax-cuda12-plugin", "12.9", "12.9.1-cudnn-devel-ubuntu24.04"),
    ("gpu", "onnxruntime-gpu==1.13.1", "11.6", "11.6.2-cudnn8-devel-ubuntu20.04"),
    ("gpu", "onnxruntime-gpu==1.16.3", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("gpu", "onnxruntime-gpu==1.22.0", "12.9", "12.9.1-cudnn-devel-ubuntu24.04"),
    ("gpu", "onnxruntime-gpu", "13.0", "13.0.3-cudnn-devel-ubuntu24.04"),
    ("gpu", "onnxruntime-gpu | torch==2.3.1", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("gpu", "onnxruntime-gpu==1.17.0 | torch==1.13.1", "11.7", "11.7.1-cudnn8-devel-ubuntu22.04"),
    ("gpu gpu_architectures=12.0", "", "13.2", "13.2.1-cudnn-devel-ubuntu24.04"),
    ("gpu gpu_architectures=7.0,12.0", "torch", "12.9", "12.9.1-cudnn-devel-ubuntu24.04"),
    ("gpu gpu_architectures=9.0", "torch==2.0.1", "11.8", "11.8.0-cudnn8-devel-ubuntu22.04"),
    ("gpu cuda_image=devel", "torch==2.5.1", "12.4", "12.4.1-cudnn-devel-ubuntu22.04"),
    ("gpu cuda_image=runtime", "torch==2.3.1", "12.1", "12.1.1-cudnn8-runtime-ubuntu22.04"),
    ("gpu cuda_image=runtime", "tensorflow==2.12.0", "11.8", "11.8.0-cudnn8-runtime-ubuntu22.04"),
    ("gpu cuda_image=base", "torch==2.5.1", "12.4", "12.4.1-base-ubuntu22.04"),
]
WITHOUT_IMAGE = [
    ("torch==2.5.1", "python 3.12, cuda 12.4, torch 2.5.1, base_image python:3.12-slim"),
    ("torch==1.13.1+cu117", "python 3.11, cuda 11.7, torch 1.13.1, base_image python:3.11-slim"),
    ("tensorflow==2.15.1", "python 3.11, cuda 12.2, tensorflow 2.15.1, base_image python:3.11-slim"),
    ("jax==0.4.35", "python 3.12, cuda 12.9, jax 0.4.35, base_image python:3.12-slim"),
    ("numpy", "python 3.12, base_image python:3.12-slim"),
]
PYTHONS = [
    ("", "", "3.12"),
    ("python_version=3.9", "", "3.9"),
    ("python_version=3.10.4", "torch==2.0.1", "3.10.4"),
    ("", "torch==1.13.1", "3.11"),
    ("", "torch==1.13.1 | torchvision", "3.10"),
    ("", "torch==1.9.0", "3.9"),
    ("", "torch==1.4.0", "3.8"),
    ("", "torch<2.2", "3.11"),
    ("", "tensorflow==2.8.0", "3.10"),
    ("", "tensorflow==2.3.0", "3.8"),
    ("", "tensorflow==2.15.0 | torch==2.5.1", "3.11"),
    ("python_version=3.13", "torch==2.5.1", "3.13"),
    ("concurrency=4", "tensorflow==2.12.0", "3.11"),
    ("", 'torch==1.13.1 ; python_version < "3.9" | torch==2.3.1 ; python_version >= "3.9"', "3.12"),
    ("", f"torch @ {WHEELS}/cpu/torch-2.3.0%2Bcpu-cp310-cp310-linux_x86_64.whl", "3.10"),
    ("", "https://wheels.example/torch-2.3.0-cp39-cp39-linux_x86_64.whl", "3.9"),
    ("", "tensorflow-cpu==2.12.0", "3.11"),
    ("", "jax>=0.4.30", "3.12"),
    ("", "onnxruntime-gpu==1.14.1", "3.10"),
]
LINES = [
    ("", "numpy", "numpy"),
    ("", "Pillow >= 10, < 12 ; python_version > '3'", "Pillow >= 10, < 12 ; python_version > '3'"),
    ("", "torch", f"{CPU} | torch==2.11.0"),
    ("", "numpy | torch==2.3", f"{CPU} | numpy | torch==2.3"),
    ("", "torch==2.0.1+cpu", f"{CPU} | torch==2.0.1"),
    ("", "torch===2.5.1", f"{CPU} | torch==2.5.1"),
    ("", "torch==2.12.0 | torchvision", f"{CPU} | torch==2.12.0 | torchvision==0.27.0"),
    ("", "torch>=2.12", f"{CPU} | torch==2.15.0"),
    ("", "torch!=2.11.0,>=2.10", f"{CPU} | torch==2.10.0"),
    ("", "torch==1.10.2", f"{CPU} | torch==1.10.2"),
    ("python_version=3.8", "torch", f"{CPU} | torch==2.4.1"),
    ("", "torchvision==0.15.2", f"{CPU} | torchvision==0.15.2"),
    (
        "",
        "torch | torchvision | torchaudio",
        f"{CPU} | torch==2.11.0 | torchvision==0.26.0 | torchaudio==2.11.0",
    ),
    (
        "",
        "torch==1.9.0 | torchvision | torchaudio",
        f"{PAGE} | torch==1.9.0+cpu | torchvision==0.10.0+cpu | torchaudio==0.9.0",
    ),
    ("", "tensorflow>=2.10,<2.13", "tensorflow==2.12.1"),
    ("", "tensorflow==2.16.1", "tensorflow==2.16.1"),
    ("gpu", "torch", "torch==2.15.0"),
    ("gpu", "torch==2.16.0", "torch==2.16.0"),
    ("gpu", "torch>=2.16", "torch>=2.16"),
    ("gpu", "torch | torchaudio", f"{index('cu130')} | torch==2.11.0 | torchaudio==2.11.0"),
    ("gpu", "torch==2.13.0 | torchaudio", "torch==2.13.0 | torchaudio==2.11.0"),
    ("gpu", "torch==2.13.0+cu126", f"{index('cu126')} | torch==2.13.0"),
    ("gpu", "torch~=2.4.0", f"{index('cu124')} | torch==2.4.1"),
    ("gpu", "TORCH[opt-einsum]==2.3.*", f"{index('cu121')} | TORCH[opt-einsum]==2.3.1"),
    ("gpu", "torch<2.7.0", f"{index('cu126')} | torch==2.6.0"),
    ("gpu", "torch==2.0.1+cu118", f"{index('cu118')} | torch==2.0.1"),
    ("gpu", "torch==2.0.1+cu117", "torch==2.0.1"),
    ("gpu cuda=11.7", "torch==2.0.1", "torch==2.0.1"),
    ("gpu cuda=12.1", "torch==2.5.1 | torchvision", f"{index('cu121')} | torch==2.5.1 | torchvision==0.20.1"),
    ("gpu", "torch==1.8.1 | torchvision==0.9.1", f"{PAGE} | torch==1.8.1+cu111 | torchvision==0.9.1+cu111"),
    ("gpu", "torchaudio==2.5.1", f"{index('cu124')} | torchaudio==2.5.1"),
    ("gpu", "torch==1.10.0 | torchvision==0.11.1", f"{PAGE} | torch==1.10.0+cu111 | torchvision==0.11.1+cu111"),
    ("gpu", "tensorflow==2.15.0", "tensorflow==2.15.0"),
    ("gpu", "tensorflow==2.16.1", "tensorflow[and-cuda]==2.16.1"),
    (
        "gpu",
        'tensorflow>=2.16,<2.18 ; python_version >= "3.9"',
        'tensorflow[and-cuda]==2.17.1 ; python_version >= "3.9"',
    ),
    ("gpu cuda_image=none", "tensorflow==2.15.1", "tensorflow[and-cuda]==2.15.1"),
    ("gpu cuda_image=none", "tensorflow-cpu==2.15.1 | torch==2.13.0", "tensorflow-cpu==2.15.1 | torch==2.13.0"),
    ("gpu cuda_image=base", "onnxruntime-gpu>=1.20", "onnxruntime-gpu[cuda,cudnn]==1.31.1"),
    ("gpu", "onnxruntime-gpu==1.20.0", "onnxruntime-gpu==1.20.0"),
    ("gpu", 'jax==0.4.35 ; python_version > "3"', 'jax[cuda12]==0.4.35 ; python_version > "3"'),
    ("gpu", "jax[cuda12_pip]==0.4.35", "jax[cuda12_pip]==0.4.35"),
    ("gpu", "jax | jax-cuda12-plugin==0.4.35", "jax==0.4.35 | jax-cuda12-plugin==0.4.35"),
    ("", "jax", "jax==0.12.0.1"),
    ("gpu cuda=12.6", "torch==2.13.0", f"{index('cu126')} | torch==2.13.0"),
    ("", "torch | torchvision==0.31.0", f"{CPU} | torch | torchvision==0.31.0"),
    ("gpu", "torch==2.4.0 | tensorflow==2.15.0", f"{index('cu121')} | torch==2.4.0 | tensorflow==2.15.0"),
    ("gpu", f"{index('cu118')} | torch==2.0.1+cu118", f"{index('cu118')} | torch==2.0.1+cu118"),
    ("", f"{index('cu118')} | torch==2.0.1+cu118", f"{index('cu118')} | torch==2.0.1+cu118"),
    ("", "--index-url https://mirror.example | torch>=2.0,<2.1", "--index-url https://mirror.example | torch==2.0.1"),
    (
        "",
        "--extra-index-url https://own.example | torch==2.0.1",
        f"{CPU} | --extra-index-url https://own.example | torch==2.0.1",
    ),
    ("", "torch==2.0.1 --extra-index-url=https://own.example", "--extra-index-url=https://own.example | torch==2.0.1"),
    (
        "gpu",
        "torch @ git+https://github.com/pytorch/pytorch@v2.3.0",
        "torch @ git+https://github.com/pytorch/pytorch@v2.3.0",
    ),
]


def _found(plan_text: str, question: str) -> str:
    return dict(part.split(" ", 1) for part in plan_text.split(", "))[question]


@pytest.mark.parametrize(("torch", "cuda", "tag"), CUDA_OF_TORCH)
def test_torch_decides_cuda(torch: str, cuda: str, tag: str) -> None:
    plan = decisions(resolved(f"torch=={torch}", "gpu")[0])
    assert (_found(plan, "cuda"), _found(plan, "base_image")) == (cuda, f"nvidia/cuda:{tag}")
    assert _found(plan, "torch") == (torch if torch.count(".") == 2 else f"{torch}.0")


@pytest.mark.parametrize(("tensorflow", "python", "cuda", "tag"), CUDA_OF_TENSORFLOW)
def test_tensorflow_decides_python_and_cuda(tensorflow: str, python: str, cuda: str, tag: str) -> None:
    cudnn = "8" if "cudnn8" in tag else "9"
    expected = f"python {python}, cuda {cuda}, cudnn {cudnn}, tensorflow {tensorflow}, base_image nvidia/cuda:{tag}"
    assert decisions(resolved(f"tensorflow=={tensorflow}", "gpu")[0]) == expected


@pytest.mark.parametrize(("options", "lines", "cuda", "tag"), IMAGES)
def test_images(options: str, lines: str, cuda: str, tag: str) -> None:
    plan = decisions(resolved(lines, options)[0])
    assert (_found(plan, "cuda"), _found(plan, "base_image")) == (cuda, f"nvidia/cuda:{tag}")


@pytest.mark.parametrize(("lines", "expected"), WITHOUT_IMAGE)
def test_without_an_image_of_cuda(lines: str, expected: str) -> None:
    assert decisions(resolved(lines, "gpu cuda_image=none")[0]) == expected


@pytest.mark.parametrize(("options", "lines", "python"), PYTHONS)
def test_pythons(options: str, lines: str, python: str) -> None:
    plan = decisions(resolved(lines, options)[0])
    assert (_found(plan, "python"), _found(plan, "base_image")) == (python, f"python:{python}-slim")


@pytest.mark.parametrize(("options", "lines", "expected"), LINES)
def test_requirement_lines(options: str, lines: str, expected: str) -> None:
    assert requirements(resolved(lines, options)[0]) == expected


@pytest.mark.parametrize(
    ("options", "lines", "question", "kind"),
    [
        ("", "", "python", Default),
        ("python_version=3.9", "", "python", Written),
        ("", "torch==1.13.1", "python", Derived),
        ("gpu", "", "cuda", Default),
        ("gpu cuda=12.1", "", "cuda", Written),
        ("gpu", "torch==2.5.1", "cuda", Derived),
        ("gpu", "torch==2.5.1", "torch", Written),
        ("gpu", "torch>=2.5", "torch", Derived),
        ("gpu", "torch==2.99.0", "torch", Derived),
    ],
)
def test_kinds_of_reasons(options: str, lines: str, question: str, kind: type) -> None:
    decision = resolved(lines, options)[0].decision(question)
    assert decision is not None
    assert isinstance(decision.why, kind)


def test_a_fact_leads_to_its_row() -> None:
    plan, _ = resolved("torch==2.5.1", "gpu")
    (source, *_) = plan.requirements
    assert isinstance(source.why, Fact)
    row = (Path(__file__).parents[2] / source.why.file).read_text().splitlines()[source.why.line - 1]
    assert json.loads(row)["index"] in source.text


@pytest.mark.parametrize(
    ("options", "lines"), [("", ""), ("gpu", "torch | torchvision | tensorflow"), ("python_version=3.9", "torch>=2.0")]
)
def test_the_plan_has_its_published_form(options: str, lines: str) -> None:
    schema = json.loads((Path(__file__).parents[2] / "schemas" / "plan.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(json.loads(plan_json(resolved(lines, options)[0])))


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("cuda", "- torch 2.5.1 has a build for CUDA 12.4 (compat/torch.jsonl:"),
        ("torch", "- the version that is stated (requirements.txt:1:1)"),
        ("requirements", "- torch 2.5.1+cu124 comes from https://download.pytorch.org/whl/cu124/"),
    ],
)
def test_explanations(field: str, sentence: str) -> None:
    space, _ = settle(spec_of("torch==2.5.1", "gpu"), COMPAT)
    assert sentence in explain_question(plan(space), space, field)
