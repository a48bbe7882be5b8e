"""Session: oras's registry with bodies that stream, tokens that are renewed, and no retries of its own."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from ssl import SSLContext
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from oras.provider import Registry as OrasRegistry  # type: ignore[import-untyped]  # oras has no types
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from ..version import __version__
from .faults import FULL, Answered, Fault, Lost, Untrusted
from .host import is_loopback
from .request import Answer, Request
from .retry import retry_after
from .tokens import Tokens

# Bytes that one call hands to the connection, or takes of an answer that is read whole.
_BLOCK = 1 << 20
# Bytes that are digested and written at once: more of them would leave the processor's cache in between.
_PIECE = 1 << 19
# Seconds to connect, and to wait for a sign of life: a registry digests what it was sent before it answers.
_TIMEOUT = (30.0, 300.0)
# Bytes of an answer that is read whole: manifests may have 4 MiB and more.
_LIMIT = 64 << 20
_WORDS = 64 << 10
_Send = Callable[[str], requests.Response]


class _Adapter(HTTPAdapter):
    """Larger blocks than urllib3's, and authorities beside those that requests knows."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **{**options, **self._options})

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return super().proxy_manager_for(proxy, **{**options, **self._options})


class Session(OrasRegistry):  # type: ignore[misc]  # oras has no types
    """The connection of one thread to the registry at `origin`, such as `https://registry.example.com`."""

    def __init__(self, origin: str, tokens: Tokens, options: Mapping[str, SSLContext]) -> None:
        parts = urlsplit(origin)
        super().__init__(hostname=parts.netloc, insecure=parts.scheme == "http")
        self._origin = origin
        self._scheme, self._host = parts.scheme, parts.netloc
        self._tokens = tokens
        self._proxies = {"no_proxy": parts.hostname} if is_loopback(parts.netloc) else {}
        self.session.mount(f"{parts.scheme}://", _Adapter({"blocksize": _BLOCK, **options}))
        self.session.auth = lambda prepared: prepared  # or requests would put what ~/.netrc has over our header
        self.session.headers.update({"User-Agent": f"cogc/{__version__}", "Accept-Encoding": "identity"})

    def close(self) -> None:
        self.session.close()

    def ask(self, request: Request) -> Answer:
        """The whole of an answer. Raises Fault."""
        with self.stream(request) as response, _translated():
            return Answer(response.status_code, response.headers, _content(response, _LIMIT))

    @contextmanager
    def stream(self, request: Request) -> Iterator[requests.Response]:
        """An answer whose body is still to be read, by `blocks`. Raises Fault."""
        with _translated():
            url = self._url(request.target)
            response = self._authorized(url, request.scopes, lambda value: self._sent(url, request, value))
        with response:
            if response.status_code not in request.hopes:
                raise _answered(response)
            yield response

    def do_request(
        self,
        url: str,
        method: str = "GET",
        data: Any = None,
        headers: Any = None,
        json: Any = None,
        stream: bool = False,
    ) -> requests.Response:
        """What oras's own methods call: theirs would retry anything, and cannot renew a token."""
        options: dict[str, Any] = {"data": data, "json": json, "stream": stream, "timeout": _TIMEOUT}
        options["proxies"] = self._proxies

        def send(value: str) -> requests.Response:
            stated = {**(headers or {}), **({"Authorization": value} if value else {})}
            found: requests.Response = self.session.request(method, url, headers=stated, **options)
            return found

        with _translated():
            return self._authorized(url, (), send)

    def _url(self, target: str) -> str:
        """Registries behind a proxy that adds the encryption give addresses without it."""
        parts = urlsplit(urljoin(self._origin, target))
        return parts._replace(scheme=self._scheme if parts.netloc == self._host else parts.scheme).geturl()

    def _authorized(self, url: str, scopes: tuple[str, ...], send: _Send) -> requests.Response:
        """Uploads may be sent to another host, which has no business with our token."""
        if urlsplit(url).netloc != self._host:
            return send("")
        value = self._tokens.authorization(scopes, self._fetch)
        response = send(value)
        if response.status_code != requests.codes.unauthorized:
            return response
        challenge = response.headers.get("WWW-Authenticate", "")
        with _closed_on_fault(response):
            answer = self._tokens.answer(challenge, scopes, value, self._fetch)
        if not answer:
            return response
        response.close()
        return send(answer)

    def _sent(self, url: str, request: Request, value: str) -> requests.Response:
        headers = {**request.headers, **({"Authorization": value} if value else {})}
        body: Any = request.body()
        try:
            found: requests.Response = self.session.request(
                request.method,
                url,
                data=body,
                headers=headers,
                stream=True,
                timeout=_TIMEOUT,
                allow_redirects=request.method in {"GET", "HEAD"},
                proxies=self._proxies,
            )
            return found
        finally:
            if not isinstance(body, bytes):
                body.close()

    def _fetch(self, method: str, url: str, headers: Mapping[str, str], parameters: Mapping[str, Any]) -> Any:
        """A token service's JSON; it never gets a password over a worse connection than the registry's."""
        if self._scheme == "https" and not url.startswith("https:"):
            raise Answered(401, f"the registry wants credentials sent to {url}, which is not encrypted")
        stated = {"params": parameters} if method == "GET" else {"data": parameters}
        with self.session.request(
            method, url, headers=dict(headers), stream=True, timeout=_TIMEOUT, proxies=self._proxies, **stated
        ) as answer:
            if not answer.ok:
                raise _answered(answer)
            try:
                return json.loads(_content(answer, _LIMIT))
            except ValueError as error:
                raise Answered(401, f"{url} did not answer with a token") from error


def blocks(response: requests.Response) -> Iterator[bytes]:
    """The body of a streamed answer as it arrives, so that a connection's end loses none of it. Raises Fault."""
    with _translated():
        while block := response.raw.read1(_PIECE):
            yield block


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise (Untrusted if "CERTIFICATE" in str(error) else Lost)(_cause(error)) from error
    except (requests.exceptions.RequestException, HTTPError) as error:
        raise Lost(_cause(error)) from error


@contextmanager
def _closed_on_fault(response: requests.Response) -> Iterator[None]:
    try:
        yield
    except Fault:
        response.close()
        raise


def _cause(error: BaseException) -> str:
    """The innermost reason: those around it repeat it."""
    inner = [*error.args, getattr(error, "reason", None)]
    reasons = [found for found in inner if isinstance(found, BaseException)]
    return _cause(reasons[-1]) if reasons else str(error) or type(error).__name__


def _content(response: requests.Response, limit: int) -> bytes:
    content = bytearray()
    for block in response.iter_content(_BLOCK):
        content += block
        if len(content) > limit:
            raise Answered(response.status_code, f"with more than {limit} bytes")
    return bytes(content)


def _answered(response: requests.Response) -> Fault:
    wait = retry_after(response.headers.get("Retry-After", ""))
    return Answered(response.status_code, _words(response), wait)


def _detail(detail: object) -> str:
    """Distribution tells a full disk as the number of the system's error."""
    return f": {FULL}" if '"Err": 28' in json.dumps(detail) else ""


def _words(response: requests.Response) -> str:
    """The registry's own message, else the status line's."""
    try:
        errors = json.loads(_content(response, _WORDS))["errors"]
        return "; ".join(f"{error.get('message') or error['code']}{_detail(error.get('detail'))}" for error in errors)
    except (ValueError, KeyError, TypeError, AttributeError, Fault, requests.exceptions.RequestException):
        return response.reason or ""
