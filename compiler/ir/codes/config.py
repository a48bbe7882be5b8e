"""Codes of cog.yaml: syntax, schema and the rules that a schema cannot state."""

from ..diagnostic import Code

CONFIG_MISSING = Code(
    "config-missing",
    "error",
    "There is no cog.yaml where the compiler looked. It reads DIR/cog.yaml, or the file named with -f.",
)
PREDICTOR_LEFT_OUT = Code(
    "predictor-left-out",
    "warning",
    "The predictor has a fault, or is not there yet. What was asked for, such as the plan or a command in the "
    "environment, does not need it, so it is left out. `cogc compile` and `cogc build` stop at the same fault.",
)
NOT_TEXT = Code(
    "not-text",
    "error",
    "A file of the project is not UTF-8 text, so it cannot be read as source. Save it as UTF-8.",
)

CONFIG_EMPTY = Code(
    "config-empty",
    "error",
    "The configuration holds no keys. An image needs at least `build:` or `predict:`; "
    "`build: {}` alone gives an image with the default Python and nothing else.",
)
CONFIG_NOT_MAPPING = Code(
    "config-not-mapping",
    "error",
    "The configuration must be a mapping of keys such as `build` and `predict`, but it is a list or a single value. "
    "Often a colon is missing after the first word.",
)
YAML_SYNTAX = Code(
    "yaml-syntax",
    "error",
    "The text is not YAML, so nothing in it can be read. The caret stands where the reader got stuck; the cause is "
    "there or a little above: a missing quote, bracket or colon, a tab, or uneven indentation.",
)
YAML_CHARACTER = Code(
    "yaml-character",
    "error",
    "The text holds a control character or half of a surrogate pair. YAML does not allow these, a Dockerfile could "
    "not carry them, and they are invisible in most editors. Remove the character.",
)
YAML_ALIAS = Code(
    "yaml-alias",
    "error",
    "An anchor (`&name`), alias (`*name`) or merge (`<<`) has no sound meaning: it is unknown, defined twice, contains "
    "itself, or expands to an absurd size. Write the value out where it is used.",
)
YAML_TAG = Code(
    "yaml-tag",
    "error",
    "A tag such as `!!binary` or `!Custom` asks for a type that the configuration does not have, or one that the value "
    "is not. No key needs a tag; put quotes around a value that must be read as text.",
)
YAML_KEY = Code(
    "yaml-key",
    "error",
    "A list or a mapping stands where a key belongs. Keys are plain words; often a `-`, a `?` or a bracket is one too "
    "many.",
)
YAML_TOO_DEEP = Code(
    "yaml-too-deep",
    "error",
    "The values are nested far deeper than any key of the configuration needs. Probably brackets are left open, or the "
    "file was made by a program that went wrong.",
)
DUPLICATE_KEY = Code(
    "duplicate-key",
    "error",
    "A key stands twice in one mapping. YAML readers disagree on which of the two counts, so neither is taken. Keep "
    "one, or put both contents under one key.",
)

UNKNOWN_KEY = Code(
    "unknown-key",
    "error",
    "The key has no meaning at this place. If it were ignored, a misspelt `python_requirement` would give an image "
    "without its packages. Correct the spelling, or remove the key.",
)
MISPLACED_KEY = Code(
    "misplaced-key",
    "error",
    "The key exists, but at another level: most keys that shape the image stand under `build`, while `predict`, "
    "`train`, `image` and `environment` stand at the top. Move it, with its value.",
)
UNSUPPORTED_KEY = Code(
    "unsupported-key",
    "error",
    "The key is known from other versions of this file format, but this version of cogc does not act on it. It is "
    "refused and not ignored, because the image would differ from what the file says. The message tells what to "
    "write instead.",
)
DEPRECATED_KEY = Code(
    "deprecated-key",
    "warning",
    "The key still works, but a later version of cogc may refuse it. The message says what it does, and what to write "
    "instead.",
)
KEY_WITHOUT_EFFECT = Code(
    "key-without-effect",
    "warning",
    "The key is known from other versions of this file format, and does nothing here; the image is the same without "
    "it. Remove it.",
)
WRONG_TYPE = Code(
    "wrong-type",
    "error",
    "The value has another type than the key takes: for instance a single word where a list is wanted, or a number "
    "where text is wanted. Quote a number that is meant as text; put `- ` before the items of a list.",
)
BLANK_VALUE = Code(
    "blank-value",
    "error",
    "The key is written but its value is blank. Write a value after the colon, or remove the line to get the default.",
)
MISSING_KEY = Code(
    "missing-key",
    "error",
    "A mapping lacks a part that it cannot do without. Add the key that the message names.",
)
BAD_VALUE = Code(
    "bad-value",
    "error",
    "The value has the right type, but is not one of those that the key takes. The message lists what is allowed.",
)

