"""Input files: from URLs in the request to local files for the worker."""

import asyncio
import pathlib
import shutil
from typing import Any, Dict, List, Optional, Tuple

from ..scratch import new_folder
from ..signature import Signature, Type
from ..types.urls import file_name_of, is_file_url, parse_data_url, scheme_of, shown
from .client import LazyClient
from .errors import FileError


class InputFiles:
    """The temporary files of one prediction; `remove` ends them."""

    def __init__(self, client: LazyClient) -> None:
        self._client = client
        self._folders: List[str] = []

    async def localized(self, signature: Signature, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs with local paths in place of URLs; downloads run at the same time.

        A remote `File` stays a URL, which the model requests at its first read. Raises FileError.
        """
        pending = [(each.name, each.type) for each in signature.parameters if holds_files(each.type)]
        values = await asyncio.gather(*(self._value(type_, inputs.get(name)) for name, type_ in pending))
        return {**inputs, **{name: value for (name, _), value in zip(pending, values)}}

    async def _value(self, type_: Type, value: Any) -> Any:
        if value is None or not holds_files(type_):
            return value
        if type_.kind in ("path", "file"):
            return await self._file(type_.kind, value)
        if type_.kind == "list":
            return list(await asyncio.gather(*(self._value(_items(type_), item) for item in value)))
        types = {field.name: field.type for field in type_.fields}
        keyed = {key: self._value(types.get(key, _items(type_)), item) for key, item in value.items()}
        return dict(zip(keyed, await asyncio.gather(*keyed.values())))

    async def _file(self, kind: str, url: str) -> str:
        # A text that is no URL can only be the default that the model's author wrote: a file of the image.
        remote = scheme_of(url) != "data"
        if not is_file_url(url) or (kind == "file" and remote):
            return url
        target = self._target(url)
        if remote:
            await self._download(url, target)
        else:
            await asyncio.get_running_loop().run_in_executor(None, _store, url, target)
        return str(target)

    def _target(self, url: str) -> pathlib.Path:
        self._folders.append(new_folder("cog-input-"))
        return pathlib.Path(self._folders[-1], file_name_of(url))

    async def _download(self, url: str, target: pathlib.Path) -> None:
        client = await self._client.get()
        import httpx

        try:
            async with client.stream("GET", url) as response:
                response.raise_for_status()
                with target.open("wb") as file:
                    async for chunk in response.aiter_bytes():
                        file.write(chunk)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FileError(f"the input file {shown(url)} cannot be downloaded: {_reason(error)}") from error

    def remove(self) -> None:
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def _items(type_: Type) -> Type:
    return type_.items or Type("any")


def holds_files(type_: Optional[Type]) -> bool:
    if type_ is None:
        return False
    inner: Tuple[Optional[Type], ...] = (type_.items, *(field.type for field in type_.fields))
    return type_.kind in ("path", "file") or any(holds_files(each) for each in inner)


def _store(url: str, target: pathlib.Path) -> None:
    try:
        target.write_bytes(parse_data_url(url).content)
    except ValueError as error:
        raise FileError(f"an input file cannot be read: {error}") from error


def _reason(error: Any) -> str:
    response = getattr(error, "response", None)
    return f"the server answered {response.status_code}" if response is not None else _name(error)


def _name(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
