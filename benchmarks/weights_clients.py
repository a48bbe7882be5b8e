"""One client's work in a process of its own: `weights_clients.py NAME HOST SOURCE TARGET`."""

import hashlib
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

REPOSITORY, TAG = "bench/weights", "v1"
_KIND = "application/vnd.oci.image.manifest.v1+json"


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".safetensors")


def known_digests(folder: Path) -> dict[Path, str]:
    """As an import leaves them: one hash over each file, made before."""
    found: dict[str, str] = json.loads((folder / "digests.json").read_text())
    return {folder / name: digest for name, digest in found.items()}


def hashed(source: Path) -> dict[Path, str]:
    with ThreadPoolExecutor(2) as pool:
        files = sorted(files_of(source), key=lambda path: -path.stat().st_size)
        return dict(zip(files, pool.map(digest_of, files), strict=True))


def opener(path: Path) -> Callable[[int], BinaryIO]:
    def opened(offset: int) -> BinaryIO:
        file = path.open("rb", buffering=0)
        file.seek(offset)
        return file

    return opened


def cogc_push(host: str, source: Path, target: Path) -> None:
    _push(host, known_digests(source), target)


def cogc_hash_push(host: str, source: Path, target: Path) -> None:
    _push(host, hashed(source), target)


def _push(host: str, digests: dict[Path, str], target: Path) -> None:
    import os

    from cogc.registry.blob import BlobSource
    from cogc.registry.client import Registry
    from cogc.registry.publish import Named, publish
    from cogc.registry.reference import Reference
    from cogc.registry.settings import settings_of

    blobs = [BlobSource(digest, path.stat().st_size, "", opener(path)) for path, digest in digests.items()]
    config = hashlib.sha256(b"{}").hexdigest()
    layers = [{"mediaType": "application/octet-stream", "digest": blob.digest, "size": blob.size} for blob in blobs]
    manifest = {"schemaVersion": 2, "mediaType": _KIND, "layers": layers}
    manifest["config"] = {"mediaType": "application/x-none", "digest": f"sha256:{config}", "size": 2}
    import io

    blobs.append(BlobSource(f"sha256:{config}", 2, "", lambda offset: io.BytesIO(b"{}"[offset:])))
    named = Named(Reference(host, REPOSITORY, TAG), _KIND, json.dumps(manifest).encode())
    registry = Registry(host, os.environ)
    publish(registry, REPOSITORY, blobs, [named], target / "journal", settings_of(os.environ))


def cogc_pull(host: str, source: Path, target: Path) -> None:
    import os

    from cogc.registry.client import Registry
    from cogc.registry.pull import pull_blobs
    from cogc.registry.reference import Reference
    from cogc.registry.settings import settings_of
    from cogc.registry.wanted import Wanted

    registry = Registry(host, os.environ)
    layers = json.loads(registry.get_manifest(Reference(host, REPOSITORY, TAG)).content)["layers"]
    wanted = [Wanted.whole(one["digest"], one["size"], target / "blobs" / one["digest"][7:]) for one in layers]
    pull_blobs(registry, REPOSITORY, wanted, target / "parts", settings_of(os.environ))


def oras_push(host: str, source: Path, target: Path) -> None:
    from oras.client import OrasClient

    client = OrasClient(hostname=host, insecure=True)
    files = [f"{path}:application/octet-stream" for path in files_of(source)]
    client.push(target=f"{host}/{REPOSITORY}:{TAG}", files=files, disable_path_validation=True)


def oras_chunked_push(host: str, source: Path, target: Path) -> None:
    from oras.client import OrasClient

    client = OrasClient(hostname=host, insecure=True)
    files = [f"{path}:application/octet-stream" for path in files_of(source)]
    name = f"{host}/{REPOSITORY}:{TAG}"
    client.push(target=name, files=files, disable_path_validation=True, do_chunked=True, chunk_size=96 << 20)


def oras_pull(host: str, source: Path, target: Path) -> None:
    from oras.client import OrasClient

    OrasClient(hostname=host, insecure=True).pull(target=f"{host}/{REPOSITORY}:{TAG}", outdir=str(target / "blobs"))


def sha256(host: str, source: Path, target: Path) -> None:
    for path in files_of(source):
        digest_of(path)


if __name__ == "__main__":
    globals()[sys.argv[1].replace("-", "_")](sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
