"""The nouns of the compiler, one file each; every stage makes one of them from the one before."""
