"""One small model, as each tool wants it written, and what happens to it between two builds."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Model:
    """`note` is a line of the source."""

    note: str = "one"
    packages: tuple[str, ...] = ("numpy==2.1.3",)
    system: tuple[str, ...] = ("tree",)


MODELS = {
    "first": Model(),
    "nothing": Model(),
    "source": Model(note="two"),
    "requirement": Model(note="two", packages=("numpy==2.1.3", "six==1.16.0")),
}

_COG = """from cog import BasePredictor


class Predictor(BasePredictor):  # {}
    def predict(self, text: str) -> str:
        return text.upper()
"""
_TRUSS = """class Model:  # {}
    def predict(self, model_input):
        return {{"output": model_input["text"].upper()}}
"""
_BENTO = """import bentoml


@bentoml.service(workers=1)
class Upper:  # {}
    @bentoml.api
    def predict(self, text: str) -> str:
        return text.upper()
"""

# The reference's steps for a model without GPU, in its order. Three downloads from hosts that not every machine reaches
# come from package indexes instead: tini from Debian, uv and the SDK from PyPI.
_REFERENCE = """FROM python:3.12-slim
ENV DEBIAN_FRONTEND=noninteractive
ENV PYTHONUNBUFFERED=1
ENV LD_LIBRARY_PATH=$LD_LIBRARY_PATH:/usr/lib/x86_64-linux-gnu:/usr/local/nvidia/lib64:/usr/local/nvidia/bin
ENV NVIDIA_DRIVER_CAPABILITIES=all
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update -qq \\
 && apt-get install -qqy --no-install-recommends curl tini && rm -rf /var/lib/apt/lists/*
ENTRYPOINT ["/usr/bin/tini", "--"]
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update -qq \\
 && apt-get install -qqy {system} && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir -q uv==0.9.26
ENV UV_SYSTEM_PYTHON=true
COPY requirements.txt /tmp/requirements.txt
ENV CFLAGS="-O3 -funroll-loops -fno-strict-aliasing -flto -S"
RUN --mount=type=cache,target=/root/.cache/pip uv run pip install --cache-dir /root/.cache/pip -r /tmp/requirements.txt
ENV CFLAGS=
RUN --mount=type=cache,target=/root/.cache/uv uv pip install --no-cache cog
RUN find / -type f -name "*python*.so" -printf "%h\\n" | sort -u > /etc/ld.so.conf.d/cog.conf && ldconfig
WORKDIR /src
EXPOSE 5000
CMD ["python", "-m", "cog.server.http"]
COPY src /src
"""


def write_cog(folder: Path, model: Model) -> None:
    build = {"python_version": "3.12", "python_packages": model.packages, "system_packages": model.system}
    _write(folder, "cog.yaml", json.dumps({"build": build, "predict": "predict.py:Predictor"}))
    _write(folder, "predict.py", _COG.format(model.note))


def write_reference(folder: Path, model: Model) -> Path:
    write_cog(folder / "src", model)
    _write(folder, "requirements.txt", "\n".join(model.packages))
    _write(folder, "Dockerfile", _REFERENCE.format(system=" ".join(model.system)))
    return folder


def write_truss(folder: Path, model: Model) -> None:
    config = {"model_name": "upper", "python_version": "py312", "requirements": model.packages}
    _write(folder, "config.yaml", json.dumps({**config, "system_packages": model.system}))
    _write(folder / "model", "model.py", _TRUSS.format(model.note))
    _write(folder / "model", "__init__.py", "")


def write_bento(folder: Path, model: Model) -> None:
    docker = {"python_version": "3.12", "system_packages": model.system}
    python = {"packages": model.packages, "lock_packages": False}
    config = {"service": "service:Upper", "include": ["service.py"], "python": python, "docker": docker}
    _write(folder, "bentofile.yaml", json.dumps(config))
    _write(folder, "service.py", _BENTO.format(model.note))


def _write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
