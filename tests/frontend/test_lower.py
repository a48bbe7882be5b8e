"""The rules that a schema cannot state: what is accepted, as what, and what is refused, where."""

from typing import Any

import pytest

from cogc.ir.spec import Stated

from .projects import found, spec

DEEP = {"deep/größe_py": "class Modèle:\n    def predict(self) -> str:\n        return ''\n"}


def plain(value: Any) -> Any:
    """Without places."""
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    return value.value if isinstance(value, Stated) else value


@pytest.mark.parametrize(
    ("config", "field", "expected"),
    [
        ("build: {python_version: 3.10}", "python_version", "3.10"),
        ("build: {python_version: '3.8'}", "python_version", "3.8"),
        ("build: {python_version: 3.13.1}", "python_version", "3.13.1"),
        ("build: {python_version: ' 3.12 '}", "python_version", "3.12"),
        ("build: {}", "python_version", None),
        ("build:", "gpu", None),
        ("build: {gpu: True}", "gpu", True),
        ("build: {gpu: false}", "gpu", False),
        ("build: {gpu: true, cuda: 11.8}", "cuda", "11.8"),
        ("build: {gpu: true, cuda: 12.10}", "cuda", "12.10"),
        ("build: {gpu: true, cuda: 12.4.1}", "cuda", "12.4.1"),
        ("build: {gpu: true, cudnn: 9}", "cudnn", "9"),
        ("build: {system_packages: [ffmpeg, g++, ' git ']}", "system_packages", ("ffmpeg", "g++", "git")),
        ("build: {system_packages: ['a1:arm64=1:2.3-4~b+c', 'ab/stable']}", "system_packages",
         ("a1:arm64=1:2.3-4~b+c", "ab/stable")),
        ("build: {system_packages: }", "system_packages", ()),
        ("build: {base_image: debian:bookworm-slim}", "base_image", "debian:bookworm-slim"),
        ("build: {base_image: ' r.example/a/b@sha256:" + 64 * "0" + "'}", "base_image",
         "r.example/a/b@sha256:" + 64 * "0"),
        ("build: {base_image: my-alpinist/model}", "base_image", "my-alpinist/model"),
        ("build: {user: model_1}", "user", "model_1"),
        ("image: model", "image", "model"),
        ("image: r8.im/me/model", "image", "r8.im/me/model"),
        ("image: localhost:5000/a/b_c__d-e.f:V1.2", "image", "localhost:5000/a/b_c__d-e.f:V1.2"),
        ("image: '[::1]:5000/a'", "image", "[::1]:5000/a"),
        ("image: Host.example/a", "image", "Host.example/a"),
        ("image: registry:5000/a", "image", "registry:5000/a"),
        ("concurrency: {max: 1}", "concurrency", 1),
        ("concurrency: {max: 0x10}\npredict: async.py:Predictor", "concurrency", 16),
        ("concurrency: {max: 2.0}\npredict: async.py:Predictor", "concurrency", 2),
    ],
)  # fmt: skip
def test_values(config: str, field: str, expected: object) -> None:
    assert plain(getattr(spec(config), field)) == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("build: {run: [' echo  hi ']}", [("echo  hi", ())]),
        ("build:\n  run:\n    - |\n      a \\\n        b\n      c\n", [("a \\\n  b\nc", ())]),
        ("build: {run: [{command: a}]}", [("a", ())]),
        ("build: {run: [{command: a, mounts: [{type: secret, id: x.Y_1-z, target: /a.b/c-d}]}]}",
         [("a", (("x.Y_1-z", "/a.b/c-d"),))]),
    ],
)  # fmt: skip
def test_commands(config: str, expected: object) -> None:
    commands = spec(config).run
    assert [(command.text, tuple((m.id, m.target) for m in command.mounts)) for command in commands] == expected


def test_caches_and_files_of_a_command() -> None:
    mounts = "[{type: cache, target: /root/.cache/x}, {type: secret, id: a, target: /b}]"
    (command,) = spec(f"build: {{run: [{{command: a, mounts: {mounts}, copy: [./train.py, deep/]}}]}}", **DEEP).run
    assert [mount.target for mount in command.caches] == ["/root/.cache/x"]
    assert [mount.id for mount in command.mounts] == ["a"]
    assert plain(command.copy) == ("train.py", "deep")


def test_commands_before_the_packages() -> None:
    found_spec = spec("build: {pre_install: [a, {command: b}], run: [c]}")
    assert [command.text for command in found_spec.pre_install] == ["a", "b"]


