STYLES = ["photo", "sketch"]
