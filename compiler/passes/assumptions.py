"""Builds that no row has and that are taken to exist: newer releases, other CUDA builds, builds of an own index."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..ir.rows import GpuRelease, TensorFlow, TorchBuild, is_version, minor, version
from ..ir.space import TORCH_FAMILY, Ask

if TYPE_CHECKING:
    from packaging.specifiers import Specifier
    from packaging.version import Version

_OFFICIAL = "https://download.pytorch.org/whl/{}/"
_LOWER_BOUNDS = ("==", "===", ">=", "~=")


def with_assumed_torch(
    known: tuple[TorchBuild, ...], asks: tuple[Ask, ...], own_index: bool, cuda: str
) -> tuple[TorchBuild, ...]:
    """The known builds, and those that have to be assumed for these lines and a stated CUDA, or a blank."""
    builds = known
    for release in _unknown(tuple(build.release for build in known), asks, "torch", own_index):
        builds += tuple(_like(build, release) for build in _nearest(known, release))
    builds += tuple(_cpu_builds(builds))
    builds += tuple(_with_companion(known, asks))
    return builds + tuple(_flavoured(builds, {*_local_parts(asks), *_likely(known, cuda)}))


def with_assumed_tensorflow(
    known: tuple[TensorFlow, ...], asks: tuple[Ask, ...], own_index: bool
) -> tuple[TensorFlow, ...]:
    """The known releases, and those newer ones that the lines name."""
    newest = max(known, key=lambda row: version(row.release))
    names = _unknown(tuple(row.release for row in known), asks, "tensorflow", own_index)
    return known + tuple(replace(newest, release=release, assumed=True) for release in names)


def with_assumed_releases(known: tuple[GpuRelease, ...], asks: tuple[Ask, ...]) -> tuple[GpuRelease, ...]:
    """The known releases, and those newer ones that the lines name."""
    newest = [row for row in known if row.release == known[-1].release]
    names = _unknown(tuple(row.release for row in known), asks, known[0].package, own_index=False)
    return known + tuple(replace(row, release=release, assumed=True) for release in names for row in newest)


def is_older_than(asks: tuple[Ask, ...], known: tuple[GpuRelease, ...]) -> bool:
    """Whether the lines ask for nothing but releases that were there before the oldest known one."""
    oldest = version(known[0].release)
    bounds = (found for ask in asks for found in ask.specifier if is_version(found.version))
    return any(found.operator in ("==", "<", "<=", "~=") and _below(found, oldest) for found in bounds)


def _below(bound: "Specifier", oldest: "Version") -> bool:
    stated = version(bound.version)
    return stated <= oldest if bound.operator == "<" else stated < oldest


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


def _with_companion(known: tuple[TorchBuild, ...], asks: tuple[Ask, ...]) -> Iterator[TorchBuild]:
    """A newer torchvision than all known ones is for the newest torch, or for one that is not known either."""
    newest = known[-1].release
    companions = tuple(release for build in known for release in build.torchvision)
    for release in _unknown(companions, asks, "torchvision", own_index=False):
        for build in (build for build in known if build.release == newest):
            both = (build, _official(build, ""))
            yield from (replace(like, torchvision=(release,), assumed=TORCH_FAMILY) for like in both)


def _local_parts(asks: tuple[Ask, ...]) -> set[str]:
    """The CUDAs that local parts name: `12.6` for `+cu126`."""
    local = {version(ask.pin).local or "" for ask in asks if ask.pin and ask.name in TORCH_FAMILY}
    return {f"{text[2:-1]}.{text[-1]}" for text in local if re.fullmatch(r"cu[1-9]\d{2}", text)}


def _likely(known: tuple[TorchBuild, ...], cuda: str) -> set[str]:
    """The stated CUDA, if it is not older than those that the newest release with several builds was made for."""
    listed = [build for build in known if build.cuda and build.index]
    oldest = min((build.cuda for build in listed if build.release == listed[-1].release), key=version, default="")
    return {minor(cuda)} if cuda and oldest and version(minor(cuda)) >= version(oldest) else set()


def _flavoured(builds: tuple[TorchBuild, ...], cudas: set[str]) -> Iterator[TorchBuild]:
    """Other CUDA builds of releases of which only the default wheel is known: which others there are is not known."""
    listed = {build.release for build in builds if build.cuda and (build.index or build.links)}
    for build in builds:
        if build.cuda and build.release not in listed:
            yield from (_official(build, cuda) for cuda in sorted(cudas - {build.cuda}))


def _official(build: TorchBuild, cuda: str) -> TorchBuild:
    assumed = tuple(dict.fromkeys((*build.assumed, "torch")))
    other = replace(build, cuda=cuda, index="", links="", assumed=assumed)
    return replace(other, local=other.flavour, index=_OFFICIAL.format(other.flavour))
