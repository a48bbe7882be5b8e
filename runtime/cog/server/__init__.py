"""The HTTP server. It runs in its own process, with its own packages; model code imports only `exceptions`."""
