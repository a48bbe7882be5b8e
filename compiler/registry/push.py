"""Push: blobs to a repository, several at once, the largest first."""

from collections.abc import Iterable, Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path

from .blob import BlobSource, Body
from .chunked import Chunked
from .client import Registry, blob_path
from .crew import Task, run_all
from .faults import Answered, Fault, told
from .progress import Phase, Progress, Watch, in_turn, unwatched
from .request import Request, may_pull, may_push
from .retry import retried
from .settings import Settings
from .state import Slot, claimed
from .stop import Stop
from .upload import Upload, begin, cancel, finish

# Repositories that are asked for one blob.
_MOUNTS = 3
# A refusal to take a blob in chunks; one body may still be welcome.
_NO_CHUNKS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
    HTTPStatus.NOT_IMPLEMENTED,
)


def push_blobs(
    registry: Registry,
    repository: str,
    blobs: Iterable[BlobSource],
    journal: Path,
    settings: Settings,
    watch: Watch = unwatched,
) -> None:
    """Brings blobs into a repository; what is there already is not sent.

    `journal` is the folder in which the uploads of large blobs are remembered. Raises CompileError; what was sent is
    then kept, and the same call goes on from there.
    """
    stop = Stop()
    unique = {blob.digest: blob for blob in blobs}.values()
    by_size = sorted(unique, key=lambda blob: blob.size, reverse=True)
    told_in_turn = in_turn(watch)

    def tasks() -> Iterator[Task]:
        for blob in by_size:
            yield partial(_push, Delivery(registry, repository, blob, settings, told_in_turn, stop), journal)

    run_all(tasks(), settings.workers, stop, registry.leave)


def _push(delivery: "Delivery", journal: Path) -> None:
    with told(delivery.registry.host, delivery.blob.digest):
        if delivery.blob.size <= delivery.settings.threshold:
            delivery.whole()
            return
        with claimed(journal, delivery.registry.host, delivery.repository, delivery.blob.digest) as slot:
            delivery.chunked(slot)


class Delivery:
    """One blob on its way to one repository; `offset` is how far it is, `confirmed` what the registry has had."""

    def __init__(
        self, registry: Registry, repository: str, blob: BlobSource, settings: Settings, watch: Watch, stop: Stop
    ) -> None:
        self.registry, self.repository, self.blob = registry, repository, blob
        self.settings, self.stop = settings, stop
        self._watch = watch
        self.scopes = may_push(repository)
        self.offset = self.confirmed = 0

    def whole(self) -> None:
        """In one request. Each try looks first whether an earlier one arrived after all."""
        self._tried(self._try_whole)

    def chunked(self, slot: Slot) -> None:
        """In many, remembered in a slot; in one, where the registry knows no other way."""
        try:
            self._tried(partial(self._try_chunks, slot))
        except Answered as fault:
            if fault.status not in _NO_CHUNKS:
                raise
            slot.clear()
            self.whole()
        slot.clear()

    def _tried(self, action: Task) -> None:
        stop, patience = self.stop, self.registry.patience
        retried(action, patience, stop, mark=lambda: self.confirmed, waiting=self._waits)

    def _try_whole(self) -> None:
        if self._is_there() or (upload := self._mounted_or_begun()) is None:
            return
        self.moved(0)
        body = partial(Body, self.blob, 0, self.blob.size, self.stop.check, self.moved)
        finish(self.registry, upload, self.blob.digest, self.scopes, body)
        self._tell("done", self.blob.size)

    def _try_chunks(self, slot: Slot) -> None:
        if self._is_there():
            return
        chunks = Chunked(self, slot)
        if not chunks.resumed():
            upload = self._mounted_or_begun()
            if upload is None:
                return
            chunks.reached(upload)
        chunks.send()
        self._tell("done", self.blob.size)

    def _is_there(self) -> bool:
        request = Request("HEAD", blob_path(self.repository, self.blob.digest), self.scopes, (200, 404), {})
        if self.registry.ask(request).status != HTTPStatus.OK:
            return False
        self._tell("present", self.blob.size)
        return True

    def _mounted_or_begun(self) -> Upload | None:
        """None where another repository had it. A registry that will not mount begins an upload instead."""
        upload = None
        for other in self.blob.mounts[:_MOUNTS]:
            if upload is not None:
                cancel(self.registry, upload, self.scopes)
            try:
                upload = self._mounted_from(other)
            except Answered as fault:
                if fault.passing:
                    raise
                continue
            if upload is None:
                self._tell("mounted", self.blob.size)
                return None
        return upload or begin(self.registry, self.repository, self.scopes, {})

    def _mounted_from(self, other: str) -> Upload | None:
        wish = {"mount": self.blob.digest, "from": other}
        return begin(self.registry, self.repository, (*self.scopes, *may_pull(other)), wish)

    def reached(self, offset: int) -> None:
        self.confirmed = max(self.confirmed, offset)
        self.moved(offset)

    def moved(self, offset: int) -> None:
        self.offset = offset
        self._tell("moving", offset)

    def _waits(self, fault: Fault, seconds: float) -> None:
        self._tell("waiting", self.offset, f"{fault}; again in {seconds:.0f} s")

    def _tell(self, phase: Phase, done: int, note: str = "") -> None:
        self._watch(Progress(self.blob.digest, self.blob.size, done, phase, note))
