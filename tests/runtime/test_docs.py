"""The page on which a person runs the model, in a real browser: row 4 of the reference, and issue 4."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from .browser import Browser, browsing
from .conftest import Serve
from .rows import rows
from .serving import RUNTIME, Served, eventually


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("profile")) as found:
        yield found


def opened(browser: Browser, server: Served) -> None:
    browser.complaints.clear()
    browser.open(f"http://127.0.0.1:{server.port}/docs")
    browser.wait_for("document.querySelector('#fields *') && document.querySelector('#health').textContent")


def fill(browser: Browser, selector: str, value: str) -> None:
    browser.evaluate(
        f"(() => {{ const box = document.querySelector({selector!r}); box.value = {value!r};"
        " box.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def run(browser: Browser) -> None:
    browser.evaluate("document.querySelector('#run').click()")


def status(browser: Browser, word: str) -> None:
    browser.wait_for(f"document.querySelector('#status').textContent.startsWith({word!r})")


@rows(4)
def test_page_fetches_nothing_from_elsewhere(shared: Serve) -> None:
    answer = shared("paged.py:Studio").client.get("/docs")
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"""(src|href)=["'](https?:)?//""", answer.text)


WIDGETS = {
    "#input-prompt": "textarea",
    "#input-style": "select-one",
    "#input-side": "number",
    "#input-strength": "number",
    "#input-tiled": "checkbox",
    "[data-name=original] input[type=file]": "file",
    "#input-token": "password",
    "#input-tags-0": "textarea",
    "#input-output": "textarea",
}


def test_times_are_chosen(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("typed.py:Inputs"))
    fill(browser, "#input-when", "2024-01-02T03:04:05")
    fill(browser, "#input-day", "2024-01-02")
    run(browser)
    status(browser, "succeeded")
    shown = browser.evaluate("document.querySelector('#output').textContent")
    assert "datetime.datetime(2024, 1, 2, 3, 4, 5)" in shown
    assert "datetime.date(2024, 1, 2)" in shown
    kinds = ["#input-when", "#input-day"]
    assert [browser.evaluate(f"document.querySelector({each!r}).type") for each in kinds] == ["datetime-local", "date"]
    assert browser.complaints == []


def test_unions_with_files(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("unions.py:Inputs"))
    fill(browser, "#input-path_or_text", "5")
    fill(browser, "#input-one_or_more", '["data:text/plain;base64,aGk="]')
    fill(browser, "#input-path_or_number", "5")
    fill(browser, "#input-texts", '["a"]')
    run(browser)
    status(browser, "succeeded")
    shown = browser.evaluate("document.querySelector('#output').textContent")
    for each in ("path_or_text5", "one_or_morefile: hi", "path_or_number5", "packedno file: packed.txt", "textsa"):
        assert each in shown
    place = "[data-name=path_or_text] input[type=file]"
    assert browser.evaluate(f"document.querySelector({place!r}).type") == "file"
    assert browser.complaints == []


