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

WEIGHTS_NEED_MODEL = Code(
    "weights-need-model",
    "error",
    "Weights are pushed to the repository of the model, beside its image, and are found again by that name; so the "
    "configuration has to say it. Write `model: registry.example.com/team/my-model`, or `image`, which does as well: "
    "its tag is left aside.",
)
MODEL_NAME = Code(
    "model-name",
    "error",
    "`model` names a repository: lower-case words between slashes, with the host of the registry before them. A tag or "
    "a digest does not belong to it, as every push makes its own.",
)
MODEL_AND_IMAGE = Code(
    "model-and-image",
    "error",
    "`model` and `image` both say where the image is pushed to. Keep one: `model` for a repository that holds image "
    "and weights together, `image` for a name with a tag.",
)
WEIGHT_NAME_FORMAT = Code(
    "weight-name-format",
    "error",
    "The name of weights becomes part of a tag in the registry: lower-case letters and digits, with single `.`, `_` or "
    "`-` between them, at most 100.",
)
WEIGHT_NAME_DUPLICATE = Code(
    "weight-name-duplicate",
    "error",
    "Two entries of `weights` have one name, under which weights.lock and the registry keep one set of files.",
)
WEIGHT_TARGET_FORMAT = Code(
    "weight-target-format",
    "error",
    "The target of weights is a plain path: letters, digits and `_.@+~-` between slashes, and no `..`. Other "
    "characters mean something to the programs that mount the folder.",
)
WEIGHT_TARGET_RELATIVE = Code(
    "weight-target-relative",
    "error",
    "The target of weights is the folder in the container at which the model finds its files, and has to be absolute: "
    "there is no folder that it could count from in every place where the image runs.",
)
WEIGHT_TARGET_ROOT = Code(
    "weight-target-root",
    "error",
    "The target of weights is mounted over what the image has there. At `/`, at `/src` or at a folder of the system it "
    "would hide the model's code or the system itself. Take a folder of its own, such as `/src/weights`.",
)
WEIGHT_TARGET_OVERLAP = Code(
    "weight-target-overlap",
    "error",
    "The target of one set of weights is that of another one, or lies in it; mounted, one would hide the other. Give "
    "each a folder beside the others.",
)
WEIGHT_SOURCE = Code(
    "weight-source",
    "error",
    "An entry of `weights` says under `source` where its files come from: one mapping with `uri`, or a list of them "
    "with at least one. `sources` is another name for the list.",
)
WEIGHT_URI = Code(
    "weight-uri",
    "error",
    "The `uri` of a source is none that cogc can open: a path or `file://` folder, a single file by `https://`, a "
    "repository of a hub by `hf://owner/name`, an artifact by `oci://`, or storage by `s3://`, `gs://` and the other "
    "schemes of fsspec. A password does not belong into it.",
)
WEIGHT_PATTERN_BLANK = Code(
    "weight-pattern-blank",
    "error",
    "A pattern under `include` or `exclude` is blank, so it would fit nothing, or everything. Remove it.",
)
WEIGHT_PATTERN_NEGATED = Code(
    "weight-pattern-negated",
    "error",
    "A pattern begins with `!`. In `.gitignore` that takes back an earlier line; here `include` and `exclude` say it "
    "both, and `exclude` wins. Move the pattern to the other list.",
)
WEIGHT_PATTERN_BACKSLASH = Code(
    "weight-pattern-backslash",
    "error",
    "A pattern holds a backslash. Names of weights have none: folders are parted by `/` on every system.",
)
WEIGHTS_PENDING = Code(
    "weights-pending",
    "error",
    "Weights stand in the configuration, but not in weights.lock: nobody has fetched them, so it is not known which "
    "files the model needs. `cogc weights import` fetches them and writes the lock file, which belongs into version "
    "control.",
)
WEIGHTS_CONFIG_CHANGED = Code(
    "weights-config-changed",
    "error",
    "The entry of weights has changed since they were imported, so weights.lock tells of other files than the "
    "configuration asks for. Run `cogc weights import` again; what is there already is not fetched twice.",
)
WEIGHTS_ORPHANED = Code(
    "weights-orphaned",
    "warning",
    "weights.lock holds weights that the configuration does not name any more. They are left aside. "
    "`cogc weights import` removes them from the file.",
)
WEIGHTS_LEFT_OUT = Code(
    "weights-left-out",
    "warning",
    "Weights are not imported yet, or weights.lock cannot be read. What was asked for, such as an explanation or a "
    "command in the environment, does not need them, so they are left out. `cogc compile` and `cogc build` stop at the "
    "same fault.",
)
