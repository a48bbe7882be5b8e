"""Property tests are not timed: the machines that run them are shared."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None, max_examples=1500)
settings.load_profile("untimed")
