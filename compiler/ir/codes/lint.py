"""Codes of `cogc doctor`: what compiles, and is likely to hurt later."""

from ..diagnostic import Code

SECRET_FILE = Code(
    "secret-file",
    "error",
    "A file that usually holds a secret (a private key, a token, a password) would be copied into the image, where "
    "everyone who can pull it can read it. Name it in .dockerignore. If a setup command needs it, mount it as a "
    "secret of `build.run`; if the model needs it, hand it to the container when it starts.",
)
SECRET_TEXT = Code(
    "secret-text",
    "error",
    "A value of cog.yaml looks like a token, a key or a password. It would stand in the image's configuration and "
    "history. Mount it as a secret of `build.run`, or set the variable when the container starts.",
)
CONTEXT_LARGE = Code(
    "context-large",
    "warning",
    "The project's files are many or big, and all of them go into the image's last layer: each change of a source "
    "file sends all of it again. Name what the model does not need in .dockerignore, and fetch weights in `build.run`.",
)
UNNEEDED_FILES = Code(
    "unneeded-files",
    "warning",
    "The project's folder holds an environment, a cache or an editor's files, which the image does not need. They make "
    "it bigger, and a change of them makes a new layer. Name them in .dockerignore.",
)
REQUIREMENT_UNPINNED = Code(
    "requirement-unpinned",
    "warning",
    "The line does not name one version, so the next build may install another one than the last build did, and the "
    "model may behave differently. Pin the version that was tested with `==`.",
)
PYTHON_UNSTATED = Code(
    "python-unstated",
    "note",
    "`build.python_version` is not set, so a later release of cogc, or a changed requirement, may pick another "
    "Python. State the version that the model was tested with.",
)
VERSION_UNQUOTED = Code(
    "version-unquoted",
    "warning",
    "A version is written as a number. cogc keeps its text, but other programs that read the file take 3.10 for 3.1. "
    "Put quotes around it.",
)
IMPORT_MISSING = Code(
    "import-missing",
    "error",
    "The model imports a module or a name from `cog` that is not there, so the container would stop when it starts. "
    "What models use comes from `cog` itself; `cog.types`, `cog.coder`, `cog.exceptions` and `cog.server.exceptions` "
    "are its other modules.",
)
IMPORT_DEPRECATED = Code(
    "import-deprecated",
    "warning",
    "The model imports a name from `cog` that is kept for older models only, and that may be gone one day. Take "
    "`Path`, a file on disk, in place of `File`, an open one. Nothing gives an `ExperimentalFeatureWarning`.",
)
PYTHON_DIFFERS = Code(
    "python-differs",
    "warning",
    "The Python that the model is tried with on this machine, of the project's virtual environment or, with `--host`, "
    "the `python3` of the path, is of another minor version than the image's. Packages may be other ones there, and "
    "what works here may fail in the image. Make the environment again, or state its version.",
)
INSTALLER_IN_RUN = Code(
    "installer-in-run",
    "warning",
    "A setup command installs packages with pip or apt. cogc does not see them: it cannot pick a Python or a CUDA "
    "that suits them, and they may replace versions that it picked. List them under `python_packages`, in the "
    "requirements file, or under `system_packages`; there they are cached, too.",
)
ROOT_USER = Code(
    "root-user",
    "note",
    "The image does not say as which user the server runs, so it is root: a fault in the model or in a package can "
    "change everything in the container, and some clusters refuse such images. Set `build.user`; files that the model "
    "writes at run time then have to be in a folder of that user.",
)
ENGINE_ABSENT = Code(
    "engine-absent",
    "note",
    "No Docker engine answers on this machine. Compiling, `--local` and all that looks at a project work without one; "
    "building and running images do not.",
)
GPU_UNSUPPORTED = Code(
    "gpu-unsupported",
    "warning",
    "A GPU of this machine is not one that the torch or the CUDA of the project has code for: predictions here would "
    "stop with `no kernel image is available`. Ask for a version that has, or run the image on another machine.",
)
