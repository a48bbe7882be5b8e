"""`python -m cogc` is the command line."""

from .start import main

main()
