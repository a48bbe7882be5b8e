from .outputs import Output
