"""Build secrets: those that commands of cog.yaml mount, and those that were handed in."""

import os
from pathlib import Path

from ..ir.codes.delivery import SECRET_FORMAT, SECRET_MISSING, SECRET_UNUSED
from ..ir.diagnostic import Diagnostic, Report
from ..ir.spec import SecretMount, Spec

# What docker's client reads.
_FIELDS = {"env", "id", "source", "src", "type"}


def check_secrets(spec: Spec, given: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """Warnings; raises CompileError (`secret-format`, `secret-missing`) before anything is built."""
    report = Report()
    options = [_options(text) for text in given]
    mounts = [mount for command in (*spec.pre_install, *spec.run) for mount in command.mounts]
    for text, fields in zip(given, options, strict=True):
        report.add(*_faults(text, fields))
    ids = {fields.get("id", "") for fields in options}
    report.add(*(_missing(mount) for mount in mounts if mount.id not in ids))
    for name in sorted(ids - {mount.id for mount in mounts} - {""}):
        report.add(SECRET_UNUSED.bare(f"no command of {spec.config.name} mounts the secret {name!r}"))
    report.stop_on_errors()
    return tuple(report.diagnostics)


def _options(text: str) -> dict[str, str]:
    return {name: value for name, _, value in (part.partition("=") for part in text.split(","))}


def _faults(text: str, fields: dict[str, str]) -> list[Diagnostic]:
    path = fields.get("src") or fields.get("source")
    advice = "write it as id=NAME,src=FILE or id=NAME,env=VARIABLE"
    if not fields.get("id"):
        return [SECRET_FORMAT.bare(f"the secret {text!r} has no id", help=advice)]
    if unknown := sorted(fields.keys() - _FIELDS):
        return [SECRET_FORMAT.bare(f"the secret {fields['id']!r} has an unknown part {unknown[0]!r}", help=advice)]
    if path and not Path(path).is_file():
        return [SECRET_FORMAT.bare(f"the file of the secret {fields['id']!r} does not exist: {path}")]
    if fields.get("env") and fields["env"] not in os.environ:
        return [SECRET_FORMAT.bare(f"the variable of the secret {fields['id']!r} is not set: {fields['env']}")]
    return []


def _missing(mount: SecretMount) -> Diagnostic:
    advice = f"hand it in with --secret id={mount.id},src=FILE"
    return SECRET_MISSING.at(mount.span, f"the secret {mount.id!r} was not handed in", help=advice)
