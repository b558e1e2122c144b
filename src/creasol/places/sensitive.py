"""Words that announce data the law protects more than others (GDPR, articles 9 and 10).

They are pointed out to whoever asks, and never refused: whether « régime alimentaire » is a matter of health or of
taste, only a person can tell.
"""

import re

from creasol.foundation.text import fold

STEMS = (
    # health
    "sante", "maladi", "malade", "medica", "medecin", "handicap", "invalid", "rqth", "aah", "allerg", "traitement",
    "enceinte", "grossesse", "addict", "psych", "regime alimentaire", "vaccin",
    # beliefs
    "religi", "croyan", "confession", "culte", "halal", "casher", "kascher", "philosophi",
    # opinions, trade unions
    "politi", "parti", "opinion", "vote", "votez", "syndic", "syndiq", "militant",
    # origin
    "origine", "nationalit", "ethni", "race", "racial", "pays de naissance", "titre de sejour",
    # life
    "sexe", "sexu", "genre", "casier judiciaire", "condamn", "empreinte",
)  # fmt: skip
WHOLE = {"parti", "vote", "votez", "race", "sexe", "genre", "aah"}
"""Stems that are words by themselves: « parti » is one, « participer » is another."""


def sensitive_words(*texts: str) -> tuple[str, ...]:
    """Return the words of ``texts``, as written, that announce sensitive data; once each, in their order."""
    found: dict[str, None] = {}
    for text in texts:
        words = re.findall(r"[^\W_]+", text)
        folded = [fold(word) for word in words]
        for start in range(len(words)):
            for stem in STEMS:
                length = stem.count(" ") + 1
                said = " ".join(folded[start : start + length])
                if said in {stem, f"{stem}s"} if stem in WHOLE else said.startswith(stem):
                    found[" ".join(words[start : start + length])] = None
    return tuple(found)
