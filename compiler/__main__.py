"""`python -m cogc` is the command line."""

from .cli import main

main(prog_name="cogc")
