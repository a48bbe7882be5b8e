from cog import File, Input


class Trainer:
    def train(self, text: str, mode: str = Input(choices=["short", "long"], default="short")) -> File:
        return open("weights")