@pytest.mark.parametrize(
    ("config", "code", "key"),
    [
        ("build: {pre_install: [a]}", "deprecated-key", "pre_install"),
        ("build: {sdk_version: 0.16.1}", "key-without-effect", "sdk_version"),
        ("build: {fast: true}", "key-without-effect", "fast"),
        ("build: {cog_runtime: false}", "key-without-effect", "cog_runtime"),
        ("tests: [{a: 1}, b]", "key-without-effect", "tests"),
        ("tests:", "key-without-effect", "tests"),
        ("concurrency: {max: 1, default_target: 2}", "key-without-effect", "default_target"),
    ],
)
def test_older_keys_are_taken_with_a_notice(config: str, code: str, key: str) -> None:
    assert found(config) == [(code, key)]
    spec(config)


@pytest.mark.parametrize(
    ("entry", "name", "value"),
    [
        ("A=b", "A", "b"),
        ("_a1=", "_a1", ""),
        ('"A=b=c \\"d\\" $E"', "A", 'b=c "d" $E'),
        ("PATHS=1", "PATHS", "1"),
        ("COG_LOG_LEVEL=debug", "COG_LOG_LEVEL", "debug"),
    ],
)
def test_variables(entry: str, name: str, value: str) -> None:
    (variable,) = spec(f"environment:\n  - {entry}\n").environment
    assert (variable.name, variable.value) == (name, value)


@pytest.mark.parametrize(
    ("config", "field", "expected"),
    [
        ("predict: predict.py:Predictor", "predict", "predict.py:Predictor"),
        ("predict: ./predict.py:Predictor", "predict", "predict.py:Predictor"),
        ("run: run.py:Runner", "predict", "run.py:Runner"),
        ("run: run.py:Runner\ntrain: train.py:train", "train", "train.py:train"),
        ("predict: deep/größe.py:Modèle", "predict", "deep/größe.py:Modèle"),
    ],
)
def test_entry_points(config: str, field: str, expected: str) -> None:
    entry_point = getattr(spec(config, **DEEP), field)
    assert str(entry_point.reference) == expected
    assert entry_point.signature.output.kind in ("str", "path")


_MOUNT = "build: {{run: [{{command: a, mounts: [{{type: secret, {}}}]}}]}}"
_CACHE = "build: {{run: [{{command: a, mounts: [{{type: cache, target: /a}}, {{type: cache, {}}}]}}]}}"


