"""Recipes -> a docker-bake file: one target for each platform's image, and one for its environment without source."""

import json
from typing import Any

from .docker import base_image_name, platform_image_name

FILE = "docker-bake.json"
ENVIRONMENT = "environment.Dockerfile"


def folder_of(platform: str) -> str:
    return platform.replace("/", "-")


def bake_json(image: str, platforms: tuple[str, ...]) -> str:
    """`image` is the name without a platform.

    Steps that two targets share are made once: BuildKit knows them by what they do.
    """
    models = {f"model{_suffix(platform, platforms)}": _model(image, platform, platforms) for platform in platforms}
    environments = {
        f"environment{_suffix(platform, platforms)}": _environment(image, platform, platforms) for platform in platforms
    }
    groups = {"default": {"targets": [*models]}, "environments": {"targets": [*environments]}}
    return json.dumps({"group": groups, "target": {**models, **environments}}, indent=2) + "\n"


def _model(image: str, platform: str, platforms: tuple[str, ...]) -> dict[str, Any]:
    context = {"context": folder_of(platform), "dockerfile": "Dockerfile", "platforms": [platform]}
    return {**context, "tags": [_name(image, platform, platforms)]}


def _environment(image: str, platform: str, platforms: tuple[str, ...]) -> dict[str, Any]:
    tags = [base_image_name(_name(image, platform, platforms))]
    return {**_model(image, platform, platforms), "dockerfile": ENVIRONMENT, "tags": tags}


def _name(image: str, platform: str, platforms: tuple[str, ...]) -> str:
    """An engine keeps one image under a name."""
    return platform_image_name(image, platform) if len(platforms) > 1 else image


def _suffix(platform: str, platforms: tuple[str, ...]) -> str:
    return f"-{platform.rpartition('/')[2]}" if len(platforms) > 1 else ""
