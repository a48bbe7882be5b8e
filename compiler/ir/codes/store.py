"""Codes of weights on the way: their sources, the store of this machine, registries."""

from ..diagnostic import Code

SOURCE_MISSING = Code(
    "weight-source-missing",
    "error",
    "What a `uri` under `weights` names is not there: no such folder, file, address, repository or revision. "
    "A path counts from the project's folder.",
)
SOURCE_EMPTY = Code(
    "weight-source-empty",
    "error",
    "A source of weights leaves no file to import: it is empty, or `include` and `exclude` leave nothing of it. "
    "Patterns are those of .gitignore, and count from the source's own root.",
)
SOURCE_IRREGULAR = Code(
    "weight-source-irregular",
    "error",
    "A source of weights holds symbolic links, or files that are neither regular files nor folders. Weights are "
    "regular files: a link could lead anywhere, and its meaning changes from machine to machine. Folders that "
    "download tools keep as a cache are often full of links: copy them with `cp -rL`.",
)
SOURCE_CHANGED = Code(
    "weight-source-changed",
    "error",
    "A file of a source was written while it was imported, so that its content is neither the old nor the new one. "
    "Nothing was kept of it. Import again when its writer has ended.",
)
SOURCE_CLASH = Code(
    "weight-source-clash",
    "error",
    "Two sources of one entry of `weights` have a file of the same path. Which one the model should see cannot be "
    "known: leave one of them out with `exclude`, or make two entries with a `target` each.",
)
SOURCE_UNREACHABLE = Code(
    "weight-source-unreachable",
    "error",
    "The server of a source did not answer, or broke off again and again. What was received is kept: the next import "
    "goes on behind it.",
)
SOURCE_REFUSED = Code(
    "weight-source-refused",
    "error",
    "The server of a source wants a login, or this login may not read it. For hf:// set HF_TOKEN, and accept the "
    "terms of a gated repository on its page; for oci:// log in with `cogc login`.",
)
SOURCE_ANSWER = Code(
    "weight-source-answer",
    "error",
    "The server of a source answered something that it should not: another status, a listing that cannot be read, or "
    "a file that is not what it was when the import began.",
)
SOURCE_UNSUPPORTED = Code(
    "weight-source-unsupported",
    "error",
    "A package that reads this kind of source is not installed beside cogc. `pip install 'cogc[fsspec]'` brings "
    "fsspec; each kind of storage needs one more package of its own, such as s3fs for s3:// and gcsfs for gs://.",
)
WEIGHTS_CORRUPT = Code(
    "weights-corrupt",
    "error",
    "Bytes of weights do not have the size or the SHA-256 that the lock or the source promises. They were thrown "
    "away. Something between the source and this disk changes bytes, or the content was replaced. `cogc weights "
    "verify` tells in the same way of files that were put into the folder of a set.",
)
WEIGHTS_UNSAFE = Code(
    "weights-unsafe",
    "error",
    "A layer of weights from a registry holds what no weights may hold: links, special files, names that are absolute "
    "or lead out of their folder, names or sizes that weights.lock does not have, or more bytes than it should. "
    "Nothing of it was kept. Whoever can write to that repository should be asked.",
)
WEIGHTS_DIFFERENT = Code(
    "weights-different",
    "error",
    "The registry has a manifest of weights that is not the one in weights.lock, or has none. Push the weights from "
    "where they were imported, with `cogc weights push`, or import them again.",
)
WEIGHTS_MISSING = Code(
    "weights-missing",
    "error",
    "Files of weights are not on this machine, so that they can be neither pushed nor shown to the model. "
    "`cogc weights pull` brings them from the registry, `cogc weights import` from their source.",
)
WEIGHTS_NONE = Code(
    "weights-none",
    "error",
    "cog.yaml has no `weights`, so there is nothing that the command could do. docs/weights.md shows an entry.",
)
WEIGHTS_UNKNOWN = Code(
    "weights-unknown",
    "error",
    "The command was given a name that no entry of `weights` has.",
)
TARGET_TAKEN = Code(
    "weight-target-taken",
    "error",
    "The place where weights go holds files that cogc did not put there. They could be yours, so nothing was done. "
    "Name an empty folder, or remove them yourself.",
)
TARGET_LOCAL = Code(
    "weight-target-local",
    "error",
    "With `--local` the model runs on this machine and looks for its weights at `target`, where they can be shown "
    "to it only by a symbolic link. The link could not be made. A target below /src is a path of the project and "
    "always works; or use the image.",
)
STORE_IN_USE = Code(
    "store-in-use",
    "error",
    "Another command is bringing weights into the store of this machine. Nothing is removed meanwhile.",
)
