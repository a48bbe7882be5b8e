"""Places that weights come from, a file each; all of them are read through `Source`."""
