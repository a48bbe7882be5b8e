"""Codes of the compatibility database and of the package index that it is read from."""

from ..diagnostic import Code

DATABASE_ROW = Code(
    "database-row",
    "error",
    "A row of the compatibility database cannot be read. Each file holds one JSON object a line, in the shape that "
    "`schemas/compat.schema.json` states. A file that is not there is taken from the database that cogc came with.",
)
INDEX_MISSING = Code(
    "index-missing",
    "error",
    "`cogc db update` and `cogc db check` read a package index, and none is named. They take that of `--index`, else "
    "the first of `PIP_INDEX_URL`, `UV_DEFAULT_INDEX` and `UV_INDEX_URL` that is set, else what `pip config get "
    "global.index-url` says of the Python that runs cogc. An index that pip has by default is named by none of these. "
    "Compiling itself never uses the network.",
)
INDEX_UNREACHABLE = Code(
    "index-unreachable",
    "error",
    "The package index did not answer. Only `cogc db update` and `cogc db check` use the network; everything else "
    "works without one, with the database as it is.",
)
INDEX_ANSWER = Code(
    "index-answer",
    "error",
    "The package index answered, but not in a form that rows can be read from. It has to list files as JSON (PEP 691), "
    "and to serve the metadata of wheels (PEP 658) or parts of files.",
)
