"""Codes of builds that failed for a reason that can be told."""

from ..diagnostic import Code

PACKAGE_UNAVAILABLE = Code(
    "package-unavailable",
    "error",
    "The installer found no set of versions for your requirements: a package or a version is not in the index, has no "
    "wheel for this Python, or two requirements exclude each other. The installer's own lines say which. The place is "
    "that of the requirement which they name.",
)
SOURCE_NOT_BUILT = Code(
    "source-not-built",
    "error",
    "The index has no wheel of a package for this Python and platform, only its source, and what the package runs to "
    "make a wheel of that ended with an error. As a rule the version is older than the Python. Take one that has a "
    "wheel, or an older `python_version`.",
)
HASH_MISMATCH = Code(
    "hash-mismatch",
    "error",
    "A requirement pins the hash of its file with `--hash`, and the file that the index gave has another one: it was "
    "replaced, the pin is that of another file, or somebody changed it on its way. Nothing of it was installed.",
)
SYSTEM_PACKAGE_UNAVAILABLE = Code(
    "system-package-unavailable",
    "error",
    "apt does not know a package, or a version, of `build.system_packages`. Names differ between Debian "
    "(python:…-slim) and Ubuntu (nvidia/cuda), and from release to release; old versions go from the archives.",
)
TOOL_MISSING = Code(
    "tool-missing",
    "error",
    "A command or the build of a Python package called a program that is not in the image. A package without a wheel "
    "for this Python is compiled, which needs a compiler: name `build-essential` under `build.system_packages`, or "
    "take a version that has a wheel.",
)
DISK_FULL = Code(
    "disk-full",
    "error",
    "There is no space left, or a quota or limit on file sizes was reached: in the project's folder, where the engine "
    "keeps layers and caches, where a step writes, or in the store of weights, where nothing half-written has a name. "
    "`docker system df` shows what takes the room; `docker builder prune` removes the caches of builds, `cogc weights "
    "prune` what no project of this machine needs.",
)
MEMORY_FULL = Code(
    "memory-full",
    "error",
    "A step was killed, as a rule because the engine's machine had no memory left. Give it more, or let the step do "
    "less at the same time.",
)
NETWORK_UNREACHABLE = Code(
    "network-unreachable",
    "error",
    "A step could not reach a host: no name, no route, or no answer. Steps run in the engine's network, not in that of "
    "your shell. HTTP_PROXY, HTTPS_PROXY and NO_PROXY are passed on to them.",
)
CERTIFICATE_UNKNOWN = Code(
    "certificate-unknown",
    "error",
    "A host showed a certificate that the image does not trust. Where a company's network has an authority of its own, "
    "COG_CA_CERT names its PEM file; it is trusted in the build and by the model.",
)
BASE_UNAVAILABLE = Code(
    "base-unavailable",
    "error",
    "The engine could not get the base image: there is none of this name or tag, or it is private. Try `docker pull` "
    "with the name that the message shows.",
)
ENGINE_LOST = Code(
    "engine-lost",
    "error",
    "The engine stopped answering in the middle of the build: it was stopped or restarted, or the connection broke. "
    "Steps that were done are in its cache, so that the next build goes on where this one ended.",
)
