"""Inputs as the worker gets them: local files in place of URLs, and which member of a union is meant."""

import asyncio
import pathlib
from typing import Any, Awaitable, Dict, Iterable, List, Tuple

from .. import scratch
from ..signature import Parameter, Type
from ..signature.fitting import is_told_apart, member_for
from ..types.data_url import data_pieces
from ..types.urls import file_name_of, is_file_url, scheme_of
from .errors import FileError
from .fetch import Fetcher
from .scratch import Scratch

# Of each file: the list or dict that holds it, its place there, the kind of its type, its URL.
_Files = List[Tuple[Any, Any, str, str]]


class InputFiles:
    """The temporary files of one prediction, all in `folder`; `remove` ends them once, and what its worker has made.

    `attached` are files that came with the request: the text that stands for each in the inputs, and its place.
    """

    def __init__(self, fetcher: Fetcher, folders: Scratch) -> None:
        self.folder = folders.prediction_place()
        self.attached: Dict[str, str] = {}
        self._fetcher = fetcher
        self._folders = folders
        self._is_removed = False

    def new_place(self, name: str) -> pathlib.Path:
        """For a file of that name. Raises FileError."""
        try:
            with scratch.inside(self.folder):
                return pathlib.Path(scratch.new_folder(), name)
        except OSError as error:
            raise FileError(f"an input file cannot be stored: {error.strerror}") from error

    async def localized(self, parameters: Tuple[Parameter, ...], inputs: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs with local paths in place of URLs; downloads run at the same time.

        `parameters` are those with something to change. A remote `File` stays a URL, which the model requests at its
        first read. A value of a union becomes `[index of the member, value]` where the worker needs to know (see
        `is_told_apart`): a text is no file only because it names one. Raises FileError.
        """
        if not parameters:
            return inputs
        made: Dict[str, Any] = dict(inputs)
        files: _Files = []
        for each in parameters:
            self._put(made, each.name, each.type, inputs.get(each.name), files)
        paths = await _together(self._file(kind, url) for _, _, kind, url in files)
        for (into, key, _, _), path in zip(files, paths):
            into[key] = path
        return made

    def _put(self, into: Any, key: Any, type_: Type, value: Any, files: _Files) -> None:
        """Sets `into[key]`, where it stays a URL until the file is had."""
        into[key] = value
        if value is None or not is_remade(type_):
            return
        if type_.kind in ("path", "file"):
            files.append((into, key, type_.kind, value))
        elif type_.kind == "union":
            index = member_for(type_, value, self._is_file)
            into[key] = told = [index, value]
            self._put(told, 1, type_.options[index], value, files)
        elif type_.kind == "list":
            into[key] = items = list(value)
            for number, item in enumerate(value):
                self._put(items, number, _items(type_), item, files)
        else:
            into[key] = entries = dict(value)
            types = {field.name: field.type for field in type_.fields}
            for name, item in value.items():
                self._put(entries, name, types.get(name, _items(type_)), item, files)

    def _is_file(self, text: str) -> bool:
        return is_file_url(text) or text in self.attached

    async def _file(self, kind: str, url: str) -> str:
        if url in self.attached:
            return self.attached[url]
        # A text that is no URL can only be the default that the model's author wrote: a file of the image.
        remote = scheme_of(url) != "data"
        if not is_file_url(url) or (kind == "file" and remote):
            return url
        target = self.new_place(file_name_of(url))
        if remote:
            await self._fetcher.fetch(url, target)
        else:
            await asyncio.get_running_loop().run_in_executor(None, _store, url, target)
        return str(target)

    def remove(self) -> None:
        # Its name may belong to another prediction after the first time.
        if not self._is_removed:
            self._is_removed = True
            self._folders.leave(self.folder)


async def _together(values: Iterable[Awaitable[Any]]) -> List[Any]:
    """All of them; when one fails, the others are ended first: nobody waits for their downloads any more."""
    tasks = [asyncio.ensure_future(value) for value in values]
    try:
        return list(await asyncio.gather(*tasks))
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


def _items(type_: Type) -> Type:
    return type_.items or Type("any")


def is_remade(type_: Type) -> bool:
    """Whether its values reach the worker in another form than that in which they came."""
    inner = (*(field.type for field in type_.fields), *((type_.items,) if type_.items else ()))
    return type_.kind in ("path", "file") or is_told_apart(type_) or any(is_remade(each) for each in inner)


def _store(url: str, target: pathlib.Path) -> None:
    try:
        with target.open("wb") as file:
            file.writelines(data_pieces(url))
    except ValueError as error:
        raise FileError(f"an input file cannot be read: {error}") from error
    except OSError as error:
        raise FileError(f"an input file cannot be stored: {error.strerror}") from error