def test_widgets(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Studio"))
    found = {selector: browser.evaluate(f"document.querySelector({selector!r}).type") for selector in WIDGETS}
    assert found == WIDGETS
    assert browser.evaluate("[...document.querySelectorAll('#input-style option')].map(each => each.text)") == [
        "ink",
        "oil",
        "chalk",
    ]
    assert browser.evaluate("document.querySelector('[data-name=side] input[type=range]').max") == "256"
    assert browser.evaluate("document.querySelector('input[type=file]').accept") == "image/*"
    assert browser.complaints == []


def test_run(shared: Serve, browser: Browser, tmp_path: Path) -> None:
    opened(browser, shared("paged.py:Studio"))
    original = RUNTIME.parent / "examples" / "image-blur" / "checkerboard.png"
    fill(browser, "#input-prompt", "a lighthouse")
    fill(browser, "#input-style", "1")
    fill(browser, "#input-side", "32")
    fill(browser, "#input-token", "hush")
    fill(browser, "#input-output", '{"a": 1}')
    browser.choose_file("[data-name=original] input[type=file]", original)
    browser.wait_for("document.querySelector('.drop img') !== null")
    assert "hush" not in browser.evaluate("document.querySelector('#command').textContent")
    run(browser)
    status(browser, "succeeded")
    size = original.stat().st_size
    text = browser.evaluate("document.querySelector('#output td').innerText").strip()
    assert text == f"a lighthouse|oil|32|0.5|True|{size}|4|['draft']|{{'a': 1}}"
    assert browser.wait_for("document.querySelector('#output img').naturalWidth") == 32
    assert browser.evaluate("document.querySelector('#output audio').controls")
    assert browser.evaluate("document.querySelector('#logs').textContent") == "drawing a lighthouse as oil\n"
    assert "hush" not in browser.evaluate("document.body.innerText")
    browser.screenshot(tmp_path / "run.png")
    assert (tmp_path / "run.png").stat().st_size > 10_000
    assert browser.complaints == []


def test_faults_stand_at_their_fields(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Studio"))
    fill(browser, "#input-side", "1000")
    run(browser)
    status(browser, "refused")
    assert "256" in browser.evaluate("document.querySelector('#input-side-problem').textContent")
    assert browser.evaluate("document.querySelector('#input-prompt-problem').textContent") == "Field required"


def test_first_fault_is_gone_to(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Studio"))
    fill(browser, "#input-prompt", "x")
    fill(browser, "#input-side", "1000")
    run(browser)
    status(browser, "refused")
    assert browser.evaluate("document.activeElement.id") == "input-side"


TRUTHS = {"": "None|[True]", "0": "True|[True]", "1": "False|[True]"}


@pytest.mark.parametrize("choice", TRUTHS)
def test_truth_that_may_be_left_open(shared: Serve, browser: Browser, choice: str) -> None:
    opened(browser, shared("paged.py:Sorter"))
    fill(browser, "#input-sure", choice)
    run(browser)
    status(browser, "succeeded")
    assert browser.evaluate("document.querySelector('#output tr:last-child td').innerText").strip() == TRUTHS[choice]


def test_texts_and_vectors_are_read_on_the_page(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Sorter"))
    run(browser)
    status(browser, "succeeded")
    shown = browser.evaluate("[...document.querySelectorAll('#output pre')].map(each => each.textContent)")
    assert shown == ["größer", "[1]", "[\n  [0.5, 1.5],\n  [2.5, 3.5]\n]"]
    links = browser.evaluate("[...document.querySelectorAll('#output a')].map(each => each.textContent)")
    assert links == [
        "Download (text/plain, 8 B)",
        "Download (application/json, 3 B)",
        "Download (application/octet-stream, 1.5 kB)",
    ]


def test_newest_lines_of_the_log_are_seen(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Poet"))
    fill(browser, "#input-words", "100")
    run(browser)
    status(browser, "succeeded")
    box = "document.querySelector('#logs')"
    assert browser.evaluate(f"{box}.scrollHeight > {box}.clientHeight")
    assert browser.evaluate(f"{box}.scrollTop + {box}.clientHeight >= {box}.scrollHeight - 1")


SETUPS = {
    "slow_setup.py:Predictor": ("READY", "takes no inputs"),
    "broken.py:SetupRaises": ("SETUP_FAILED", "no weights here"),
    "broken.py:Untyped": ("SETUP_FAILED", "parameter 'text' has no type"),
}


@pytest.mark.parametrize("model", SETUPS)
def test_page_that_is_opened_before_the_model_is_ready(serve: Serve, browser: Browser, model: str) -> None:
    health, words = SETUPS[model]
    server = serve(model, "--await-explicit-shutdown", until="")
    eventually(lambda: server.process.poll() is None and answers(server), lambda there: there)
    browser.open(f"http://127.0.0.1:{server.port}/docs")
    browser.wait_for(f"document.querySelector('#health').textContent === '{health}'")
    browser.wait_for(f"document.body.innerText.includes({words!r})")


def answers(server: Served) -> bool:
    try:
        return server.client.get("/docs").status_code == 200
    except httpx.TransportError:
        return False


def test_json_that_is_none(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Studio"))
    fill(browser, "#input-output", "{")
    run(browser)
    assert "no JSON" in browser.wait_for("document.querySelector('#input-output-problem').textContent")


def test_stream(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Poet"))
    fill(browser, "#input-words", "6")
    fill(browser, "#input-pause", "0.2")
    run(browser)
    partial = browser.wait_for("document.querySelector('#output').textContent")
    assert partial.startswith("word0 ")
    assert "word5" not in partial
    status(browser, "succeeded")
    assert browser.evaluate("document.querySelector('#output').textContent") == "".join(f"word{n} " for n in range(6))
    assert browser.evaluate("document.querySelector('#logs').textContent").count("word") == 6


CANCELLED = {"streams": "paged.py:Poet", "waits": "paged.py:Worker"}


@pytest.mark.parametrize("case", CANCELLED)
def test_cancel(shared: Serve, browser: Browser, case: str) -> None:
    server = shared(CANCELLED[case])
    opened(browser, server)
    slow = {"streams": ("#input-pause", "30"), "waits": ("#input-seconds", "30")}
    fill(browser, *slow[case])
    run(browser)
    browser.wait_for("document.querySelector('#logs').textContent")
    browser.evaluate("document.querySelector('#cancel').click()")
    status(browser, "canceled")
    assert browser.evaluate("document.querySelector('#cancel').hidden")
    eventually(server.health, lambda found: found["status"] == "READY")


def test_text_is_never_html(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Worker"))
    fill(browser, "#input-seconds", "0")
    run(browser)
    status(browser, "succeeded")
    assert browser.evaluate("document.querySelector('#output').textContent") == "<b>done</b>"


INTERFACES = ["described.py:Inputs", "described.py:Object", "echo.py:Typed", "echo.py:NoInput", "forms.py:Form"]


@pytest.mark.parametrize("model", INTERFACES)
def test_every_interface_gives_a_form(shared: Serve, browser: Browser, model: str) -> None:
    server = shared(model)
    browser.complaints.clear()
    opened(browser, server)
    run(browser)
    browser.wait_for("document.querySelector('#status').textContent && !document.querySelector('#run').disabled")
    assert browser.evaluate("document.querySelector('#error').hidden"), browser.evaluate("document.body.innerText")
    assert all("422" in complaint for complaint in browser.complaints), browser.complaints


def test_trainings(serve: Serve, browser: Browser) -> None:
    server = serve("streams.py:Ticks", "--x-mode", "train", COG_TRAIN_TYPE_STUB="streams.py:train")
    opened(browser, server)
    fill(browser, "#input-count", "3")
    run(browser)
    status(browser, "succeeded")
    assert browser.evaluate("document.querySelector('#output').innerText").split() == ["0", "1", "2"]


def test_reset(shared: Serve, browser: Browser) -> None:
    opened(browser, shared("paged.py:Studio"))
    fill(browser, "#input-prompt", "changed")
    browser.evaluate("document.querySelector('#reset').click()")
    browser.wait_for("document.querySelector('#input-prompt')?.value === ''")
