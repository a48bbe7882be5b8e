"""A small registry that keeps everything in memory, counts every byte, and fails as it is told to."""

import base64
import hashlib
import io
import json
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Lock, Thread
from urllib.parse import parse_qs, urlsplit

BLOCK = 64 << 10


class Cut(Exception):
    """The connection ends here, without an answer."""


@dataclass
class Rule:
    """What happens to the requests that fit, the first `after` of them excepted, and no more than `times` of them."""

    method: str
    path: str
    act: "Callable[[Handler], bool]"
    after: int = 0
    times: int = 1

    def fits(self, method: str, path: str) -> bool:
        if method != self.method or not re.search(self.path, path):
            return False
        self.after -= 1
        if self.after >= 0 or self.times == 0:
            return False
        self.times -= 1
        return True


@dataclass
class Upload:
    """`content` stays empty in a registry that only counts."""

    repository: str
    content: bytearray = field(default_factory=bytearray)
    size: int = 0


@dataclass
class Guard:
    """Who may in: a password for the token service, tokens that each allow so many requests."""

    password: str = ""
    refresh: str = ""
    uses: int = 1_000_000
    basic: bool = False
    given: int = 0
    left: dict[str, int] = field(default_factory=dict)
    asked: list[list[str]] = field(default_factory=list)

    def token(self, scopes: list[str]) -> str:
        self.given += 1
        self.asked.append(scopes)
        text = f"token-{self.given}"
        self.left[text] = self.uses
        return text

    def admits(self, header: str) -> bool:
        if self.basic:
            return header == _basic(self.password)
        token = header.removeprefix("Bearer ")
        self.left[token] = self.left.get(token, 0) - 1
        return self.left[token] >= 0


def _basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"user:{password}".encode()).decode()


