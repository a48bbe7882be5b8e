"""Chunked upload: a large blob in parts, remembered after each, so that nothing that has arrived is sent again."""

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from .blob import Body
from .faults import Answered, Lost
from .request import Request
from .state import Slot
from .upload import Upload, cancel, described, finish, received, status

if TYPE_CHECKING:
    from .push import Delivery

# Room for what proxies count beside the body, as the reference leaves it.
_ENVELOPE = 64 << 10
# An upload that the registry has dropped.
_LOST = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class Chunked:
    """One try at a blob. The slot holds `{digest, location, offset}` of what the registry has confirmed."""

    def __init__(self, delivery: "Delivery", slot: Slot) -> None:
        self._registry, self._blob, self._scopes = delivery.registry, delivery.blob, delivery.scopes
        self._delivery, self._slot = delivery, slot
        self._upload = Upload("", 0)

    def reached(self, upload: Upload) -> None:
        """Takes an upload as the registry described it."""
        self._upload = upload
        self._slot.save({"digest": self._blob.digest, "location": upload.location, "offset": upload.offset})
        self._delivery.reached(upload.offset)

    def resumed(self) -> bool:
        """Takes up what the slot remembers; false where there is nothing, or the registry no longer knows it."""
        saved = self._slot.load()
        if saved.get("digest") != self._blob.digest:
            return False
        try:
            upload = status(self._registry, str(saved.get("location")), self._scopes)
        except Answered as fault:
            if fault.passing:
                raise
            self._slot.clear()
            return False
        if upload.offset > self._blob.size:
            self._give_up(upload)
            return False
        self.reached(upload)
        return True

    def send(self) -> None:
        """Sends the rest and finishes. Raises Fault; the slot then has what arrived."""
        while self._upload.offset < self._blob.size:
            self._delivery.stop.check()
            self.reached(self._next(self._upload))
        finish(self._registry, self._upload, self._blob.digest, self._scopes, bytes)

    def _next(self, upload: Upload) -> Upload:
        try:
            return self._sent(upload)
        except Answered as fault:
            if fault.status in _LOST:
                self._slot.clear()
                raise Lost(f"the registry dropped the upload: {fault}") from fault
            if fault.status != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise
            return self._further(upload, fault)

    def _further(self, upload: Upload, fault: Answered) -> Upload:
        """The upload where the registry says it is, if that is further than we thought. Raises the fault."""
        known = status(self._registry, upload.location, self._scopes)
        if not upload.offset < known.offset <= self._blob.size:
            raise fault
        return known

    def _sent(self, upload: Upload) -> Upload:
        """The upload after one more chunk, which the registry may have taken in part."""
        end = min(upload.offset + self._length(upload), self._blob.size)
        headers = {"Content-Type": "application/octet-stream", "Content-Range": f"{upload.offset}-{end - 1}"}
        body = partial(Body, self._blob, upload.offset, end, self._delivery.stop.check_late, self._delivery.moved)
        answer = self._registry.ask(Request("PATCH", upload.location, self._scopes, (201, 202, 204), headers, body))
        offset = received(answer) if "Range" in answer.headers else end
        if not upload.offset < offset <= end:
            self._give_up(upload)
            raise Lost(f"the registry has {offset} bytes after those from {upload.offset} to {end} were sent")
        after = described(self._registry, upload.location, answer, offset)
        return Upload(after.location, offset, upload.least, upload.most)

    def _give_up(self, upload: Upload) -> None:
        cancel(self._registry, upload, self._scopes)
        self._slot.clear()

    def _length(self, upload: Upload) -> int:
        """Bytes of a chunk: what we like, within what the registry said when the upload began."""
        wanted = self._delivery.settings.chunk
        most = max(upload.most - _ENVELOPE, upload.most // 2) if upload.most else wanted
        return max(min(wanted, most), upload.least)
