from itertools import count

from creasol.foundation.text import fold
from creasol.portal.enums import EntryKind
from creasol.portal.models import PreparedStep, SearchEntry, SearchToken
from creasol.portal.words import names

numbers = count(1)


def make_prepared_step(**over):
    return PreparedStep.objects.create(**{"name": f"step-{next(numbers)}", "version": "1"} | over)


def make_search_entry(**over):
    title = over.pop("title", "Seclin")
    key = over.pop("key", f"{next(numbers):05}")
    fields = {
        "id": f"{over.get('kind', EntryKind.COMMUNE)}:{key}",
        "kind": EntryKind.COMMUNE,
        "page": key,
        "title": title,
        "folded": fold(title),
    }
    entry = SearchEntry.objects.create(**fields | over)
    for word in names(title):
        make_search_token(entry=entry, token=word)
    return entry


def make_search_token(**over):
    entry = over.pop("entry", None) or make_search_entry()
    return SearchToken.objects.create(**{"entry": entry, "token": f"word{next(numbers)}"} | over)
