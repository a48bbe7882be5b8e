"""The documents of cog, page by page: what they tell a person to type, with our command under the name `cog`.

Changed is only what cannot be had or would be in others' way: images have names of these tests, ports are free ones;
pictures and weights come from this machine instead of from the network, and a few lines of Python stand where the
documents load torch and TensorFlow. The pages on private registries, secrets and pushing have tests of their own.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ..runtime.serving import Receiver, eventually, free_port, receiving
from .projects import docker, removed

pytestmark = pytest.mark.engine

PICTURE = bytes.fromhex("89504e470d0a1a0a") + b"a picture"
COG = f"""#!/bin/sh
exec {sys.executable} -m cogc "$@"
"""


class Person:
    """Somebody at a shell in a new folder, who types what a page says."""

    def __init__(self, folder: Path, images: list[str]) -> None:
        self.folder = folder
        self._images = images
        tools = folder.parent / "bin"
        tools.mkdir()
        (tools / "cog").write_text(COG)
        (tools / "cog").chmod(0o755)
        self._environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}

    def image(self, name: str) -> str:
        """A name under which this test may build; the environment's image goes with it."""
        self._images += [f"cogc-tests/documents-{name}", f"cogc-tests/documents-{name}-base"]
        return self._images[-2]

    def saves(self, **files: str) -> None:
        """Files by their names, with `__` for the dot."""
        for name, text in files.items():
            (self.folder / name.replace("__", ".")).write_text(text)

    def types(self, line: str, reads: str = "", code: int = 0) -> "subprocess.CompletedProcess[str]":
        """One line, whose exit code has to be `code`."""
        found = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, env=self._environment, input=reads, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert found.returncode == code, found.stdout + found.stderr
        return found

    @contextmanager
    def starts(self, line: str) -> Iterator[None]:
        """A container in the background, for as long as the test asks it."""
        container = self.types(line).stdout.strip()
        try:
            yield
        finally:
            docker("rm", "--force", container)

    def asks(self, line: str) -> str:
        """What a server answers that is only starting."""
        return eventually(lambda: self.types(f"{line} || true").stdout, bool)


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    folder = tmp_path / "cog-documents"
    folder.mkdir()
    images: list[str] = []
    someone = Person(folder, images)
    someone.image("page")
    yield someone
    for image in images:
        with removed(image):
            pass


@pytest.fixture
def web() -> Iterator[Receiver]:
    """What stands for the rest of the world, where containers reach it."""
    bridge = docker("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}")
    with receiving(bridge) as found:
        found.files["/input.jpg"] = PICTURE
        yield found


HOME_CONFIG = """
build:
  python_version: "3.12"
predict: "predict.py:Predictor"
image: cogc-tests/documents-page
"""
HOME_PREDICT = '''
from cog import BasePredictor, Input, Path

class Predictor(BasePredictor):
    def setup(self):
        """Load the model into memory to make running multiple predictions efficient"""
        self.model = bytes.upper

    # The arguments and types the model takes as input
    def predict(self, image: Path = Input(description="Grayscale input image")) -> Path:
        """Run a single prediction on the model"""
        Path("/tmp/output.jpg").write_bytes(self.model(image.read_bytes()))
        return Path("/tmp/output.jpg")
'''


def test_home(person: Person, web: Receiver) -> None:
    """On an engine without GPUs, and without an image of NVIDIA's: the model runs, and a person is told."""
    my_model, port, serving = person.image("my-colorization-model"), free_port(), free_port()
    person.saves(cog__yaml=HOME_CONFIG, predict__py=HOME_PREDICT)
    (person.folder / "input.jpg").write_bytes(PICTURE)
    said = person.types("cog predict -i image=@input.jpg --gpus all")
    assert "going on without one" in said.stderr
    assert "Written output to output.jpg" in said.stderr
    assert (person.folder / "output.jpg").read_bytes() == PICTURE.upper()
    person.types(f"cog build -t {my_model}")
    body = json.dumps({"input": {"image": f"{web.url}/input.jpg"}})
    ask = f"-X POST -H 'Content-Type: application/json' -d '{body}'"
    with person.starts(f"docker run -d -p {port}:5000 {my_model}"):
        answer = person.asks(f"curl -sf http://localhost:{port}/predictions {ask}")
    assert base64.b64decode(json.loads(answer)["output"].partition(",")[2]) == PICTURE.upper()
    curl = f"for i in $(seq 300); do curl -sf http://localhost:{serving}/predictions {ask} && break; sleep 0.1; done"
    served = person.types(f"timeout 60 cog serve -p {serving} >/dev/null 2>&1 & {curl}; kill $!; wait || true")
    assert json.loads(served.stdout)["output"] == json.loads(answer)["output"]


