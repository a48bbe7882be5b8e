"""RUN instructions: mounts and commands, each on a line of its own."""

_AND = " \\\n && "
_NEXT = " \\\n    "


def run(mounts: tuple[str, ...], commands: tuple[str, ...]) -> str:
    """One layer; it ends at the first command that fails."""
    return f"RUN {_NEXT.join((*mounts, _AND.join(commands)))}"


def words(*parts: str) -> str:
    """One command over several lines."""
    return _NEXT.join(part for part in parts if part)


def cache_mount(target: str) -> str:
    return f"--mount=type=cache,target={target}"


def bind_mount(source: str, target: str) -> str:
    """A file or folder of the context, for reading."""
    return f"--mount=type=bind,source={source},target={target}"
