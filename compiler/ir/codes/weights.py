"""Codes of weights: their keys in cog.yaml, their files, and weights.lock."""

from ..diagnostic import Code

WEIGHT_FILE_NAME = Code(
    "weight-file-name",
    "error",
    "The name of a file would leave the folder of the weights, hide another file, or mean something else to programs "
    "that read layers: an absolute path, `..`, a backslash, a control character, `.cog`, a name that stands there "
    "twice, or one that is a file and a folder. Rename the file, or leave it out with `exclude`. From a registry, such "
    "a name is the mark of an artifact that was made to do harm: nothing of it is written.",
)
WEIGHT_FILE_DIGEST = Code(
    "weight-file-digest",
    "error",
    "A file of the weights is not described by a size and `sha256:` with 64 hexadecimal digits, so its content could "
    "not be checked. Import the weights again.",
)
WEIGHTS_LOCK_SYNTAX = Code(
    "weights-lock-syntax",
    "error",
    "`weights.lock` is not JSON: often two branches were merged and left their marks in it. Restore the file from "
    "version control, or remove it and run `cogc weights import`.",
)
WEIGHTS_LOCK_VERSION = Code(
    "weights-lock-version",
    "error",
    "`weights.lock` has a version that this cogc does not know, so its fields could mean something else. Use the "
    "release of the tool that wrote it, or import the weights again.",
)
WEIGHTS_LOCK_SHAPE = Code(
    "weights-lock-shape",
    "error",
    "A field of `weights.lock` is missing or of the wrong kind. The file is written by `cogc weights import` and not "
    "by hand; restore it from version control, or import again.",
)
WEIGHTS_LOCK_DIGEST = Code(
    "weights-lock-digest",
    "error",
    "`weights.lock` contradicts itself: the digest of a set is not that of its files, or a file names a layer that is "
    "not there. The file was changed by hand or by a merge. Restore it from version control, or import again.",
)
