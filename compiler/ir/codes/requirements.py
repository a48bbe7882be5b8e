"""Codes of requirement lines."""

from ..diagnostic import Code

REQUIREMENT_SYNTAX = Code(
    "requirement-syntax",
    "error",
    "The line is not a requirement. A requirement is a package name, then optional extras in brackets, version "
    "conditions and a marker after a semicolon: `name[extra]>=1.0,<2; python_version < '3.12'`.",
)
REQUIREMENT_VERSION = Code(
    "requirement-version",
    "error",
    "A version condition cannot be read. It is one of ==, !=, <=, >=, <, >, ~= or ===, followed by a version such as "
    "1.2.3; `~=` needs at least two numbers, and `.*` goes with == and != only.",
)
REQUIREMENT_MARKER = Code(
    "requirement-marker",
    "error",
    "The marker after the semicolon cannot be read. It compares a known variable, such as python_version, "
    "sys_platform or platform_machine, with quoted text: `; python_version < '3.12'`.",
)
REQUIREMENT_CONFLICT = Code(
    "requirement-conflict",
    "error",
    "Two lines ask for versions of one package that no version satisfies. Names count as equal whatever their case and "
    "whether they have `-`, `_` or `.`. Keep the line that is meant.",
)
REQUIREMENT_LOCAL = Code(
    "requirement-local",
    "error",
    "The line installs from a path that cannot be installed: nothing is there, it lies outside the project (perhaps "
    "through a link), it is no wheel, archive or folder with a pyproject.toml or setup.py, or its name has characters "
    "that a Dockerfile would misread. The path counts from the folder of the file that names it. The project itself "
    "need not be installed: its folder is the working directory, and is importable.",
)
REQUIREMENT_VCS = Code(
    "requirement-vcs",
    "error",
    "The package lies in a repository that is not a Git one, which the installer of the image cannot fetch. Use "
    "`git+https://…`, or the URL of an archive or a wheel.",
)
REQUIREMENT_OPTION = Code(
    "requirement-option",
    "error",
    "The option is not one that a requirements file may hold, or one that the installer of the image does not have, so "
    "the build would stop at it. Correct its spelling, or remove it.",
)
REQUIREMENT_OPTION_VALUE = Code(
    "requirement-option-value",
    "error",
    "The option has no value where it needs one, has one where it takes none, or has several. Quote a value that "
    "holds blanks.",
)
REQUIREMENT_INCLUDE = Code(
    "requirement-include",
    "error",
    "A file that `-r` or `-c` names cannot be included: it is not in the project, or is a URL. The path counts from "
    "the folder of the file that includes it; compiling reads nothing outside the project.",
)
REQUIREMENT_CYCLE = Code(
    "requirement-cycle",
    "error",
    "Requirements files include each other in a circle, or in a chain of absurd length. Remove one of the includes.",
)
REQUIREMENT_CONSTRAINT = Code(
    "requirement-constraint",
    "error",
    "A file of constraints, which `-c` names, limits the versions of packages and installs nothing. A line of it is a "
    "name and conditions on its version, without extras. URLs, paths and editable packages belong into the "
    "requirements.",
)
REQUIREMENT_CREDENTIALS = Code(
    "requirement-credentials",
    "error",
    "The URL holds a user name, a password or a token. It would stand in the Dockerfile and in a layer of the image, "
    "readable by everyone who can pull it. Install the package in `build.run` instead, with the credentials in a "
    "mounted secret: the command sees them as a file, and no layer keeps them.",
)
REQUIREMENT_VARIABLE = Code(
    "requirement-variable",
    "error",
    "pip replaces `${NAME}` by a variable of the environment that it runs in. A compile reads no environment, so that "
    "one project gives one image wherever it is built. Write the value out. If it is a secret, it would stand in a "
    "layer: install the package in `build.run` instead, with the secret mounted.",
)
REQUIREMENT_SDK = Code(
    "requirement-sdk",
    "warning",
    "The line names `cog` or `coglet`. cogc puts its own SDK of that name into every image, and the package of the "
    "index would overwrite it, so the line is left out. Remove it.",
)
