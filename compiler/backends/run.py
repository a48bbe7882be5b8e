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


def bind_mount(source: str, target: str, *options: str) -> str:
    """A file or folder of the context, for reading unless `options` say otherwise."""
    return ",".join(("--mount=type=bind", f"source={_quoted(source)}", f"target={_quoted(target)}", *options))


def _quoted(path: str) -> str:
    """Of what has a meaning in an instruction, only blanks can be in a path of the project."""
    return f'"{path}"' if " " in path else path


def copy(source: str, target: str) -> str:
    """The instruction for one path of the context."""
    return f'COPY ["{source}", "{target}"]' if " " in source + target else f"COPY {source} {target}"
