"""Codes of the compatibility database and of the package index that it is read from."""

from ..diagnostic import Code

DATABASE_ROW = Code(
    "database-row",
    "error",
    "A row of the compatibility database cannot be read. Each file holds one JSON object a line, in the shape that "
    "`schemas/compat.schema.json` states. A file that is not there is taken from the database that cogc came with.",
)