GETTING_STARTED = '''
from typing import Any
from cog import BasePredictor, Input, Path
from PIL import Image

class Predictor(BasePredictor):
    def setup(self):
        """Load the model into memory to make running multiple predictions efficient"""
        with open("resnet50_weights.h5") as file:
            self.names = file.read().split()

    # Define the arguments and types the model takes as input
    def predict(self, image: Path = Input(description="Image to classify")) -> Any:
        """Run a single prediction on the model"""
        shade = Image.open(image).convert("L").getpixel((0, 0))
        return [(f"n0212{number}", name, shade / 255) for number, name in enumerate(self.names)]
'''
CAT = """[
  [
    "n02120",
    "tiger_cat",
    1.0
  ],
  [
    "n02121",
    "tabby",
    1.0
  ]
]
"""
DRAW = 'python -c \'from PIL import Image; Image.new("L", (8, 8), 255).save("input.jpg")\''


def test_getting_started(person: Person, web: Receiver) -> None:
    resnet = person.image("resnet")
    person.saves(cog__yaml='build:\n  python_version: "3.11"\nimage: cogc-tests/documents-page\n')
    assert person.types("cog run python", reads="import sys; print(sys.version_info[:2])").stdout == "(3, 11)\n"
    person.saves(
        resnet50_weights__h5="tiger_cat tabby",
        predict__py=GETTING_STARTED,
        cog__yaml='build:\n  python_version: "3.11"\n  python_packages:\n    - pillow==9.5.0\n'
        'predict: "predict.py:Predictor"\nimage: cogc-tests/documents-page\n',
    )
    person.types(f"cog run {DRAW}")
    first = person.types("cog predict -i image=@input.jpg")
    assert first.stdout == CAT
    again = person.types("cog predict -i image=@input.jpg")
    assert "Python packages" not in again.stderr, "the pre-built container is used"
    assert person.types(f"cog build -t {resnet}").stdout == f"{resnet}\n"
    assert person.types(f"cog predict {resnet} -i image=@input.jpg").stdout == CAT
    port = free_port()
    web.files["/mystery.jpg"] = (person.folder / "input.jpg").read_bytes()
    body = json.dumps({"input": {"image": f"{web.url}/mystery.jpg"}})
    with person.starts(f"docker run -d --rm -p {port}:5000 {resnet}"):
        answer = person.asks(
            f"curl -sf http://localhost:{port}/predictions -X POST -H 'Content-Type: application/json' -d '{body}'"
        )
    assert json.loads(answer)["output"] == json.loads(CAT)


ECHO = """
from cog import BasePredictor, Path

class Predictor(BasePredictor):
    def predict(self, image: Path) -> str:
        return image.read_bytes()[8:].decode()
"""
ECHO_CONFIG = 'build:\n  python_version: "3.12"\npredict: "predict.py:Predictor"\nimage: cogc-tests/documents-page\n'


@pytest.mark.parametrize(
    "options", ["", "python -m cog.server.http --threads=10", 'python -m cog.server.http --host="::"']
)
def test_deploy(person: Person, web: Receiver, options: str) -> None:
    my_model, port = person.image("my-model"), free_port()
    person.saves(cog__yaml=ECHO_CONFIG, predict__py=ECHO)
    person.types(f"cog build -t {my_model}")
    body = json.dumps({"input": {"image": f"{web.url}/input.jpg"}})
    with person.starts(f"docker run -d -p {port}:5000 {my_model} {options}"):
        schema = person.asks(f"curl -sf http://localhost:{port}/openapi.json")
        header = '--header "Content-Type: application/json"'
        answer = person.asks(f"curl -sf http://localhost:{port}/predictions -X POST {header} --data '{body}'")
        page = person.types(f"curl -s http://localhost:{port}/docs").stdout
    assert "image" in json.loads(schema)["components"]["schemas"]["Input"]["properties"]
    assert json.loads(answer)["output"] == "a picture"
    assert "<html" in page


