"""Groups of commands: a name that there is not is answered with the nearest that there is."""

import click


class NearGroup(click.Group):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, known = args[0], self.list_commands(ctx)
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from difflib import get_close_matches  # slow to import, for a path that is seldom taken

            near = get_close_matches(name, known, 1)
            ctx.fail(f"No such command {name!r}." + "".join(f" Did you mean {one!r}?" for one in near))
        return super().resolve_command(ctx, args)
