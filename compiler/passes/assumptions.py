"""Builds that no row has and that are taken to exist: newer releases, CPU builds, builds of an own index."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..ir.rows import TensorFlow, TorchBuild, is_version, version
from ..ir.space import TORCH_FAMILY, Ask

_OFFICIAL = "https://download.pytorch.org/whl/{}/"
_LOWER_BOUNDS = ("==", "===", ">=", "~=")


def with_assumed_torch(known: tuple[TorchBuild, ...], asks: tuple[Ask, ...], own_index: bool) -> tuple[TorchBuild, ...]:
    """The known builds, and those that have to be assumed for these lines."""
    builds = known
    for release in _unknown(tuple(build.release for build in known), asks, "torch", own_index):
        builds += tuple(_like(build, release) for build in _nearest(known, release))
    builds += tuple(_cpu_builds(builds))
    return builds + tuple(_flavoured(builds, asks))


def with_assumed_tensorflow(
    known: tuple[TensorFlow, ...], asks: tuple[Ask, ...], own_index: bool
) -> tuple[TensorFlow, ...]:
    """The known releases, and those newer ones that the lines name."""
    newest = max(known, key=lambda row: version(row.release))
    names = _unknown(tuple(row.release for row in known), asks, "tensorflow", own_index)
    return known + tuple(replace(newest, release=release, assumed=True) for release in names)


def _unknown(known: tuple[str, ...], asks: tuple[Ask, ...], name: str, own_index: bool) -> tuple[str, ...]:
    """The releases of a package that lines name and no row has; below the newest only an own index has more."""
    versions = {version(release) for release in known}
    newest = max(versions)
    named = {public for ask in asks if ask.name == name for public in _named(ask)}
    fresh = (text for text in named if version(text) not in versions)
    return tuple(sorted((text for text in fresh if own_index or version(text) > newest), key=version))


def _named(ask: Ask) -> Iterator[str]:
    for specifier in ask.specifier:
        if specifier.operator in _LOWER_BOUNDS and is_version(specifier.version):
            yield version(specifier.version).public


def _nearest(known: tuple[TorchBuild, ...], release: str) -> tuple[TorchBuild, ...]:
    """The builds of the newest known release that is not above this one, or of the oldest."""
    below = [build.release for build in known if version(build.release) <= version(release)]
    nearest = max(below, key=version) if below else min((build.release for build in known), key=version)
    return tuple(build for build in known if build.release == nearest)


def _like(build: TorchBuild, release: str) -> TorchBuild:
    """Nothing is known of its companions."""
    return replace(build, release=release, torchvision=(), torchaudio=(), assumed=TORCH_FAMILY)


def _cpu_builds(builds: tuple[TorchBuild, ...]) -> Iterator[TorchBuild]:
    """The official CPU index has had each release so far."""
    have = {build.release for build in builds if not build.cuda}
    for build in {build.release: build for build in builds if build.release not in have}.values():
        yield _official(build, "")


def _flavoured(builds: tuple[TorchBuild, ...], asks: tuple[Ask, ...]) -> Iterator[TorchBuild]:
    """`+cu126` on a release of which only the default wheel is known: the line says that there is such a build."""
    local = {version(ask.pin).local or "" for ask in asks if ask.pin and ask.name in TORCH_FAMILY}
    cudas = {f"{text[2:-1]}.{text[-1]}" for text in local if re.fullmatch(r"cu[1-9]\d{2}", text)}
    listed = {build.release for build in builds if build.cuda and (build.index or build.links)}
    for build in builds:
        if build.cuda and build.release not in listed:
            yield from (_official(build, cuda) for cuda in sorted(cudas - {build.cuda}))


def _official(build: TorchBuild, cuda: str) -> TorchBuild:
    assumed = tuple(dict.fromkeys((*build.assumed, "torch")))
    other = replace(build, cuda=cuda, index="", links="", assumed=assumed)
    return replace(other, local=other.flavour, index=_OFFICIAL.format(other.flavour))
