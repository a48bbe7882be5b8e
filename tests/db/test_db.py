"""cogc db, against an index that serves real wheels on this machine."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cogc.cli import main

from .wheels import Site, served

LINUX = "manylinux_2_28_x86_64.whl"
CUDA = ('nvidia-cuda-runtime==13.3.48 ; extra == "{0}"', 'nvidia-cudnn-cu13>=9.30 ; extra == "{1}"')


def _site(*, metadata: bool = True, ranges: bool = True) -> Site:
    """A world in which each package has one release more than the database knows."""
    site = Site(metadata=metadata, ranges=ranges)
    for python in ("cp312", "cp313"):
        site.add(
            f"torch-2.16.0-{python}-{python}-{LINUX}", ("cuda-toolkit[cudart]==13.2.3", "nvidia-cudnn-cu13==9.30.0.1")
        )
        site.add(
            f"tensorflow-2.22.0-{python}-{python}-{LINUX}", tuple(line.format("and-cuda", "and-cuda") for line in CUDA)
        )
        site.add(
            f"jax_cuda13_plugin-0.13.0-{python}-{python}-{LINUX}",
            tuple(line.format("with-cuda", "with-cuda") for line in CUDA),
        )
        site.add(
            f"onnxruntime_gpu-1.32.0-{python}-{python}-{LINUX}", tuple(line.format("cuda", "cudnn") for line in CUDA)
        )
    site.add("torchvision-0.31.0-py3-none-any.whl", ("numpy", "torch>=2.16.0"), **{"requires-python": ">=3.13"})
    site.add("jax-0.13.0-py3-none-any.whl", ('jax-cuda13-plugin[with-cuda]==0.13.0; extra == "cuda13"', "jaxlib"))
    return site


@pytest.fixture(name="url")
def _url() -> Iterator[str]:
    with served(_site()) as url:
        yield url


def _run(*words: str, **environment: str) -> Result:
    cleared = {"PIP_INDEX_URL": "", "UV_INDEX_URL": "", "UV_DEFAULT_INDEX": "", "PIP_CONFIG_FILE": os.devnull}
    return CliRunner().invoke(main, ["db", *words], env={**cleared, **environment}, catch_exceptions=False)


def _last(folder: Path, name: str) -> dict[str, object]:
    row: dict[str, object] = json.loads((folder / f"{name}.jsonl").read_text().splitlines()[-1])
    assert str(row.pop("source")).startswith("package index 20")
    return row


EXPECTED = {
    "torch": {
        "torch": "2.16.0",
        "cuda": "13.2",
        "torchvision": ["0.31.0"],
        "torchaudio": ["2.11.0"],
        "python": ["3.13"],
        "python_alone": ["3.12", "3.13"],
        "assumed": ["torchaudio"],
    },
    "torch_wheels": {"torch": "2.16.0", "cuda": "13.2.3", "cudnn": "9.30.0.1", "python": ["3.12", "3.13"]},
    "tensorflow": {
        "tensorflow": "2.22.0",
        "cuda": "13.3",
        "cudnn": "9.30",
        "python": ["3.12", "3.13"],
        "extra": "and-cuda",
        "without_image": True,
    },
    "jax": {"jax": "0.13.0", "cuda": "13.3", "cudnn": "9.30", "python": ["3.12", "3.13"], "extras": ["cuda13"]},
    "onnxruntime": {
        "onnxruntime-gpu": "1.32.0",
        "cuda": "13.3",
        "cudnn": "9.30",
        "python": ["3.12", "3.13"],
        "extras": ["cuda", "cudnn"],
    },
}


def test_an_update_adds_what_the_index_tells(url: str, tmp_path: Path) -> None:
    result = _run("update", "--index", url, "--compat", str(tmp_path / "new"), "--yes")
    assert result.exit_code == 0
    assert result.stdout.count("\n+{") == len(EXPECTED), "shown before it is written"
    assert {name: _last(tmp_path / "new", name) for name in EXPECTED} == EXPECTED


def test_an_update_again_changes_nothing(url: str, tmp_path: Path) -> None:
    words = ("update", "--index", url, "--compat", str(tmp_path), "--yes")
    assert "Wrote" in _run(*words).stderr
    again = _run(*words)
    assert (again.stdout, again.exit_code) == ("", 0)
    assert "The database says what" in again.stderr
    assert "nothing is written" not in again.stderr, "the folder is there, and compiles"


def test_an_update_tells_that_a_new_folder_is_not_made_for_nothing(tmp_path: Path) -> None:
    site = Site()
    site.add(f"onnxruntime_gpu-1.0.0-cp312-cp312-{LINUX}")
    with served(site) as url:
        result = _run("update", "onnxruntime-gpu", "--index", url, "--compat", str(tmp_path / "new"), "--yes")
    assert (result.exit_code, (tmp_path / "new").exists()) == (0, False)
    assert f"nothing is newer, so nothing is written to {tmp_path / 'new'}" in result.stderr


def test_nothing_is_written_without_a_yes(url: str, tmp_path: Path) -> None:
    result = _run("update", "torch", "--index", url, "--compat", str(tmp_path))
    assert "Nothing is written" in result.stderr
    assert '+{"torch": "2.16.0"' in result.stdout
    assert "tensorflow" not in result.stdout
    assert not list(tmp_path.iterdir())


def test_metadata_is_read_from_within_wheels_where_it_is_not_served(tmp_path: Path) -> None:
    site = _site(metadata=False)
    with served(site) as url:
        _run("update", "onnxruntime-gpu", "--index", url, "--compat", str(tmp_path), "--yes")
    assert _last(tmp_path, "onnxruntime") == EXPECTED["onnxruntime"]


def test_a_compile_uses_the_newer_database(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run("update", "--index", url, "--compat", str(tmp_path / "new"), "--yes")
    monkeypatch.chdir(tmp_path)
    Path("cog.yaml").write_text(
        "build:\n  gpu: true\n  python_version: '3.13'\n  python_packages: [torch, torchvision]\n"
    )
    words = ["compile", "--emit", "plan", "--compat", "new"]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    decisions = {name: found["value"] for name, found in json.loads(result.stdout)["decisions"].items()}
    assert (decisions["torch"], decisions["torchvision"], decisions["python"]) == ("2.16.0", "0.31.0", "3.13")
    assert '"new/torch.jsonl"' in result.stdout


def test_check_tells_what_is_newer(url: str) -> None:
    result = _run("check", PIP_INDEX_URL=url)
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["torch", "tensorflow", "jax", "onnxruntime-gpu"]


def test_check_reads_the_index_of_pips_own_files(url: str, tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text(f"[global]\nindex-url = {url}\n")
    result = _run("check", "torch", PIP_CONFIG_FILE=str(tmp_path / "pip.conf"))
    assert (result.exit_code, result.stdout.split()[0]) == (1, "torch")


def test_check_is_content_with_a_database_that_is_up_to_date(url: str, tmp_path: Path) -> None:
    _run("update", "--index", url, "--compat", str(tmp_path), "--yes")
    result = _run("check", "--index", url, "--compat", str(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")


def test_check_asks_once_for_each_package() -> None:
    site = _site()
    with served(site) as url:
        _run("check", "torch", "tensorflow", "--index", url)
    assert site.asked == ["/simple/torch/", "/simple/tensorflow/"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("show",), "cuda_images      83 rows, the last cuda 13.2.1"),
        (("show", "gpu_floors"), "capability 12.0, gpus RTX 50xx, torch 2.7.0, cuda 12.8"),
        (("show", "torch"), " 150  torch 2.15.0, cuda 13.2"),
    ],
)
def test_show(words: tuple[str, ...], text: str) -> None:
    result = _run(*words)
    assert (result.exit_code, text in result.stdout) == (0, True)


def _broken(**answers: bytes) -> Site:
    return Site(files={f"/simple/{name}/": answer for name, answer in answers.items()})


@pytest.mark.parametrize(
    ("site", "code", "told"),
    [
        (_broken(torch=b"<html>"), "index-answer", "does not list torch as JSON"),
        (_broken(torch=b"[]"), "index-answer", "does not list torch as JSON"),
        (_broken(torch=b'{"files": [{}]}'), "index-answer", "does not list torch as JSON"),
        (_broken(), "index-answer", "answers 404 for /simple/torch/"),
        (_site(metadata=False, ranges=False), "index-answer", "serves neither the metadata of wheels"),
    ],
)
def test_an_index_that_does_not_fit_is_told(site: Site, code: str, told: str, tmp_path: Path) -> None:
    with served(site) as url:
        result = _run("update", "torch", "--index", url, "--compat", str(tmp_path))
    assert result.exit_code == 1
    assert f"error[{code}]" in result.stderr
    assert told in result.stderr


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "index-missing"),
        ("file:///opt/simple", "index-missing"),
        ("http://user:secret@127.0.0.1:1/simple", "index-unreachable"),
        ("http://[", "index-missing"),
    ],
)
def test_without_an_index_it_says_what_to_do(url: str, code: str) -> None:
    result = _run("check", UV_INDEX_URL=url)
    assert result.exit_code == 1
    assert f"error[{code}]" in result.stderr
    assert "secret" not in result.stderr
    assert "= help: " in result.stderr


def test_a_folder_without_a_database_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["compile", "--compat", str(tmp_path)])
    assert result.exit_code == 2
    assert "holds no file of the database" in result.stderr
