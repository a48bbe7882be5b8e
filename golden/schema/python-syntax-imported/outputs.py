class Output
    text: str
