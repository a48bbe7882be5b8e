from .limits import LARGEST

ALL = [256, LARGEST]
