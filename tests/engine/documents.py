"""The example projects that the documents of cog print, without what cannot be had everywhere."""

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
ECHO = """
from cog import BasePredictor, Path

class Predictor(BasePredictor):
    def predict(self, image: Path) -> str:
        return image.read_bytes()[8:].decode()
"""
ECHO_CONFIG = 'build:\n  python_version: "3.12"\npredict: "predict.py:Predictor"\nimage: cogc-tests/documents-page\n'
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
GLID = """
from cog import BasePredictor, Path

class Predictor(BasePredictor):
    def predict(self, prompt: str) -> list[list[Path]]:
        place = Path("/tmp/picture.png")
        place.write_bytes(bytes.fromhex("89504e470d0a1a0a") + b"a picture")
        return [[place]]
"""
