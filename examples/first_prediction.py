"""What `make run` shows: an example compiled, served on this machine without Docker, and asked once."""

import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "hello-world"
IMAGE_FOLDER = ROOT / "build" / "hello-world"
REQUEST = {"input": {"name": "Ada"}}
START_SECONDS = 300.0  # the first start makes the model's environment


def main() -> int:
    shutil.rmtree(IMAGE_FOLDER, ignore_errors=True)
    IMAGE_FOLDER.parent.mkdir(exist_ok=True)
    _say("compile examples/hello-world -o build/hello-world")
    subprocess.run([*_cogc(), "compile", EXAMPLE, "-o", IMAGE_FOLDER], check=True)
    print(f"The Dockerfile is {IMAGE_FOLDER.relative_to(ROOT) / 'Dockerfile'}.\n")
    port = _free_port()
    _say(f"serve --local -C examples/hello-world -p {port}")
    server = subprocess.Popen([*_cogc(), "serve", "--local", "-C", EXAMPLE, "-p", str(port)])
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}")
        _predict(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(timeout=30)
    print("The server has stopped.")
    return 0


def _cogc() -> list[str]:
    return [sys.executable, "-m", "cogc"]


def _say(command: str) -> None:
    print(f"$ cogc {command}", flush=True)


def _wait_until_ready(server: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with code {server.returncode} before it was ready")
        try:
            if httpx.get(f"{url}/health-check").json()["status"] == "READY":
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"the server was not ready within {START_SECONDS:.0f} s")


def _predict(url: str) -> None:
    body = json.dumps(REQUEST)
    print(f"\n$ curl {url}/predictions -d '{body}'", flush=True)
    answer = httpx.post(f"{url}/predictions", json=REQUEST).raise_for_status().json()
    print(json.dumps(answer, indent=2))
    if answer["status"] != "succeeded":
        raise SystemExit(1)
    print(f"\nThe prediction is: {answer['output']}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