@pytest.mark.parametrize(
    ("config", "code", "place"),
    [
        *((f"build: {{python_version: {text}}}", "python-version-format", text)
          for text in ("3", "'3.x'", "py3.11", "3.11.1.1", "'>=3.8'", "3.-1", "'3.٣'", "'3.12\\n'"[:-3] + "b1'")),
        *((f"build: {{python_version: {text}}}", "python-version-unsupported", text)
          for text in ("3.7", "3.14", "2.7.18", "4.0", "3.1", "13.12", "'03.12'")),
        *((f"build: {{gpu: true, cuda: {text}}}", "cuda-format", text)
          for text in ("12", "latest", "12.x", "'12.4.1.0'")),
        *((f"build: {{gpu: true, cuda: {text}}}", "cuda-too-old", text) for text in ("10.2", "'9.0.1'", "0.0")),
        *((f"build: {{gpu: true, cudnn: {text}}}", "cudnn-format", text)
          for text in ("8.9", "cudnn8", "-8", "0", "''")),
        ("build: {cuda: 12.1}", "cuda-without-gpu", "12.1"),
        ("build: {gpu: false, cudnn: 9}", "cuda-without-gpu", "9"),
        *((f"build: {{system_packages: [{text}]}}", "system-package", text)
          for text in ("Git", "'a b'", "a", "'-y'", "'git;id'", "$(id)", "'git`id`'", "'git|id'", "'git\\id'", "git==1",
                       "'git=1 2'", "git>=1", "'git='", "git/", "''", "'*'", "'../x.deb'", '"git\\nRUN id"', "日本語")),
        ("build: {run: ['']}", "command-blank", "''"),
        ("build: {run: ['', a]}", "command-blank", "''"),
        ("build: {run: [{command: ' '}]}", "command-blank", "{command: ' '}"),
        *((_MOUNT.format(f"id: x, target: {text}"), "mount", text)
          for text in ("a", "/", "/a/", "/a/../b", "/a/.", "''", "/a b", "'/a,b'", "/a$b")),
        *((_MOUNT.format(f"id: {text}, target: /a"), "mount", text)
          for text in ("'a b'", "a/b", "''", "'a,b'", "é")),
        (_CACHE.format("target: a"), "mount", "a"),
        (_CACHE.format("target: /b, id: c"), "mount", "c"),
        (_CACHE.format("target: '/a'"), "mount", "'/a'"),
        *((f"build: {{run: [{{command: a, copy: [{text}]}}]}}", "command-copy", text)
          for text in ("nothing", "../x", "/etc", "''", "a$b.txt")),
        *((f"build: {{base_image: {text}}}", "base-image", place)
          for text, place in (("scratch", "scratch"), ("python:3.12-alpine", "alpine"), ("r.io/a/alpine:3", "alpine"),
                              ("rockylinux:9", "rockylinux"), ("a b", " "), ("Debian", "D"), ("''", "''"))),
        ("build: {base_image: debian, cudnn: 9, gpu: true}", "base-image", "debian"),
        *((f"build: {{user: {text}}}", "user-name", text) for text in ("Root", "'a b'", "'1'", "''", "'a:b'", "'$A'")),
        *((f"environment: [{text}]", "environment-format", text)
          for text in ("A", "1A=b", "'A =b'", "' A=b'", "=b", "A-B=c", "É=1", "''")),
        *((f"environment: [{name}=x]", "environment-reserved", name)
          for name in ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONUNBUFFERED", "LIBRARY_PATH",
                       "HF_ENDPOINT", "HF_HUB_ENABLE_HF_TRANSFER", "R8_X", "REPLICATE_X", "CUDA_X", "NVIDIA_X", "NV_X",
                       "PGET_X", "KUBERNETES_X")),
        ("environment: [A=1, B=2, A=3]", "environment-duplicate", "A=3"),
        *((f"image: {text}", "image-name", place)
          for text, place in (("Model", "M"), ("a b", " "), ("a//b", "/"), ("a_", "_"), ("a/B", "/"), ("'a:'", "'"),
                              ("a:b:c", ":"), ("https://x.y/a", "/"), ("-a", "-"), ("'a\n\n  b'", "'a\n\n  b'"),
                              ("''", "''"))),
        ("image: a@sha256:" + 64 * "0", "image-name", "a@sha256:" + 64 * "0"),
        *((f"predict: {text}", "reference-format", text)
          for text in ("predict.py", "predict:Predictor", "'predict.py:'", ":Predictor", "predict.py:a:b",
                       "predict.py:1a",
                       "a.py:b.py:c", "predict.py:Outer.Inner", "'predict.py: X'", "''", "predict.pyc:X")),
        *((f"train: {path}:train\nrun: run.py:Runner", "reference-outside", path)
          for path in ("/train.py", "../train.py", "a/../train.py", "~/train.py", "a\\train.py")),
        ("run: run.py:Runner\npredict: predict.py:Predictor", "run-and-predict", "run"),
        ("run: ''\npredict: predict.py:Predictor", "run-and-predict", "run"),
        ("build: {python_version: '3.10'}\nconcurrency: {max: 2}\npredict: async.py:Predictor", "concurrency-python",
         "2"),
        ("concurrency: {max: 2}\npredict: predict.py:Predictor", "concurrency-not-async", "2"),
        ("build: {python_packages: [six], python_requirements: more.txt}", "packages-and-requirements",
         "python_requirements"),
        ("build: {python_requirements: nothing.txt}", "requirements-missing", "nothing.txt"),
        ("build: {python_requirements: /more.txt}", "requirements-missing", "/more.txt"),
        ("build: {python_requirements: ''}", "requirements-missing", "''"),
    ],
    ids=lambda value: repr(value)[:60],
)  # fmt: skip
def test_refusals(config: str, code: str, place: str) -> None:
    assert found(config, **{"more_txt": "six\n", "a$b_txt": ""}) == [(code, place)]


def test_all_faults_are_told_in_one_run() -> None:
    config = """
build: {python_version: 3.7, gpu: true, cuda: 10.0, cudnn: x, system_packages: [A], run: [''], python_packages: ['a=1']}
environment: [B]
image: C
predict: D
train: E
"""
    assert [code for code, _ in found(config)] == [
        "python-version-unsupported", "cuda-too-old", "cudnn-format", "requirement-syntax", "system-package",
        "command-blank", "environment-format", "image-name", "reference-format", "reference-format",
    ]  # fmt: skip
