"""What to try when a model's setup failed, from what it printed."""

import re

_ABOVE = "the lines above are what it printed"
_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([^'.]+)")
_NO_LIBRARY = re.compile(r"(?:ImportError|OSError): (\S+\.so\S*): cannot open shared object file")


def setup_advice(log: str) -> str:
    if module := _NO_MODULE.search(log):
        return f"add the package that has `{module[1]}` to build.python_packages; a module of yours, to the project"
    if library := _NO_LIBRARY.search(log):
        return f"add the Debian package that has {library[1]} to build.system_packages"
    return _ABOVE
