"""For which platform images are made where nobody says it: the database is about x86-64, machines may be others."""

import platform
import sys

MAC_ON_ARM = ("darwin", "arm64")
_LINUX_ON_ARM = ("linux", "aarch64")


def this_machine() -> tuple[str, str]:
    return sys.platform, platform.machine()


def native_platform(machine: tuple[str, str]) -> str:
    """Blank where it is x86-64, which needs no saying.

    A Mac builds for the servers that its images are meant for, by emulation; a Linux on arm64 is such a server.
    """
    return {_LINUX_ON_ARM: "linux/arm64", MAC_ON_ARM: "linux/amd64"}.get(machine, "")


def told(machine: tuple[str, str]) -> str:
    """What a person has to know of it; blank where there is nothing."""
    if not (native := native_platform(machine)):
        return ""
    other = "linux/arm64" if native == "linux/amd64" else "linux/amd64"
    return f"Building for {native}, as this machine is {machine[1]}; --platform {other} builds for the other kind."