TRAIN = """
from cog import BasePredictor, File
import io

def train(param: str) -> File:
    return io.StringIO("hello " + param)
"""
TUNED = """
from cog import BasePredictor, Path

class Predictor(BasePredictor):
    def setup(self, weights: Path):
        self.weights = weights.read_text()

    def predict(self, prompt: str) -> str:
        return f"{prompt}, {self.weights}"
"""
WITH_OUTPUT = """
from cog import BaseModel, Input, Path

class TrainingOutput(BaseModel):
    weights: Path

def generate_weights(text: str) -> str:
    with open("/tmp/weights.bin", "w") as file:
        file.write(text)
    return "/tmp/weights.bin"

def train(
    train_data: Path = Input(description="HTTPS URL of a file containing training data"),
    learning_rate: float = Input(description="learning rate, for learning!", default=1e-4, ge=0),
    seed: int = Input(description="random seed to use for training", default=42)
) -> TrainingOutput:
    weights_file = generate_weights(f"{train_data.read_bytes()[8:].decode()} {learning_rate} {seed}")
    return TrainingOutput(weights=Path(weights_file))
"""


def test_training(person: Person, web: Receiver) -> None:
    config = 'build:\n  python_version: "3.10"\ntrain: "train.py:train"\nimage: cogc-tests/documents-page\n'
    person.saves(cog__yaml=config, train__py=TRAIN)
    person.types("cog train -i param=train")
    assert person.types("cat weights").stdout == "hello train"
    person.saves(cog__yaml=f'{config}predict: "predict.py:Predictor"\n', train__py=WITH_OUTPUT, predict__py=TUNED)
    person.types(f"cog train -i train_data={web.url}/input.jpg")
    assert person.types("cat weights").stdout == "a picture 0.0001 42"
    web.files["/weights.tar"] = b"tuned"
    said = person.types(f'cog predict -e COG_WEIGHTS={web.url}/weights.tar -i prompt="a photo of TOK"')
    assert said.stdout == "a photo of TOK, tuned\n"
    assert person.types('cog predict -i prompt="a photo of TOK"').stdout == "a photo of TOK, a picture 0.0001 42\n"


OWN_MODEL = '''
from cog import BasePredictor, Path, Input

class Predictor(BasePredictor):
    def predict(self,
            image: Path = Input(description="Image to enlarge"),
            scale: float = Input(description="Factor to scale image by", default=1.5)
    ) -> Path:
        """Run a single prediction on the model"""
        Path("/tmp/output.png").write_text(f"{image.suffix} {scale}")
        return Path("/tmp/output.png")
'''


def test_own_model(person: Person) -> None:
    person.types("cog init")
    assert (person.folder / "cog.yaml").exists()
    assert (person.folder / "predict.py").exists()
    person.saves(cog__yaml=ECHO_CONFIG, predict__py=OWN_MODEL)
    assert person.types("cog run python", reads="print('inside', __import__('os').getcwd())").stdout == "inside /src\n"
    (person.folder / "input.jpg").write_bytes(PICTURE)
    assert "Written output to output.png\n" in person.types("cog predict -i image=@input.jpg").stderr
    assert (person.folder / "output.png").read_text() == ".jpg 1.5"
    person.types("cog predict -i image=@input.jpg -i scale=2.0")
    assert (person.folder / "output.png").read_text() == ".jpg 2.0"


SEVERAL = """
from cog import BasePredictor, Path

class Predictor(BasePredictor):
    def predict(self) -> list[Path]:
        predictions = ["foo", "bar", "baz"]
        output = []
        for i, prediction in enumerate(predictions):
            out_path = Path(f"/tmp/out-{i}.txt")
            with out_path.open("w") as f:
                f.write(prediction)
            output.append(out_path)
        return output
"""
PATHS = """
from cog import BasePredictor, Path

class Predictor(BasePredictor):
   def predict(self, paths: list[Path]) -> str:
       output_parts = []  # Use a list to collect file contents
       for path in paths:
           with open(path) as f:
             output_parts.append(f.read())
       return "".join(output_parts)
"""
WORDS = """
from cog import BasePredictor, Path, ConcatenateIterator

class Predictor(BasePredictor):
    def predict(self) -> ConcatenateIterator[str]:
        tokens = ["The", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"]
        for token in tokens:
            yield token + " "
"""
RECORD = """
import io
from cog import BasePredictor, BaseModel, File

class Output(BaseModel):
    file: File
    text: str

class Predictor(BasePredictor):
    def predict(self) -> Output:
        return Output(text="hello", file=io.StringIO("hello"))
"""


