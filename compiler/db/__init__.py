"""The compatibility database kept up to date: rows read from the wheels of a package index."""
