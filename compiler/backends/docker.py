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
    """One image build. `secrets` are as docker's own `--secret` takes them; `platform` may be blank, and so may
    `dockerfile`, for the file of that name in the folder."""

    folder: str
    tag: str
    secrets: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    platform: str = ""
    dockerfile: str = ""


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
        *(CLIENT, "buildx", "build", "--load", "--provenance=false", f"--progress={progress}"),
        *("--tag", request.tag),
        *platform,
        *(("--file", request.dockerfile) if request.dockerfile else ()),
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


def describe_image(image: str) -> Argv:
    """Prints all that the engine knows of an image, as JSON."""
    return (CLIENT, "image", "inspect", "--format", "{{json .}}", image)


def image_facts(image: str) -> Argv:
    """Prints the id, and the size in bytes."""
    return (CLIENT, "image", "inspect", "--format", "{{.Id}} {{.Size}}", image)


def layer_history(image: str) -> Argv:
    """Prints the size in bytes of each entry of the image's history, the newest first."""
    return (CLIENT, "image", "history", "--no-trunc", "--human=false", "--format", "{{.Size}}", image)


def pull(image: str) -> Argv:
    return (CLIENT, "pull", "--quiet", image)


def save(image: str, path: str) -> Argv:
    """Writes the image as an archive of its layers."""
    return (CLIENT, "image", "save", "--output", path, image)


def load(path: str) -> Argv:
    return (CLIENT, "image", "load", "--quiet", "--input", path)


def remove_image(image: str) -> Argv:
    return (CLIENT, "image", "rm", image)


def tag(image: str, name: str) -> Argv:
    """A further name of an image on this machine."""
    return (CLIENT, "tag", image, name)


def untag(name: str) -> Argv:
    """The image stays under its other names."""
    return (CLIENT, "rmi", name)


def push(image: str) -> Argv:
    return (CLIENT, "push", image)


def image_digests(image: str) -> Argv:
    """Prints `repository@sha256:…` of the registries that have the image, one a line."""
    return (CLIENT, "image", "inspect", "--format", '{{join .RepoDigests "\\n"}}', image)


def image_id(image: str) -> Argv:
    return (CLIENT, "image", "inspect", "--format", "{{.Id}}", image)


def remote_image(image: str) -> Argv:
    """Prints the configuration of an image of a registry, or of each of its platforms, without fetching the image."""
    return (CLIENT, "buildx", "imagetools", "inspect", "--format", "{{json .Image}}", image)


def remote_manifest(image: str) -> Argv:
    """Prints the descriptor, with its digest, of what a registry has under the name."""
    return (CLIENT, "buildx", "imagetools", "inspect", "--format", "{{json .Manifest}}", image)


def server_version() -> Argv:
    return (CLIENT, "version", "--format", "{{.Server.Version}}")


def buildx_version() -> Argv:
    return (CLIENT, "buildx", "version")


def registry_of(image: str) -> str:
    """The host in an image's name; blank where there is none, which means Docker Hub."""
    host, slash, _ = image.partition("/")
    return host if slash and (re.search("[.:]", host) or host == "localhost") else ""


def repository_of(image: str) -> str:
    """The name without its tag or digest."""
    name = image.partition("@")[0]
    repository, colon, tag = name.rpartition(":")
    return repository if colon and "/" not in tag else name


def default_image_name(project: str) -> str:
    """The image's name where none is given: `cog-` and the folder's name, as a repository may be called."""
    name = re.sub(r"[^a-z0-9-]", "", re.sub(r"\s", "-", project.lower()))[:_NAME_LENGTH].strip("-")
    return name if name.startswith("cog-") else f"cog-{name or 'model'}"


def platform_image_name(image: str, platform: str) -> str:
    """The name of one among the images for several platforms: `model:v1-arm64` of `model:v1` for linux/arm64."""
    repository, tag = repository_of(image), image[len(repository_of(image)) + 1 :] or "latest"
    return f"{repository}:{tag}-{platform.rpartition('/')[2]}"


def name_beside_weights(image: str) -> str:
    """The name of an image whose own name stands for it and its weights: `model:cog-image.v1` of `model:v1`."""
    repository, _, tag = tagged(image).rpartition(":")
    return f"{repository}:cog-image.{tag}"


def tagged(image: str) -> str:
    """The name with the tag that it means where it has none."""
    return image if image != repository_of(image) else f"{image}:latest"


def base_image_name(image: str) -> str:
    """The name for the environment alone, without the source."""
    repository, colon, tag = image.partition("@")[0].rpartition(":")
    return f"{repository}-base:{tag}" if colon and "/" not in tag else f"{image.partition('@')[0]}-base"