@dataclass
class FaultyRegistry:
    """`bodies` counts the bytes of request bodies by method, `asked` lists all requests."""

    blobs: dict[tuple[str, str], bytes] = field(default_factory=dict)
    manifests: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    guard: Guard | None = None
    knows_ranges: bool = True
    keeps: bool = True
    hints: dict[str, str] = field(default_factory=dict)
    bodies: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)
    authorizations: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    host: str = ""

    def add(self, repository: str, content: bytes) -> str:
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        self.blobs[repository, digest] = content
        return digest

    def rule(self, method: str, path: str) -> Rule | None:
        with self.lock:
            self.asked.append(f"{method} {path}")
            return next((rule for rule in self.rules if rule.fits(method, path)), None)

    def count(self, start: str) -> int:
        return sum(request.startswith(start) for request in self.asked)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    registry: FaultyRegistry
    left = 0  # bytes of the request's body that were not read

    def log_message(self, *_: object) -> None:
        return

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (Cut, OSError):
            self.close_connection = True
            self.connection.close()

    def _handle(self) -> None:
        self.left = int(self.headers.get("Content-Length", 0))
        self.registry.authorizations.add(self.headers.get("Authorization", ""))
        rule = self.registry.rule(self.command, self.path)
        if rule is None or not rule.act(self):
            self.serve()
        while self.left:
            self.body(min(BLOCK, self.left))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _handle  # noqa: N815  # http.server's names

    def answer(self, status: int, content: bytes = b"", /, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(content))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def error(self, status: int, code: str, **headers: str) -> None:
        content = json.dumps({"errors": [{"code": code, "message": f"fault: {code.lower()}"}]}).encode()
        self.answer(status, content, **headers)

    def body(self, size: int) -> bytes:
        """So many bytes of the request's body, counted."""
        block = self.rfile.read(size)
        self.left -= len(block)
        with self.registry.lock:
            self.registry.bodies[self.command] += len(block)
        if len(block) < size:
            raise Cut
        return block

    def cut(self) -> None:
        """With a reset, as a network or a proxy does it."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        raise Cut

    def serve(self) -> None:
        guard, path = self.registry.guard, urlsplit(self.path).path
        if path == "/token":
            self.give_token()
        elif guard is not None and not guard.admits(self.headers.get("Authorization", "")):
            scheme = f'Bearer realm="http://{self.registry.host}/token",service="faulty",scope="registry:catalog:*"'
            self.error(401, "UNAUTHORIZED", WWW_Authenticate='Basic realm="faulty"' if guard.basic else scheme)
        elif path == "/v2/":
            self.answer(200, b"{}")
        elif found := re.fullmatch(r"/v2/(.+)/blobs/uploads/([^/]*)", path):
            self.upload(found[1], found[2])
        elif found := re.fullmatch(r"/v2/(.+)/blobs/(sha256:\w+)", path):
            self.blob(found[1], found[2])
        elif found := re.fullmatch(r"/v2/(.+)/manifests/([^/]+)", path):
            self.manifest(found[1], found[2])
        else:
            self.error(404, "UNSUPPORTED")

    def give_token(self) -> None:
        """For a password, as a query, or for a refresh token, as a form."""
        guard, query = self.registry.guard, parse_qs(urlsplit(self.path).query)
        assert guard is not None
        form = parse_qs(self.body(self.left).decode())
        has_password = self.headers.get("Authorization") == _basic(guard.password)
        if form.get("refresh_token", [""]) != [guard.refresh] or (guard.password and not has_password):
            self.error(401, "DENIED")
        elif form:
            self.answer(200, json.dumps({"access_token": guard.token(form["scope"]), "expires_in": 60}).encode())
        else:
            self.answer(200, json.dumps({"token": guard.token(query.get("scope", []))}).encode())

    def blob(self, repository: str, digest: str) -> None:
        content = self.registry.blobs.get((repository, digest))
        if content is None:
            self.error(404, "BLOB_UNKNOWN")
            return
        self.send_blob(content, len(content))

    def send_blob(self, content: bytes, total: int, short: int = 0) -> None:
        """The blob or the range of it that was asked for; `short` bytes are promised and not sent."""
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if found is None or not self.registry.knows_ranges:
            self.send_response(200)
            start, end = 0, len(content)
        else:
            self.send_response(206)
            start, end = int(found[1]), int(found[2]) + 1
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{total}")
        self.send_header("Content-Length", str(end - start))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content[start : end - short])
            with self.registry.lock:
                self.registry.served["GET"] += end - start - short
        if short:
            raise Cut

    def manifest(self, repository: str, version: str) -> None:
        if self.command == "PUT":
            content = self.body(self.left)
            digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
            for name in (version, digest):
                self.registry.manifests[repository, name] = (self.headers["Content-Type"], content)
            self.answer(201, Docker_Content_Digest=digest)
            return
        kind, content = self.registry.manifests.get((repository, version), ("", b""))
        if kind:
            self.answer(200, content, Content_Type=kind)
        else:
            self.error(404, "MANIFEST_UNKNOWN")

    def upload(self, repository: str, name: str) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        found = self.registry.uploads.get(name)
        match self.command:
            case "POST":
                self.begin(repository, query)
            case _ if found is None:
                self.error(404, "BLOB_UPLOAD_UNKNOWN")
            case "GET":
                self.state(204, name, found)
            case "PATCH":
                self.patch(name, found)
            case "PUT":
                self.complete(name, found, query["digest"])
            case "DELETE":
                del self.registry.uploads[name]
                self.answer(204)

    def begin(self, repository: str, query: dict[str, str]) -> None:
        mounted = self.registry.blobs.get((query.get("from", ""), query.get("mount", "")))
        if mounted is not None:
            self.registry.blobs[repository, query["mount"]] = mounted
            self.answer(201, Location="/elsewhere")
            return
        name = f"upload-{len(self.registry.asked)}"
        self.registry.uploads[name] = Upload(repository)
        self.state(202, name, self.registry.uploads[name])

    def state(self, status: int, name: str, upload: Upload) -> None:
        last = max(0, upload.size - 1)
        location = f"/v2/{upload.repository}/blobs/uploads/{name}"
        self.answer(status, b"", **{"Location": location, "Range": f"0-{last}", **self.registry.hints})

    def patch(self, name: str, upload: Upload) -> None:
        if int(self.headers["Content-Range"].partition("-")[0]) != upload.size:
            self.error(416, "RANGE_INVALID")
            return
        self.take(upload, self.left)
        self.state(202, name, upload)

    def take(self, upload: Upload, size: int) -> None:
        """Keeps what arrives, also of a chunk that is cut."""
        while size:
            block = self.body(min(BLOCK, size))
            upload.content += block if self.registry.keeps else b""
            upload.size += len(block)
            size -= len(block)

    def complete(self, name: str, upload: Upload, digest: str) -> None:
        self.take(upload, self.left)
        if self.registry.keeps and f"sha256:{hashlib.sha256(upload.content).hexdigest()}" != digest:
            self.error(400, "DIGEST_INVALID")
            return
        self.registry.blobs[upload.repository, digest] = bytes(upload.content)
        del self.registry.uploads[name]
        self.answer(201, Docker_Content_Digest=digest)


def answers(status: int, **headers: str) -> Callable[[Handler], bool]:
    """An error instead of what was asked for; the body is read, as a polite server does."""

    def act(handler: Handler) -> bool:
        while handler.left:
            handler.body(min(BLOCK, handler.left))
        handler.error(status, f"STATUS_{status}", **headers)
        return True

    return act


def accepts(place: str) -> Callable[[Handler], bool]:
    """An upload, at another address."""

    def act(handler: Handler) -> bool:
        handler.answer(202, Location=place)
        return True

    return act


def takes_half(handler: Handler) -> bool:
    """Of a chunk, and says so."""
    name = urlsplit(handler.path).path.rpartition("/")[2]
    upload = handler.registry.uploads[name]
    handler.take(upload, handler.left // 2)
    while handler.left:
        handler.body(min(BLOCK, handler.left))
    handler.state(202, name, upload)
    return True


def loses_the_answer(handler: Handler) -> bool:
    """Does all that was asked for, then cuts."""
    handler.wfile = io.BytesIO()
    handler.serve()
    handler.cut()
    return True


def takes_and_refuses(handler: Handler) -> bool:
    """Has the chunk, and answers as if another one were due."""
    handler.take(handler.registry.uploads[urlsplit(handler.path).path.rpartition("/")[2]], handler.left)
    handler.error(416, "RANGE_INVALID")
    return True


def gives_half_of_ranges(handler: Handler) -> bool:
    """Answers for the first half of what was asked for, and says so."""
    start, end = map(int, re.findall(r"\d+", handler.headers.get("Range", "")))
    handler.headers.replace_header("Range", f"bytes={start}-{(start + end) // 2}")
    handler.serve()
    return True


def cuts_after(size: int) -> Callable[[Handler], bool]:
    """Takes so much of the body into its upload, then cuts."""

    def act(handler: Handler) -> bool:
        name = urlsplit(handler.path).path.rpartition("/")[2]
        if handler.command in {"PATCH", "PUT"} and name in handler.registry.uploads:
            handler.take(handler.registry.uploads[name], size)
        handler.cut()
        return True

    return act


def stalls_after(size: int, reached: Event, go_on: Event) -> Callable[[Handler], bool]:
    """Takes so much, says so, and waits."""

    def act(handler: Handler) -> bool:
        name = urlsplit(handler.path).path.rpartition("/")[2]
        if handler.command == "PATCH":
            handler.take(handler.registry.uploads[name], size)
        reached.set()
        go_on.wait(60)
        handler.cut()
        return True

    return act


def sends(change: Callable[[bytes], bytes], short: int = 0) -> Callable[[Handler], bool]:
    """A changed blob, or one that ends early."""

    def act(handler: Handler) -> bool:
        found = re.fullmatch(r"/v2/(.+)/blobs/(sha256:\w+)", handler.path)
        assert found is not None
        content = handler.registry.blobs[found[1], found[2]]
        handler.send_blob(change(content), len(content), short)
        return True

    return act


@contextmanager
def running(tls: SSLContext | None = None) -> Iterator[FaultyRegistry]:
    """A registry on a port of the loopback address."""
    registry = FaultyRegistry()
    bound = type("BoundHandler", (Handler,), {"registry": registry})
    server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    registry.host = f"127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=lambda: server.serve_forever(0.02))
    thread.start()
    try:
        yield registry
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
