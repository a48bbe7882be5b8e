"""A headless Chromium, spoken to over its debugging pipe: NUL-ended JSON, no package needed."""

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LIMIT_SECONDS = 30.0
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--remote-debugging-pipe",
    "--window-size=1200,1100",
)
# Chromium reads file descriptor 3 and writes 4; first out of the way, in case ours have these numbers.
LAUNCH = """
import fcntl, os, sys
reads, writes = (fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3])
os.dup2(reads, 3), os.dup2(writes, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """One page. `evaluate` runs JavaScript in it and gives its value."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = answers
        self._buffer = b""
        self._number = 0
        self._session: dict[str, str] = {}
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params, **self._session}
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        answer = self._message()
        while answer.get("id") != self._number:
            self._hear(answer)
            answer = self._message()
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def _hear(self, event: Any) -> None:
        if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
            self.complaints.append(json.dumps(event["params"]))

    def _message(self) -> Any:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answers], [], [], LIMIT_SECONDS)
            assert ready, "the browser does not answer"
            data = os.read(self._answers, 1 << 20)
            assert data, "the browser has ended"
            self._buffer += data
        text, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(text)

    def open(self, url: str) -> None:
        self.evaluate("window.isOld = true")
        self.call("Page.navigate", url=url)
        self.wait_for("!window.isOld && document.readyState === 'complete'")

    def evaluate(self, script: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait_for(self, script: str) -> Any:
        """The value of an expression, once it is true."""
        deadline = time.monotonic() + LIMIT_SECONDS
        value = self.evaluate(script)
        while not value:
            assert time.monotonic() < deadline, f"never true: {script}\n{self.evaluate('document.body.innerText')}"
            time.sleep(0.05)
            value = self.evaluate(script)
        return value

    def choose_file(self, selector: str, path: Path) -> None:
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", files=[str(path)], nodeId=node)

    def screenshot(self, path: Path) -> None:
        image = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(image["data"]))


@contextlib.contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """Skips, with a reason that is printed, where there is no Chromium."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        pytest.skip(f"no Chromium on this machine ({', '.join(NAMES)}): the page stays untried in a browser")
    command_end, commands = os.pipe()
    answers, answer_end = os.pipe()
    descriptors = [str(command_end), str(answer_end)]
    launch = [sys.executable, "-c", LAUNCH, *descriptors, found, *FLAGS, f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        launch, pass_fds=(command_end, answer_end), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(command_end)
    os.close(answer_end)
    try:
        browser = Browser(commands, answers)
        yield browser
        browser.call("Browser.close")  # then it removes its temporary files
        process.wait(LIMIT_SECONDS)
    finally:
        process.kill()
        process.wait()
        os.close(commands)
        os.close(answers)
