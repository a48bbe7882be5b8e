"""Codes of writing artifacts, running an engine, serving on the host."""

from ..diagnostic import Code

ENVIRONMENT_LINE_BREAK = Code(
    "environment-line-break",
    "error",
    "A value under `environment` has a line break. The environment of an image is written line by line, so the "
    "value cannot be kept. Put the text in a file of the project and read it from there.",
)
OUTPUT_NOT_OURS = Code(
    "output-not-ours",
    "error",
    "The output folder exists and was not written by cogc, so its files could be yours. cogc replaces only folders "
    "that it made (they hold a file `.cogc`) and empty ones. Name another folder, or remove this one yourself.",
)
OUTPUT_HOLDS_PROJECT = Code(
    "output-holds-project",
    "error",
    "The output folder is the project's folder, or one above it. Replacing it would replace the project. "
    "Name a folder inside the project or beside it.",
)
ENGINE_MISSING = Code(
    "engine-missing",
    "error",
    "None of the commands `docker`, `podman` and `buildah` was found, through one of which an engine builds and runs "
    "images. Install Docker, or use `--local` "
    "with `serve` and `predict`, or `cogc compile -o OUT` and build the folder elsewhere.",
)
ENGINE_UNREACHABLE = Code(
    "engine-unreachable",
    "error",
    "The `docker` command is there but its engine does not answer. Start the engine, or check DOCKER_HOST and the "
    "chosen docker context, and that your user may use the engine's socket.",
)
ENGINE_WITHOUT_BUILDX = Code(
    "engine-without-buildx",
    "error",
    "The `docker` command has no buildx, the client of BuildKit. The Dockerfile uses mounts that only BuildKit knows. "
    "Install the docker-buildx plugin.",
)
BUILD_FAILED = Code(
    "build-failed",
    "error",
    "The engine could not build the image. The message shows which step failed, with the last lines of its output. "
    "`--progress=plain` shows all of it.",
)
SECRET_FORMAT = Code(
    "secret-format",
    "error",
    "A secret is given as `id=NAME,src=FILE` or `id=NAME,env=VARIABLE`; the file or the variable has to exist.",
)
SECRET_MISSING = Code(
    "secret-missing",
    "error",
    "A `run` command of cog.yaml mounts a secret that was not handed in. Without it the command would see no file. "
    "Hand it in with `--secret id=NAME,src=FILE`.",
)
SECRET_UNUSED = Code(
    "secret-unused",
    "warning",
    "A secret was handed in that no `run` command of cog.yaml mounts, so nothing can read it. "
    "Compare its id with the ids under `build.run[].mounts`.",
)
CA_CERT = Code(
    "ca-cert",
    "error",
    "COG_CA_CERT holds no certificate that can be read. It is the path of a PEM file or of a folder with `.crt` and "
    "`.pem` files, or PEM text itself, or that text in base64. Certificates begin with `-----BEGIN CERTIFICATE-----`.",
)
NO_PREDICTOR = Code(
    "no-predictor",
    "error",
    'cog.yaml names no predictor, so there is nothing to serve or to ask. Add `predict: "predict.py:Predictor"`.',
)
NO_TRAINING = Code(
    "no-training",
    "error",
    "There is nothing to train: cog.yaml has no `train`, or the image was built without one. Add "
    '`train: "train.py:train"`, a function with typed arguments that gives the weights.',
)
IMAGE_NOT_COG = Code(
    "image-not-cog",
    "error",
    "The image is not there, or it has no label `run.cog.openapi_schema`, so it was not made by cogc build and "
    "cannot be asked for predictions.",
)
INPUT_FORMAT = Code(
    "input-format",
    "error",
    "An input is given as `-i name=value`, or `-i name=@file` for the content of a file.",
)
INPUT_UNKNOWN = Code(
    "input-unknown",
    "error",
    "The predictor has no input of this name. The names are the parameters of its predict method.",
)
INPUT_MISSING = Code(
    "input-missing",
    "error",
    "An input that has no default was not given. Give it with `-i name=value`.",
)
INPUT_INVALID = Code(
    "input-invalid",
    "error",
    "An input's value does not fit its type or its bounds as the predictor declares them.",
)
CONTAINER_FAILED = Code(
    "container-failed",
    "error",
    "The engine could not start the container. The message is the engine's own; a port in use and a missing GPU "
    "driver are the usual causes.",
)
PORT_TAKEN = Code(
    "port-taken",
    "error",
    "Another program on this machine listens on the port already. Choose another port with `-p`, or stop that program.",
)
ADDRESS_ABSENT = Code(
    "address-absent",
    "error",
    "A port was to be opened on what is no IP address, or none of this machine. Name one that it has: 127.0.0.1 for "
    "this machine alone, 0.0.0.0 for all.",
)
MODEL_LOG = Code(
    "model-log",
    "note",
    "What the model printed during its setup and its prediction or training. With `--format text` it is shown as it "
    "comes; in the other formats it is one note, so that nothing but diagnostics is on standard error.",
)
SETUP_FAILED = Code(
    "setup-failed",
    "error",
    "The model's setup did not end well, or not in time, so no prediction can be made. Its logs are shown above; "
    "`--setup-timeout` sets how many seconds it may take.",
)
PREDICTION_FAILED = Code(
    "prediction-failed",
    "error",
    "The prediction or training did not succeed. The logs above are the model's own, the message is its exception's.",
)
LOCAL_PYTHON_MISSING = Code(
    "local-python-missing",
    "error",
    "No Python of a version that the runtime supports was found on this machine, so the plan cannot be carried out "
    "here. Install one, or build the image.",
)
LOCAL_INSTALL_FAILED = Code(
    "local-install-failed",
    "error",
    "Installing the project's packages on this machine failed. The lines above are the installer's.",
)
LOCAL_DIFFERS = Code(
    "local-differs",
    "note",
    "With `--local` the plan is carried out on this machine, without the image. What only an image can have "
    "(system packages, run commands, CUDA, another Python) is left out, and the note lists it.",
)