def test_prediction_api(person: Person) -> None:
    person.saves(cog__yaml=ECHO_CONFIG, predict__py=SEVERAL)
    person.types("cog predict")
    assert person.types("cat output.0.txt output.1.txt output.2.txt").stdout == "foobarbaz"
    person.saves(predict__py=PATHS)
    person.types("echo test1 > 1.txt; echo test2 > 2.txt")
    assert person.types("cog predict -i paths=@1.txt -i paths=@2.txt").stdout == "test1\ntest2\n\n"
    person.saves(predict__py=WORDS)
    assert person.types("cog predict").stdout == "The quick brown fox jumps over the lazy dog \n"
    person.saves(predict__py=RECORD)
    assert json.loads(person.types("cog predict").stdout) == {"file": "output.file.bin", "text": "hello"}
    assert (person.folder / "output.file.bin").read_text() == "hello"


def test_environment(person: Person) -> None:
    person.saves(cog__yaml=ECHO_CONFIG, predict__py=ECHO)
    assert person.types("COG_NO_UPDATE_CHECK=1 cog build").stdout == "cogc-tests/documents-page\n"


def test_notebooks(person: Person) -> None:
    """A module called `jupyter` stands for the package, which is large."""
    person.saves(
        cog__yaml=ECHO_CONFIG,
        predict__py="from cog import BasePredictor, Input\nimport my_notebook\n\n"
        "class Predictor(BasePredictor):\n"
        '    def predict(self, prompt: str = Input(description="string prompt")) -> str:\n'
        "      output = my_notebook.do_stuff(prompt)\n      return output\n",
        my_notebook__py="# In[1]:\ndef do_stuff(prompt):\n    return prompt[::-1]\n",
        jupyter="#!/usr/bin/env python\nimport http.server, sys\nassert sys.argv[1:] == "
        '["lab", "--allow-root", "--ip=0.0.0.0"]\nhttp.server.test(http.server.SimpleHTTPRequestHandler, port=8888)\n',
    )
    (person.folder / "jupyter").chmod(0o755)
    port = free_port()
    line = f"timeout -s INT 60 cog run -p {port}:8888 ./jupyter lab --allow-root --ip=0.0.0.0"
    page = f"for i in $(seq 300); do curl -sf localhost:{port}/my_notebook.py && break; sleep 0.1; done"
    assert "do_stuff" in person.types(f"{line} & {page}; kill -INT $!; wait").stdout
    assert person.types("cog predict -i prompt=stressed").stdout == "desserts\n"


GLID = """
from cog import BasePredictor, Path

class Predictor(BasePredictor):
    def predict(self, prompt: str) -> list[list[Path]]:
        place = Path("/tmp/picture.png")
        place.write_bytes(bytes.fromhex("89504e470d0a1a0a") + b"a picture")
        return [[place]]
"""


def test_windows(person: Person) -> None:
    image = person.image("glid-3-xl")
    person.saves(cog__yaml=ECHO_CONFIG, predict__py=GLID)
    person.types(f"cog build -t {image}")
    person.types(f"cog predict '{image}' -i prompt=\"a fresh avocado floating in the water\" -o prediction.json")
    decode = 'cut --delimiter "," --field 2 | base64 --ignore-garbage --decode > prediction.png'
    person.types(f"jq -cs '.[0][0][0]' prediction.json | {decode}")
    assert (person.folder / "prediction.png").read_bytes() == PICTURE


def test_contributing(person: Person) -> None:
    """Without `--init`, which needs a program that not every engine has."""
    image, port = person.image("cog-file-project"), free_port()
    person.saves(cog__yaml=ECHO_CONFIG.replace("documents-page", "documents-cog-file-project"), predict__py=SEVERAL)
    assert person.types("cog build").stdout == f"{image}\n"
    with person.starts(f"docker run -d -p {port}:5000 --platform=linux/amd64 {image}"):
        found = person.asks(f"curl -sf http://localhost:{port}/")
    assert "cog_version" in json.loads(found)
