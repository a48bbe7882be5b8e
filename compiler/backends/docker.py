"""Command lines of the docker client; nothing here runs them."""

import re
from dataclasses import dataclass

from ..ir.recipe import PORT, SOURCE_FOLDER

CLIENT = "docker"
# What PyTorch's data loaders hand between processes does not fit in the 64 MiB that is docker's default.
_SHARED_MEMORY = "6g"
_NAME_LENGTH = 26

Argv = tuple[str, ...]

# What an image's server is started with; needed whole where options are to follow.
SERVER = ("python", "-m", "cog.server.http")


@dataclass(frozen=True, slots=True)
class Build:
    """One image build. `secrets` are as docker's own `--secret` takes them; `platform` may be blank."""

    folder: str
    tag: str
    secrets: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """One container. `publish` is in docker's form; `project` is mounted as the source, unless it is blank."""

    image: str
    name: str
    project: str = ""
    environment: tuple[str, ...] = ()
    publish: tuple[str, ...] = ()
    gpus: str = ""
    options: tuple[str, ...] = ()
    command: tuple[str, ...] = ()


def build(request: Build, progress: str) -> Argv:
    """`progress` is a name that buildx knows."""
    platform = ("--platform", request.platform) if request.platform else ()
    return (
        *(CLIENT, "buildx", "build", "--load", f"--progress={progress}", "--tag", request.tag),
        *platform,
        *(part for secret in request.secrets for part in ("--secret", secret)),
        *(part for name, value in request.labels for part in ("--label", f"{name}={value}")),
        *request.options,
        request.folder,
    )


def run(container: Container) -> Argv:
    mount = f"type=bind,source={container.project},target={SOURCE_FOLDER}"
    return (
        *(CLIENT, "run", "--name", container.name, "--shm-size", _SHARED_MEMORY),
        *(("--mount", mount, "--env", "PYTHONDONTWRITEBYTECODE=1") if container.project else ()),
        *(part for variable in container.environment for part in ("--env", variable)),
        *(part for port in container.publish for part in ("--publish", port)),
        *(("--gpus", container.gpus) if container.gpus else ()),
        *container.options,
        container.image,
        *container.command,
    )


def remove(name: str) -> Argv:
    return (CLIENT, "rm", "--force", "--volumes", name)


def stop(name: str, seconds: int) -> Argv:
    """SIGTERM, and after `seconds` SIGKILL."""
    return (CLIENT, "stop", "--time", str(seconds), name)


def kill(name: str) -> Argv:
    return (CLIENT, "kill", name)


def logs(name: str) -> Argv:
    """All that it has printed and will print, until it ends."""
    return (CLIENT, "logs", "--follow", name)


def port_of(name: str) -> Argv:
    return (CLIENT, "port", name, f"{PORT}/tcp")


def is_running(name: str) -> Argv:
    return (CLIENT, "container", "inspect", "--format", "{{.State.Running}}", name)


def image_labels(image: str) -> Argv:
    return (CLIENT, "image", "inspect", "--format", "{{json .Config.Labels}}", image)


def image_size(image: str) -> Argv:
    """Prints the size in bytes."""
    return (CLIENT, "image", "inspect", "--format", "{{.Size}}", image)


def pull(image: str) -> Argv:
    return (CLIENT, "pull", "--quiet", image)


def server_version() -> Argv:
    return (CLIENT, "version", "--format", "{{.Server.Version}}")


def buildx_version() -> Argv:
    return (CLIENT, "buildx", "version")


def default_image_name(project: str) -> str:
    """The image's name where none is given: `cog-` and the folder's name, as a repository may be called."""
    name = re.sub(r"[^a-z0-9-]", "", re.sub(r"\s", "-", project.lower()))[:_NAME_LENGTH].strip("-")
    return name if name.startswith("cog-") else f"cog-{name or 'model'}"


def base_image_name(image: str) -> str:
    """The name for the environment alone, without the source."""
    repository, colon, tag = image.partition("@")[0].rpartition(":")
    return f"{repository}-base:{tag}" if colon and "/" not in tag else f"{image.partition('@')[0]}-base"
