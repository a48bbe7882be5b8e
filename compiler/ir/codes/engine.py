"""Codes of the engine's clients, of registries, and of what is asked of images."""

from ..diagnostic import Code

ENGINE_UNKNOWN = Code(
    "engine-unknown",
    "error",
    "The variable COGC_ENGINE names the client by which images are built: `docker`, `podman` or `buildah`. Unset, the "
    "first of them that the machine has is taken.",
)
ENGINE_CANNOT_RUN = Code(
    "engine-cannot-run",
    "error",
    "The only client of an engine on this machine is Buildah, which builds and pushes images but runs none. Install "
    "Docker or Podman, or use `--local`.",
)
IMAGE_NAME_MISSING = Code(
    "image-name-missing",
    "error",
    "An image is pushed under a name that says where to: REGISTRY/REPOSITORY, with a tag if you like. Give it as the "
    "argument of `cogc push`, or once and for all as `image:` in cog.yaml.",
)
LOGIN_NEEDED = Code(
    "login-needed",
    "error",
    "The registry wants to know who you are. Log in with `cogc login REGISTRY`; the password goes to docker's "
    "credential store, from which a push takes it.",
)
LOGIN_FAILED = Code(
    "login-failed",
    "error",
    "The registry does not accept this name and password or token; the message is its own. Tokens expire, and some "
    "registries want a certain name beside one: give it with `--username`.",
)
PUSH_DENIED = Code(
    "push-denied",
    "error",
    "The registry knows you, but you may not push to this repository; or it is not there, and the registry makes none "
    "by itself. Check the name, and the rights of the account or token. A name without a registry goes to Docker Hub.",
)
REGISTRY_FULL = Code(
    "registry-full",
    "error",
    "There is no space left: in the registry, or on this machine for the engine's own files. Make room, and push "
    "again: the layers that arrived are not sent twice. `docker system prune` removes what the engine no longer needs.",
)
PUSH_FAILED = Code(
    "push-failed",
    "error",
    "The image could not be pushed; the message is the engine's own. Faults of the network were tried again first. "
    "The layers that arrived are not sent twice when you push again.",
)
OPENAPI_FILE = Code(
    "openapi-file",
    "error",
    "`--openapi-schema` (or COG_OPENAPI_SCHEMA) names a ready OpenAPI document, as `cogc schema` prints one. It is "
    "kept as a label of the image, from which `cogc predict IMAGE` and others learn what the model takes.",
)
