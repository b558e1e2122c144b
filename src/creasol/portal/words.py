"""Words as the search knows them: folded, short, with their stems; alike for what is kept and asked."""

from functools import lru_cache

import snowballstemmer

from creasol.foundation.text import fold

LONGEST = 40
MOST = 8
LONGEST_QUESTION = 300
SHORTEST_PREFIX = 2
EMPTY_WORDS = frozenset(("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lez"))
SAME_WORDS = {"st": "saint", "ste": "sainte"}
_STEMMERS = (snowballstemmer.stemmer("french"), snowballstemmer.stemmer("english"))


@lru_cache(maxsize=4096)
def stems(word: str) -> frozenset[str]:
    """Return the French and the English stem of a folded ``word``.

    >>> sorted(stems("cooperatives"))
    ['cooper']
    """
    return frozenset(stemmer.stemWord(word)[:LONGEST] for stemmer in _STEMMERS)


def names(*texts: str) -> set[str]:
    """Return the words under which proper names are kept: folded, unstemmed.

    >>> sorted(names("Noyelles-lès-Seclin", "59139"))
    ['59139', 'noyelles', 'seclin']
    """
    return {word[:LONGEST] for text in texts for word in fold(text).split()} - EMPTY_WORDS


def prose(*texts: str) -> set[str]:
    """Return the words under which sentences are kept: folded, and their stems."""
    found = names(*texts)
    return found.union(*(stems(word) for word in found))


def asked(text: str) -> list[str]:
    r"""Return the folded words of a question, in order, at most ``MOST``; any text will do.

    >>> asked("L’épicerie de St-Pol\x00")
    ['epicerie', 'st', 'pol']
    """
    words = [word[:LONGEST] for word in fold(text[:LONGEST_QUESTION]).split()]
    return [word for word in words if word not in EMPTY_WORDS][:MOST]


def alternatives(word: str) -> set[str]:
    """Return the tokens that answer a word asked: itself, its stems, the word it abbreviates."""
    return {word, SAME_WORDS.get(word, word), *stems(word)}
