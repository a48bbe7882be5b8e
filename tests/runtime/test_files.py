"""Files and secrets: sections 7.4 and 7.5 of the reference; see rows.py."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import LIMIT_SECONDS, Receiver, Served, eventually


def data_url(content: bytes, kind: str = "text/plain") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@rows(121, 125, 130)
def test_path_from_data_url(shared: Serve) -> None:
    answer = shared("files.py:PathIn").predict(file=data_url(b"hi"))
    found = answer["output"]
    assert (found["name"], found["text"], found["is_path"]) == ("file.txt", "hi", True)
    assert not Path(found["path"]).exists()
    assert answer["input"]["file"] == data_url(b"hi")


def test_long_data_url_is_not_sent_back(shared: Serve) -> None:
    url = data_url(b"hi" * 1000)
    answer = shared("files.py:PathIn").predict(file=url)
    assert answer["output"]["text"] == "hi" * 1000
    assert answer["input"]["file"] == f"{url[:100]}… ({len(url)} characters)"


NAMES = {
    "/plain.txt": "plain.txt",
    "/a%20b.txt?query=1": "a b.txt",
    "/..%2f..%2fetc": ".._.._etc",
    "/" + "x" * 300 + ".txt": "x" * 195 + "~.txt",
    "/": "file",
}


@rows(122, 127)
@pytest.mark.parametrize("place", NAMES)
def test_path_from_http(shared: Serve, receiver: Receiver, place: str) -> None:
    receiver.files[place] = b"remote"
    found = shared("files.py:PathIn").predict(file=receiver.url + place)["output"]
    assert (found["name"], found["text"]) == (NAMES[place], "remote")


@rows(105)
def test_optional_path(shared: Serve, receiver: Receiver) -> None:
    receiver.files["/x.txt"] = b"x"
    answer = shared("files.py:PathIn").predict(file=data_url(b""), optional=receiver.url + "/x.txt")
    assert base64.b64decode(answer["output"]["more"].split(",")[1]) == b"x"


@rows(123)
def test_missing_remote_file_fails_the_prediction(shared: Serve, receiver: Receiver) -> None:
    answer = shared("files.py:PathIn").predict(file=receiver.url + "/none")
    assert answer["status"] == "failed"
    assert "404" in answer["error"]


def test_without_files_the_model_begins_at_once(shared: Serve) -> None:
    answer = shared("forms.py:Form").post("/predictions", {"input": {}}, 202, Prefer="respond-async")
    assert answer["status"] == "processing"


def test_broken_data_url_fails_the_prediction(shared: Serve) -> None:
    answer = shared("files.py:PathIn").predict(file="data:text/plain;base64,a")
    assert (answer["status"], "base64" in answer["error"]) == ("failed", True)


NO_FILES = ["/etc/passwd", "upload:1/a.txt", "predict.py", "file:///etc/passwd", "gs://bucket/x", "http://", ""]


@rows(124, 126)
@pytest.mark.parametrize("text", NO_FILES)
@pytest.mark.parametrize("model", ["files.py:PathIn", "files.py:FileIn"])
def test_other_text_is_no_file(shared: Serve, model: str, text: str) -> None:
    answer = shared(model).predict(expect=422, file=text)
    assert answer["detail"][0]["loc"] == ["body", "input", "file"]


@rows(119)
def test_file_from_data_url(shared: Serve) -> None:
    answer = shared("files.py:FileIn").predict(file=data_url(b"a\nb\n"))
    assert (answer["output"]["lines"], answer["output"]["again"]) == (["a\n", "b\n"], "a\nb\n")
    assert answer["input"] == {"file": data_url(b"a\nb\n")}


@rows(120, 128, 129)
def test_file_from_http_is_lazy(shared: Serve, receiver: Receiver) -> None:
    receiver.files["/f.txt"] = b"a\nb\n"
    found = shared("files.py:FileIn").predict(file=receiver.url + "/f.txt")["output"]
    assert (found["lines"], found["again"], found["kind"]) == (["a\n", "b\n"], "a\nb\n", "URLFile")
    assert shared("files.py:UnusedFile").predict(file="http://127.0.0.1:9/x")["output"] == "not read"


@rows(107)
def test_list_of_paths_keeps_its_order(shared: Serve) -> None:
    urls = [data_url(str(number).encode()) for number in range(5)]
    assert shared("files.py:Paths").predict(paths=urls)["output"] == "01234"


@rows(57)
def test_async_answer_does_not_wait_for_a_download(serve: Serve, receiver: Receiver) -> None:
    receiver.files["/x"] = b"x"
    receiver.delay = 1.0
    server = serve("files.py:PathIn")
    body = {"input": {"file": receiver.url + "/x"}, "id": "slow"}
    assert server.post("/predictions", body, 202, Prefer="respond-async")["status"] == "starting"
    assert receiver.calls == []
    done = eventually(lambda: server.get("/predictions/slow"), lambda found: found["completed_at"] is not None)
    assert (done["status"], done["output"]["text"]) == ("succeeded", "x")


def test_cancel_of_a_download(shared: Serve, receiver: Receiver) -> None:
    receiver.delay = 2 * LIMIT_SECONDS
    server = shared("files.py:PathIn")
    body = {"input": {"file": receiver.url + "/x"}, "id": "stopped"}
    assert server.post("/predictions", body, 202, Prefer="respond-async")["status"] == "starting"
    server.post("/predictions/stopped/cancel", None)
    server.wait_for("READY")
    assert server.get("/predictions/stopped")["status"] == "canceled"


@rows(131, 133, 134, 132)
def test_secret(shared: Serve) -> None:
    server = shared("files.py:Secretive")
    answer = server.predict(token="hush")
    assert answer["output"] == {"shown": ["*" * 10, f"Secret('{'*' * 10}')"], "told": "hsuh", "other": None}
    assert answer["input"] == {"token": "*" * 10, "other": None}
    refused = server.client.post("/predictions", json={"input": {"token": {"deep": "hush"}}})
    assert refused.status_code == 422
    assert "hush" not in refused.text
    assert "hush" not in answer["logs"] + server.log.read_text()


ENCODED = {
    "136-png": ("png", b"png", "image/png"),
    "135-webp": ("webp", b"webp", "image/webp"),
    "136-unknown": ("unknown", b"?", "application/octet-stream"),
    "137-bytes": ("bytes_handle", b"hello", "application/octet-stream"),
    "137-text": ("text_handle", b"hello", "application/octet-stream"),
    "137-written-handle": ("read_to_end", b"hello", "application/octet-stream"),
    "139-constructor": ("constructed", b"hello", "application/octet-stream"),
}


@pytest.mark.parametrize("case", ENCODED)
def test_file_output(shared: Serve, case: str) -> None:
    method, content, kind = ENCODED[case]
    assert shared("files.py:Out").predict(kind=method)["output"] == data_url(content, kind)


NESTED: dict[str, Any] = {
    "150-list": ("paths", [data_url(b"0"), data_url(b"1"), data_url(b"2")]),
    "151-list-of-one": ("one_path", [data_url(b"1")]),
    "159-dict": ("path_dict", {"a": {"b": data_url(b"x")}}),
    "138-model": ("model", {"file": data_url(b"hello", "application/octet-stream"), "text": "hello"}),
    "156-left-out": ("left_out", {"score": 1.5, "file": None}),
    "156-handle-for-path": ("handle_for_path", {"score": None, "file": data_url(b"hello", "application/octet-stream")}),
}


@pytest.mark.parametrize("case", NESTED)
def test_nested_file_output(shared: Serve, case: str) -> None:
    method, expected = NESTED[case]
    assert shared("files.py:Out").predict(kind=method)["output"] == expected


def test_long_and_short_files_in_one_output(shared: Serve, receiver: Receiver) -> None:
    """What is long is not copied into the answer: the parts have to come in order, wherever it is read."""
    server = shared("files.py:Out")
    sizes = (3, 1 << 20, 1 << 20, 3)
    expected = [data_url(str(number).encode() * size) for number, size in enumerate(sizes)]
    body = {"id": "parts", "webhook": receiver.url, "input": {"kind": "short_and_long"}}
    assert server.post("/predictions", body)["output"] == expected
    assert server.get("/predictions/parts")["output"] == expected
    assert receiver.wait_for_end()[-1]["output"] == expected


NO_OUTPUT_FILES = {"missing": "does not exist", "folder": "is a folder"}


@rows(154)
@pytest.mark.parametrize("kind", NO_OUTPUT_FILES)
def test_missing_output_file(shared: Serve, kind: str) -> None:
    answer = shared("files.py:Out").predict(kind=kind)
    assert (answer["status"], NO_OUTPUT_FILES[kind] in answer["error"]) == ("failed", True)


def test_output_file_is_deleted_after_it_was_returned(shared: Serve) -> None:
    server = shared("files.py:Out")
    assert not Path(server.predict(kind="where")["output"]["path"]).exists()
    assert {server.predict(kind="kept_file")["output"] for _ in range(2)} == {data_url(b"kept")}


@rows(164)
def test_each_yielded_file_as_it_was(shared: Serve) -> None:
    assert shared("files.py:Streamed").predict()["output"] == [data_url(str(n).encode()) for n in range(3)]


@rows(140, 150)
def test_output_file_prefix(shared: Serve, receiver: Receiver) -> None:
    body = {"input": {"kind": "paths"}, "output_file_prefix": receiver.url + "/upload"}
    answer = shared("files.py:Out").post("/predictions", body)
    assert answer["output"] == [f"{receiver.url}/upload/out-{n}.txt" for n in range(3)]
    assert all(call[1] == "PUT" and b'name="file"; filename="out-' in call[4] for call in receiver.calls)


def test_prefix_with_a_signature(shared: Serve, receiver: Receiver) -> None:
    body = {"input": {"kind": "png"}, "output_file_prefix": receiver.url + "/upload/?signature=abc"}
    answer = shared("files.py:Out").post("/predictions", body)
    (call,) = receiver.calls
    assert call[2].startswith("/upload/")
    assert call[2].endswith(".png?signature=abc")
    assert answer["output"] == receiver.url + call[2].partition("?")[0]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirected_upload_takes_the_file_along(shared: Serve, receiver: Receiver, status: int) -> None:
    receiver.answers.append(status)
    receiver.headers["Location"] = "/moved/x.png"
    body = {"input": {"kind": "png"}, "output_file_prefix": receiver.url}
    assert shared("files.py:Out").post("/predictions", body)["output"] == receiver.url + "/moved/x.png"
    assert [call[1] for call in receiver.calls] == ["PUT", "PUT"]
    assert all(b"\r\n\r\npng\r\n" in call[4] for call in receiver.calls)


@rows(142, 149)
def test_failing_prefix_fails_the_prediction(shared: Serve, receiver: Receiver) -> None:
    receiver.answers = [403]
    body = {"input": {"kind": "png"}, "output_file_prefix": receiver.url}
    answer = shared("files.py:Out").post("/predictions", body)
    assert (answer["status"], "403" in answer["error"]) == ("failed", True)


@rows(143, 144, 146, 147, 148)
def test_upload_url(serve: Serve, receiver: Receiver) -> None:
    server = serve("files.py:Out", "--upload-url", receiver.url + "/base/")
    receiver.answers = [500]
    body = {"input": {"kind": "png"}, "id": "mine"}
    answer = server.post("/predictions", body, traceparent="00-1-2-01")
    assert answer["output"] == receiver.url + "/base/image.png"
    _, method, path, headers, content = receiver.calls[-1]
    assert (method, path, content, len(receiver.calls)) == ("PUT", "/base/image.png", b"png", 2)
    assert (headers["Content-Type"], headers["X-Prediction-ID"]) == ("image/png", "mine")
    assert headers["traceparent"] == "00-1-2-01"


@rows(141)
def test_prefix_wins_over_upload_url(serve: Serve, receiver: Receiver) -> None:
    server = serve("files.py:Out", "--upload-url", receiver.url + "/ours")
    body = {"input": {"kind": "png"}, "output_file_prefix": receiver.url + "/theirs/"}
    assert server.post("/predictions", body)["output"] == receiver.url + "/theirs/image.png"
    assert [call[2] for call in receiver.calls] == ["/theirs/image.png"]


@pytest.fixture
def uploading(serve: Serve, receiver: Receiver) -> Callable[[str], Served]:
    return lambda model: serve(model, "--upload-url", receiver.url + "/base")


@rows(143)
def test_asynchronous_upload(uploading: Callable[[str], Served], receiver: Receiver) -> None:
    body = {"input": {"kind": "png"}, "webhook": receiver.url + "/hook", "webhook_events_filter": ["completed"]}
    uploading("files.py:Out").post("/predictions", body, 202, Prefer="respond-async")
    eventually(lambda: len(receiver.calls), lambda count: count == 2)
    assert [call[1:3] for call in receiver.calls] == [("PUT", "/base/image.png"), ("POST", "/hook")]
    assert json.loads(receiver.calls[1][4])["output"] == receiver.url + "/base/image.png"


@rows(145)
def test_location_of_an_upload(uploading: Callable[[str], Served], receiver: Receiver) -> None:
    receiver.headers = {"Location": "https://files.example.com/kept.png?signature=secret"}
    assert uploading("files.py:Out").predict(kind="png")["output"] == "https://files.example.com/kept.png"


@rows(149)
def test_upload_that_fails_for_good(uploading: Callable[[str], Served], receiver: Receiver) -> None:
    receiver.answers = [503] * 4
    body = {"input": {"kind": "png"}, "webhook": receiver.url + "/hook", "webhook_events_filter": ["completed"]}
    uploading("files.py:Out").post("/predictions", body, 202, Prefer="respond-async")
    eventually(lambda: [call[2] for call in receiver.calls].count("/hook"), lambda count: count == 1)
    assert [call[2] for call in receiver.calls] == ["/base/image.png"] * 4 + ["/hook"]
    last = json.loads(receiver.calls[-1][4])
    assert (last["status"], "503" in last["error"], "output" in last) == ("failed", True, False)


@rows(152)
def test_each_yielded_file_is_uploaded_as_it_appears(uploading: Callable[[str], Served], receiver: Receiver) -> None:
    server = uploading("files.py:Several")
    server.predict()  # the first upload waits for the import of the HTTP client
    receiver.calls.clear()
    output = server.predict()["output"]
    assert output == [f"{receiver.url}/base/out-{number}.txt" for number in range(3)]
    moments = [call[0] for call in receiver.calls]
    assert moments[2] - moments[0] > 0.1


@rows(150, 153)
@pytest.mark.parametrize("kind", ["handle_for_path", "path_in_model", "paths", "path_dict"])
def test_files_anywhere_are_uploaded(uploading: Callable[[str], Served], receiver: Receiver, kind: str) -> None:
    text = json.dumps(uploading("files.py:Out").predict(kind=kind)["output"])
    assert text.count(receiver.url + "/base/") == len(receiver.calls) > 0
    assert "data:" not in text


@rows(150)
def test_uploads_keep_the_order_of_a_list(uploading: Callable[[str], Served], receiver: Receiver) -> None:
    """The first one is taken last: its receiver has failed once."""
    receiver.answers = [503]
    output = uploading("files.py:Out").predict(kind="paths")["output"]
    assert output == [f"{receiver.url}/base/out-{number}.txt" for number in range(3)]


@rows(157)
def test_output_class_of_any_name(shared: Serve) -> None:
    answer = shared("files.py:Out").predict(kind="left_out")
    assert answer["output"]["score"] == 1.5


@rows(129)
def test_url_file_as_response(shared: Serve, receiver: Receiver) -> None:
    receiver.files["/f.txt"] = b"content"
    answer = shared("files.py:Response").predict(file=receiver.url + "/f.txt")
    assert answer["output"] == data_url(b"content")


@rows(165)
@pytest.mark.parametrize("remote", [True, False])
def test_input_stays_open_while_the_model_yields(shared: Serve, receiver: Receiver, remote: bool) -> None:
    receiver.files["/f.txt"] = b"a\nb\nc"
    url = receiver.url + "/f.txt" if remote else data_url(b"a\nb\nc")
    assert shared("files.py:Lines").predict(file=url)["output"] == ["a\n", "b\n", "c"]


def test_no_text_is_no_file(shared: Serve) -> None:
    server = shared("files.py:NoFiles")
    assert server.predict()["output"] == "None None None"
    server.predict(expect=422, path="")


NO_PLACES = ["http://xn--/p", "http://a\x7fb/p", "http://a b/p", "http://[/p"]


@pytest.mark.parametrize("prefix", NO_PLACES)
def test_a_prefix_that_is_no_place_ends_the_model_too(shared: Serve, prefix: str) -> None:
    """Whether it is refused at once, or told when the first file is there."""
    server = shared("files.py:FileFirst")
    body = {"input": {"file": True}, "output_file_prefix": prefix}
    answer = server.client.post("/predictions", json=body)
    assert answer.status_code == 422 or "the output file cannot be uploaded" in answer.json()["error"]
    assert server.predict()["output"] == ["no file"]


@pytest.mark.parametrize("name", ["é", "a b", "日本"])
def test_ids_of_any_letters_go_along_with_uploads(shared: Serve, receiver: Receiver, name: str) -> None:
    body = {"id": name, "input": {"kind": "png"}, "output_file_prefix": receiver.url}
    assert shared("files.py:Out").post("/predictions", body)["status"] == "succeeded"
    (call,) = receiver.calls
    assert call[3]["X-Prediction-ID"] == {"é": "%C3%A9", "日本": "%E6%97%A5%E6%9C%AC"}.get(name, name)
