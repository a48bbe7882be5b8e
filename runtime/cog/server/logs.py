"""What the server writes to its standard streams: plain text, or one JSON object a line."""

import contextlib
import datetime
import json
import logging
import sys
from typing import Any, Dict, TextIO, Tuple

_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LONGEST_LINE = 1 << 20


def set_up_logging(level: str, as_json: bool) -> None:
    """An unknown level counts as INFO."""
    for stream in (sys.stdout, sys.stderr):
        # What a model prints must not depend on the locale of the container.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # text streams
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if as_json else logging.Formatter(_TEXT))
    logging.basicConfig(level=level if level in _LEVELS else "INFO", handlers=[handler])
    logging.getLogger("httpx").setLevel(logging.WARNING)


def about(prediction_id: str) -> Dict[str, str]:
    """The `extra` of a log record that belongs to a prediction."""
    return {"prediction_id": prediction_id}


class JsonFormatter(logging.Formatter):
    """`severity`, `timestamp`, `logger`, `message`; `prediction_id` and `traceback` where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        event = _event(record.levelname, record.name, record.getMessage(), record.created)
        if hasattr(record, "prediction_id"):
            event["prediction_id"] = record.prediction_id
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False)


def _event(severity: str, logger: str, message: str, created: float) -> Dict[str, Any]:
    moment = datetime.datetime.fromtimestamp(created, datetime.timezone.utc)
    return {"severity": severity, "timestamp": moment.isoformat(), "logger": logger, "message": message}


class ModelLog:
    """Passes on what the model writes, as it comes."""

    def write(self, source: str, text: str, prediction_id: str) -> None:
        """`source` is stdout or stderr; `prediction_id` is empty for text that belongs to none or to several."""
        _put(_stream(source), text)

    def end(self, prediction_id: str) -> None:
        """No more text of this prediction will come."""


class JsonModelLog(ModelLog):
    """One object for each line; a line without its end waits for the end of the prediction."""

    def __init__(self) -> None:
        self._begun: Dict[Tuple[str, str], str] = {}

    def write(self, source: str, text: str, prediction_id: str) -> None:
        *lines, rest = (self._begun.pop((source, prediction_id), "") + text).split("\n")
        if len(rest) > _LONGEST_LINE:
            lines, rest = [*lines, rest], ""
        if rest:
            self._begun[source, prediction_id] = rest
        if lines:
            _put(_stream(source), "".join(_line(source, line, prediction_id) for line in lines))

    def end(self, prediction_id: str) -> None:
        for source in ("stdout", "stderr"):
            if (source, prediction_id) in self._begun:
                self.write(source, "\n", prediction_id)


def model_log(as_json: bool) -> ModelLog:
    return JsonModelLog() if as_json else ModelLog()


def _line(source: str, line: str, prediction_id: str) -> str:
    event = _event("INFO", "cog.model", line, datetime.datetime.now().timestamp())
    owner = {"prediction_id": prediction_id} if prediction_id else {}
    return json.dumps({**event, **owner, "stream": source}, ensure_ascii=False) + "\n"


def _stream(source: str) -> TextIO:
    return sys.stdout if source == "stdout" else sys.stderr


def _put(stream: TextIO, text: str) -> None:
    """A container whose log nobody takes goes on."""
    with contextlib.suppress(OSError):
        stream.write(text)
        stream.flush()
