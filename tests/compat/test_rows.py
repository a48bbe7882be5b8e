"""Each row of the database has the right shape, and none contradicts another."""

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from packaging.version import Version

from cogc.compat import Compat
from cogc.frontend.versions import PYTHONS
from cogc.ir.diagnostic import CompileError

from .rows import FILES, Row, rows

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "compat.schema.json").read_text())
ORDER: dict[str, Callable[[Row], Any]] = {
    "arm64": lambda row: (row["package"], Version(row.get("cuda", "0"))),
    "cog_base_packages": lambda row: row["apt"],
    "cog_bases": lambda row: (Version(row["python"]), Version(row.get("torch", "0"))),
    "cuda_images": lambda row: (Version(row["cuda"]), Version(row["ubuntu"])),
    "gpu_floors": lambda row: Version(row["capability"]),
    "jax": lambda row: (Version(row["jax"]), Version(row["cuda"])),
    "onnxruntime": lambda row: Version(row["onnxruntime-gpu"]),
    "python": lambda row: Version(row["python"]),
    "tensorflow": lambda row: Version(row["tensorflow"]),
    "torch": lambda row: (Version(row["torch"]), Version(row.get("cuda", "0"))),
    "torch_wheels": lambda row: Version(row["torch"]),
}
# For people, by `cogc db show`.
READ_BY_NO_RULE = {"cog_base_packages", "cog_bases"}
IMAGES = rows("cuda_images")
PAIRS = {(_image["cuda"].rpartition(".")[0], _image["cudnn"]) for _image in IMAGES}
CUDAS = {cuda for cuda, _ in PAIRS}
BY_RELEASE = defaultdict(list)
for _row in rows("torch"):
    BY_RELEASE[_row["torch"]].append(_row)


def _name(row: Row) -> str:
    names = ("torch", "tensorflow", "jax", "onnxruntime-gpu", "cuda", "ubuntu")
    return " ".join(str(row[key]) for key in names if key in row)


@pytest.mark.parametrize("name", FILES)
def test_rows_have_the_published_shape(name: str) -> None:
    validator = jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"})
    faults = [
        (number, error.message) for number, row in enumerate(rows(name), 1) for error in validator.iter_errors(row)
    ]
    assert not faults


def test_the_front_end_takes_the_pythons_of_the_rows() -> None:
    """It may not read the database, which a user may replace; the runtime's own limits are in both."""
    assert tuple(row["python"] for row in rows("python")) == PYTHONS


@pytest.mark.parametrize("name", FILES)
def test_rows_are_sorted_and_no_key_is_there_twice(name: str) -> None:
    keys = [ORDER[name](row) for row in rows(name)]
    assert keys == sorted(set(keys))


