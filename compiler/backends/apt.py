"""apt-get as a layer needs it: its lists and archives in a cache mount, and nothing left that tells the time."""

import shlex

FOLDER = "/var/cache/cogc"

# What apt and dpkg write beside the packages; it differs from build to build.
_TRACES = ("/var/log/apt/*", "/var/log/dpkg.log", "/var/log/alternatives.log", "/var/cache/ldconfig/aux-cache")


def install(packages: tuple[str, ...], options: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Shell commands that install the packages, with `FOLDER` on a cache mount."""
    apt = f"apt-get -qq -o Dir::Cache={FOLDER} -o Dir::State::Lists={FOLDER}/lists"
    names = (shlex.quote(package) for package in packages)
    return (
        f"mkdir -p {FOLDER}/archives/partial {FOLDER}/lists/partial",
        f"{apt} update",
        " ".join((apt, "install", "-y", *options, *names)),
        f"rm -rf {' '.join(_TRACES)}",
    )
