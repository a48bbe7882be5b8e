"""The documents of cog, page by page: what they tell a person to type, with our command under the name `cog`.

Changed is only what cannot be had or would be in others' way: images have names of these tests, ports are free ones;
pictures and weights come from this machine instead of from the network, and a few lines of Python stand where the
documents load torch and TensorFlow. The pages on private registries, secrets and pushing have tests of their own.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..ports import free_port
from ..runtime.serving import Receiver, receiving
from .documents import (
    CAT,
    DRAW,
    ECHO,
    ECHO_CONFIG,
    GETTING_STARTED,
    GLID,
    HOME_CONFIG,
    HOME_PREDICT,
    OWN_MODEL,
    PATHS,
    RECORD,
    SEVERAL,
    TRAIN,
    TUNED,
    WITH_OUTPUT,
    WORDS,
)
from .person import Person
from .projects import docker, removed

pytestmark = pytest.mark.engine

PICTURE = bytes.fromhex("89504e470d0a1a0a") + b"a picture"


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
    assert json.loads(answer)["output"] == "a picture", answer
    assert "<html" in page


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
