from cog import ExperimentalFeatureWarning, Path


def train(data: Path) -> Path:
    return data
