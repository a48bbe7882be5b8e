"""Codes of the commands around a compile: comparing, explaining, looking at a machine."""

from ..diagnostic import Code

FILE_ACCESS = Code(
    "file-access",
    "error",
    "A file or folder could not be read or written; the message is the operating system's own. Check that it exists, "
    "and that your user may use it.",
)
COMPILER_FAILED = Code(
    "compiler-failed",
    "error",
    "cogc itself has a fault that this input brought to light. `cogc --debug` shows where it happened; please report "
    "it with the input.",
)
CHECK_MISSING = Code(
    "check-missing",
    "error",
    "`cogc compile --check PATH` compares with what is at PATH, and there is nothing. Write it once, and commit it.",
)
OUT_OF_DATE = Code(
    "out-of-date",
    "error",
    "What is committed is not what cogc makes of the project today: the project, cogc or its database has changed "
    "since. The difference stands on standard output. Write it again, and read the difference before committing it.",
)
REVISION_UNKNOWN = Code(
    "revision-unknown",
    "error",
    "`REVISION:` or `REVISION:FOLDER` names a project as git knows it, and git does not have it. Git's own words are "
    "in the message. A shallow clone has only its newest revision: CI often needs `fetch-depth: 0`.",
)
QUESTION_UNKNOWN = Code(
    "question-unknown",
    "error",
    "The name is no question of this project: nothing in it makes the question arise, or it is misspelt. "
    "The message lists those that there are.",
)
IMPACT_UNKNOWN = Code(
    "impact-unknown",
    "error",
    "The argument is neither a file of the project nor a key of cog.yaml, so nothing can be said about what a change "
    "of it would do. Paths count from the project's folder; keys are written with dots, such as build.cuda.",
)
