"""What counts as saying something: a reason is words, and a decision's reasons are a sentence."""

LEAST_HAN, LEAST_WORDS, LEAST_LETTERS = 5, 3, 3


def has_words(text: str | None) -> bool:
    """Whether a text says anything: one letter or digit at least, not only signs and blanks."""
    return any(letter.isalnum() for letter in text or "")


def is_a_sentence(text: str | None) -> bool:
    """Whether a text can be one full sentence (Art. 32, 38: a decision gives its reasons).

    Five Han characters or three words at least, and not one letter over and over.
    """
    letters = [letter for letter in text or "" if letter.isalnum()]
    if len(set(letters)) < LEAST_LETTERS:
        return False
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in letters)
    words = sum(has_words(word) for word in (text or "").split())
    return han >= LEAST_HAN or words >= LEAST_WORDS