def test_the_loader_reads_every_row_and_its_line() -> None:
    compat = Compat.bundled()
    loaded: dict[str, tuple[Any, ...]] = {
        "arm64": compat.arm64,
        "cuda_images": compat.images,
        "gpu_floors": compat.floors,
        "jax": compat.jax,
        "onnxruntime": compat.onnxruntime,
        "python": compat.pythons,
        "tensorflow": compat.tensorflow,
        "torch": compat.torch,
        "torch_wheels": compat.torch_wheels,
    }
    assert loaded.keys() == set(FILES) - READ_BY_NO_RULE
    for name, found in loaded.items():
        assert [row.place.line for row in found] == list(range(1, len(rows(name)) + 1))
        assert {row.place.file for row in found} == {f"compat/{name}.jsonl"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON object"),
        ("{}", "lacks 'python'"),
        ('{"python": "3.12", "at_least": "3.12.8"}\n{"python": "3.13"}', "python.jsonl:2 lacks 'at_least'"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_place(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "python.jsonl").write_text(text)
    with pytest.raises(CompileError, match=fault):
        _ = Compat(tmp_path).pythons


def test_a_file_that_a_folder_lacks_is_the_bundled_one(tmp_path: Path) -> None:
    assert Compat(tmp_path).torch == Compat.bundled().torch


def test_the_loader_reads_nothing_that_is_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "torch.jsonl").write_text("{")
    assert len(Compat(tmp_path).pythons) == 6


@pytest.mark.parametrize("release", BY_RELEASE)
def test_builds_of_one_release_are_of_one_set(release: str) -> None:
    shared = ("torchvision", "torchaudio", "python", "python_alone", "assumed")
    assert len({json.dumps([build.get(key) for key in shared]) for build in BY_RELEASE[release]}) == 1


@pytest.mark.parametrize("row", rows("torch"), ids=_name)
def test_a_build_says_one_thing_about_where_it_is(row: Row) -> None:
    flavour = f"cu{row['cuda'].replace('.', '')}" if "cuda" in row else "cpu"
    assert row.get("local") in (flavour, None)
    assert ("local" in row) == ("index" in row or "links" in row), "a default wheel has no local part"
    assert f"/{flavour}/" in row.get("index", f"/{flavour}/")
    alone = row.get("python_alone", [*row["python"], "one that differs"])
    assert set(row["python"]) < set(alone), "stated only where it differs"
    assert ("cuda" in row and row["cuda"] not in CUDAS) == row.get("without_image", False)


@pytest.mark.parametrize("package", ["torchvision", "torchaudio"])
def test_a_companion_belongs_to_one_minor_of_torch(package: str) -> None:
    owners = defaultdict(set)
    for release, builds in BY_RELEASE.items():
        for companion in builds[0][package]:
            if package not in builds[0].get("assumed", ()):
                owners[companion].add(release)
    several = {companion: found for companion, found in owners.items() if len(found) > 1}
    # These two ask for torch 2.14.0 or newer, by their own metadata.
    expected = {"torchvision": {"0.29.1", "0.29.2"}, "torchaudio": set()}
    assert several.keys() == expected[package]


@pytest.mark.parametrize("row", rows("torch_wheels"), ids=_name)
def test_the_default_wheel_is_a_build_that_is_known(row: Row) -> None:
    builds = BY_RELEASE[row["torch"]]
    default = [build["cuda"] for build in builds if "cuda" in build and "local" not in build]
    cuda = ".".join(row["cuda"].split(".")[:2])
    assert cuda in (default or [build["cuda"] for build in builds if "cuda" in build])
    assert row["python"] == builds[0].get("python_alone", builds[0]["python"])


@pytest.mark.parametrize("row", rows("tensorflow"), ids=_name)
def test_a_tensorflow_without_image_says_so(row: Row) -> None:
    assert ((row["cuda"], row["cudnn"].split(".")[0]) not in PAIRS) == row.get("without_image", False)


def test_patch_releases_of_tensorflow_need_what_their_minor_needs() -> None:
    needs = defaultdict(set)
    for row in rows("tensorflow"):
        needs[Version(row["tensorflow"]).release[:2]].add((row["cuda"], row["cudnn"]))
    assert all(len(found) == 1 for found in needs.values())


@pytest.mark.parametrize("row", IMAGES, ids=_name)
def test_image_tags_are_spelled_by_the_rule(row: Row) -> None:
    """Up to CUDA 12.3 the tag spells the major version of cuDNN."""
    cudnn = f"cudnn{row['cudnn']}" if Version(row["cuda"]) < Version("12.4") else "cudnn"
    assert row["tag"] == f"{row['cuda']}-{cudnn}-{row['flavour']}-ubuntu{row['ubuntu']}"


def test_each_cuda_has_images_of_one_cudnn() -> None:
    assert len(PAIRS) == len(CUDAS)


@pytest.mark.parametrize("row", [row for row in rows("cog_bases") if "torch" in row], ids=_name)
def test_a_prebuilt_base_holds_a_torch_that_goes_with_it(row: Row) -> None:
    builds = BY_RELEASE[row["torch"]]
    assert any(row["python"] in build["python"] for build in builds)
    assert set(row["cuda"]) <= {build["cuda"] for build in builds if "cuda" in build}


@pytest.mark.parametrize("row", rows("gpu_floors"), ids=lambda row: row["capability"])
def test_a_floor_lies_below_builds_that_are_known(row: Row) -> None:
    builds = BY_RELEASE[row["torch"]] if "torch" in row else rows("torch")
    newest = Version(row.get("dropped", "99.0"))
    assert any(Version(row["cuda"]) <= Version(build["cuda"]) < newest for build in builds if "cuda" in build)


@pytest.mark.parametrize("row", [*rows("jax"), *rows("onnxruntime")], ids=_name)
def test_a_release_has_an_image_of_its_cuda_major(row: Row) -> None:
    assert any(cuda.split(".")[0] == row["cuda"].split(".")[0] for cuda in CUDAS)


@pytest.mark.parametrize("row", rows("jax"), ids=_name)
def test_the_extra_of_jax_names_its_cuda_major(row: Row) -> None:
    assert row["extras"] == [f"cuda{row['cuda'].split('.')[0]}"]


def test_pythons_are_in_step_with_their_patches() -> None:
    assert all(row["at_least"].startswith(f"{row['python']}.") for row in rows("python"))
