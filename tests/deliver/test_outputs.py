"""What is printed and which files are written for an output."""

from pathlib import Path
from typing import Any

import pytest

from cogc.contract import Field, Signature, Type, render_openapi
from cogc.deliver.outputs import closing, present, present_piece, present_weights
from cogc.deliver.schema import OutputSchema, output_schema

PNG = "data:image/png;base64,cG5n"
JPG = "data:image/jpeg;base64,anBn"
WAV = "data:audio/x-wav;base64,d2F2"
BIN = "data:application/octet-stream;base64,Ymlu"
FILE = Type("path")
RECORD = Type("record", name="Out", fields=(Field("mask", FILE), Field("score", Type("float"))))
NESTED = Type("list", items=Type("list", items=FILE))


def _schema(output: Type) -> OutputSchema:
    return output_schema(render_openapi(Signature(parameters=(), output=output), None, "0"))


@pytest.mark.parametrize(
    ("kind", "output", "target", "text", "files"),
    [
        (Type("str"), "hello", None, "hello", {}),
        (Type("str"), PNG, None, PNG, {}),  # text that only looks like a file
        (Type("int"), 3, None, "3", {}),
        (Type("list", items=Type("int")), [1, 2], None, "[\n  1,\n  2\n]", {}),
        (Type("str"), "hello", "out.txt", "", {"out.txt": b"hello"}),
        (Type("iterator", items=Type("str"), concatenate=True), ["a", "b"], None, "ab", {}),
        (FILE, PNG, None, "", {"output.png": b"png"}),
        (FILE, JPG, None, "", {"output.jpg": b"jpg"}),
        (FILE, "data:text/plain;charset=utf-8;base64,aGk=", None, "", {"output.txt": b"hi"}),
        (FILE, "data:,a%20b", None, "", {"output.bin": b"a b"}),
        (FILE, PNG, "my.picture", "", {"my.picture": b"png"}),
        (FILE, PNG, "weights", "", {"weights": b"png"}),
        (FILE, "https://example.org/a.png", None, "https://example.org/a.png", {}),
        (Type("list", items=FILE), [PNG, JPG], None, "", {"output.0.png": b"png", "output.1.jpg": b"jpg"}),
        (Type("list", items=FILE), [PNG, PNG], "o.png", "", {"o.0.png": b"png", "o.1.png": b"png"}),
        (Type("list", items=FILE), [PNG, WAV], "o.png", "", {"o.0.png": b"png", "o.1.wav": b"wav"}),
        (Type("list", items=FILE), [JPG, BIN], "o.jpeg", "", {"o.0.jpeg": b"jpg", "o.1.jpeg": b"bin"}),
        (Type("list", items=FILE), ["data:text/plain,hi"], "o.md", "", {"o.0.md": b"hi"}),
        (Type("list", items=FILE), [], None, "[]", {}),
        (
            RECORD,
            {"mask": PNG, "score": 0.5},
            None,
            '{\n  "mask": "output.mask.png",\n  "score": 0.5\n}',
            {"output.mask.png": b"png"},
        ),
        # As documented: what is no file and no list of files is written as JSON that holds the files.
        (NESTED, [[PNG]], "prediction.json", "", {"prediction.json": f'[\n  [\n    "{PNG}"\n  ]\n]'.encode()}),
        (NESTED, [[PNG]], None, '[\n  [\n    "output.0.0.png"\n  ]\n]', {"output.0.0.png": b"png"}),
    ],
)
def test_outputs(kind: Type, output: Any, target: str | None, text: str, files: dict[str, bytes]) -> None:
    shown = present(output, _schema(kind), None if target is None else Path(target))
    assert shown.text == text
    assert {str(file.path): file.content for file in shown.files} == files


@pytest.mark.parametrize(
    ("kind", "output", "text", "files"),
    [
        (FILE, PNG, "", {"weights": b"png"}),
        (Type("str"), "hello", "", {"weights": b"hello"}),
        (RECORD, {"mask": PNG, "score": 0.5}, '{\n  "mask": "weights",\n  "score": 0.5\n}', {"weights": b"png"}),
        (RECORD, {"mask": None, "score": 0.5}, "", {"weights": b'{\n  "mask": null,\n  "score": 0.5\n}'}),
        (Type("list", items=FILE), [PNG, PNG], "", {"weights.0.png": b"png", "weights.1.png": b"png"}),
    ],
)
def test_weights(kind: Type, output: Any, text: str, files: dict[str, bytes]) -> None:
    shown = present_weights(output, _schema(kind), Path("weights"))
    assert shown.text == text
    assert {str(file.path): file.content for file in shown.files} == files


@pytest.mark.parametrize(
    ("items", "output"),
    [
        (Type("str"), ["a", "b"]),
        (Type("int"), [1, 2]),
        (Type("any"), [{"a": [1]}, []]),
        (RECORD, [{"mask": PNG, "score": 0.5}]),
        (FILE, [PNG, JPG]),
        (Type("int"), []),
    ],
)
@pytest.mark.parametrize("concatenate", [False, True])
def test_pieces_make_the_whole(items: Type, output: list[Any], concatenate: bool) -> None:
    schema = _schema(Type("iterator", items=items, concatenate=concatenate and items.kind == "str"))
    whole = present(output, schema, None)
    pieces = [present_piece(piece, index, schema) for index, piece in enumerate(output)]
    end = closing(pieces[-1] if pieces else None, schema)
    assert "".join(piece.text for piece in pieces) + end == whole.text + "\n" * bool(whole.text)
    assert tuple(file for piece in pieces for file in piece.files) == whole.files
