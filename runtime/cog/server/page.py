"""`GET /docs`: one page that shows the model's interface and runs it, with nothing fetched from elsewhere."""

import functools
import pathlib

_FOLDER = pathlib.Path(__file__).with_name("page")
_SCRIPTS = ("element.js", "widgets.js", "outputs.js", "stream.js", "page.js")

# Outputs may be files of another server, so pictures and sound come from anywhere; code comes from here alone.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; img-src * data: blob:; media-src * data: blob:; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
}


@functools.lru_cache(maxsize=None)
def page(path: str) -> str:
    """For `predictions` or `trainings`, whichever this server makes."""
    script = "\n".join(_read(name) for name in _SCRIPTS)
    parts = {"/* path */": path, "/* style */": _read("page.css"), "/* script */": script}
    return functools.reduce(lambda text, part: text.replace(*part), parts.items(), _read("page.html"))


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
