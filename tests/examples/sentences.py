"""Six sentences, and for each the one that means nearly the same."""

SENTENCES = (
    "A kitten sleeps on the rug.",
    "The stock market fell sharply today.",
    "How do I reset my password?",
    "Share prices dropped steeply this afternoon.",
    "I cannot log in to my account any more.",
    "The cat is having a nap on the carpet.",
)
NEIGHBOURS = (5, 3, 4, 1, 2, 0)
