print("while importing")
raise ImportError("a package is missing")