PYTHON_VERSION_FORMAT = Code(
    "python-version-format",
    "error",
    "`build.python_version` is a minor version such as 3.12, or a patch version such as 3.12.4. Ranges and names are "
    "not understood; without the key the compiler picks a version that suits the packages.",
)
PYTHON_VERSION_UNSUPPORTED = Code(
    "python-version-unsupported",
    "error",
    "The runtime that serves the model is built and tested for the CPython versions that the message lists, and for no "
    "other. Choose one of them.",
)
CUDA_FORMAT = Code(
    "cuda-format",
    "error",
    "`build.cuda` is a minor version such as 12.4, or a patch version such as 12.4.1. Without the key the compiler "
    "picks the version that suits the packages.",
)
CUDA_TOO_OLD = Code(
    "cuda-too-old",
    "error",
    "Base images exist for CUDA 11 and newer only. Choose a newer CUDA, or leave `build.cuda` out to get one that "
    "suits the packages.",
)
CUDNN_FORMAT = Code(
    "cudnn-format",
    "error",
    "`build.cudnn` is a major version such as 8 or 9: base images come with the newest minor of it, so a longer number "
    "could not be kept. Without the key the compiler picks the newest that the CUDA image has.",
)
GPU_ARCHITECTURE_FORMAT = Code(
    "gpu-architecture-format",
    "error",
    "An entry of `build.gpu_architectures` is a compute capability with major and minor number, such as 8.0 for an "
    "A100 or 12.0 for an RTX 5090. NVIDIA lists them at https://developer.nvidia.com/cuda-gpus.",
)
CUDA_WITHOUT_GPU = Code(
    "cuda-without-gpu",
    "warning",
    "`build.cuda` or another key for GPUs is set, but `build.gpu` is not true: the image has no CUDA, and the key "
    "has no effect. Set `gpu: true`, or remove the key.",
)
PACKAGES_AND_REQUIREMENTS = Code(
    "packages-and-requirements",
    "error",
    "`build.python_packages` and `build.python_requirements` both say which packages to install, and nothing says "
    "which wins. Move the packages into the requirements file.",
)
REQUIREMENTS_MISSING = Code(
    "requirements-missing",
    "error",
    "The file that `build.python_requirements` names is not in the project. The path counts from the project's "
    "folder and may not lead outside it.",
)
SYSTEM_PACKAGE = Code(
    "system-package",
    "error",
    "An entry of `build.system_packages` is not the name of a Debian package. Names hold lower-case letters, digits, "
    "`+`, `-` and `.`; `:arch`, and `=version` or `/release`, may follow. One entry names one package, without options "
    "or shell text.",
)
COMMAND_BLANK = Code(
    "command-blank",
    "error",
    "An entry of `build.run` has no command. Write the command, or remove the entry.",
)
COMMAND_COPY = Code(
    "command-copy",
    "error",
    "A path under `copy` of a command is not a file or folder of the project, or has characters that a Dockerfile "
    "would misread. It counts from the project's folder, and may not lead outside it, not through a link either.",
)
MOUNT = Code(
    "mount",
    "error",
    "A mount of a command needs an absolute `target` path of plain characters, another one for each mount. A secret "
    "needs an `id` of letters, digits, `_`, `-` and `.` under which the build is given it; a cache has none.",
)
BASE_IMAGE = Code(
    "base-image",
    "error",
    "`build.base_image` names what the image starts from: a Debian or Ubuntu, or an image made from one. Packages are "
    "installed with apt-get, which other systems do not have. What the name does not tell, the first step of the build "
    "checks. Keys that choose a base, such as `cuda_image`, do not go with it.",
)
USER_NAME = Code(
    "user-name",
    "error",
    "`build.user` is the name of the user that the server runs as: lower-case letters, digits, `_` and `-`, beginning "
    "with a letter or `_`. It is created where the base image has none of that name.",
)
ENVIRONMENT_FORMAT = Code(
    "environment-format",
    "error",
    "An entry of `environment` is not `NAME=value`. A name consists of letters, digits and underscores and does not "
    "begin with a digit; no blanks stand around the equals sign.",
)
ENVIRONMENT_DUPLICATE = Code(
    "environment-duplicate",
    "error",
    "A variable is set twice in `environment`, and only one of the values could count. Keep one.",
)
ENVIRONMENT_RESERVED = Code(
    "environment-reserved",
    "error",
    "The variable belongs to the image or to the platform that runs it; another value would break the Python, the CUDA "
    "libraries or the server in the image. Set it inside one command of `build.run`, or in the predictor's code.",
)
IMAGE_NAME = Code(
    "image-name",
    "error",
    "`image` is not the name of an image: lower-case path components separated by `/`, optionally after a registry's "
    "host and before `:tag`. A digest cannot be given, because it is known only after the build.",
)
REFERENCE_FORMAT = Code(
    "reference-format",
    "error",
    "`predict`, `run` and `train` name a class or function as `file.py:Name`: the path of a Python file in the "
    "project, a colon, and one identifier.",
)
REFERENCE_OUTSIDE = Code(
    "reference-outside",
    "error",
    "The Python file of an entry point must lie in the project, because only the project's folder is copied into the "
    "image. Absolute paths and paths through `..` are refused.",
)
RUN_AND_PREDICT = Code(
    "run-and-predict",
    "error",
    "`run` is the newer name of `predict`: both name the class that makes predictions. Keep one of them. Setup "
    "commands stand under `build.run`.",
)
CONCURRENCY_PYTHON = Code(
    "concurrency-python",
    "error",
    "Predictions that run at the same time need Python 3.11 or newer in the image. Raise `build.python_version`, or "
    "set `concurrency.max` to 1.",
)
CONCURRENCY_NOT_ASYNC = Code(
    "concurrency-not-async",
    "error",
    "`concurrency.max` above 1 runs predictions at the same time in one process, which only an `async def` method can "
    "do. Make the method async, or set `concurrency.max` to 1.",
)
