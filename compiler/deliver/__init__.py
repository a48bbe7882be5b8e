"""Effects: writing artifacts, driving an engine, serving on the host."""
