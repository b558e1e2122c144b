"""What indicators ask of the facts, and the words said when the answer is not there."""

from django.utils.translation import gettext as _

from creasol.diagnosis.enums import Measure, Source
from creasol.diagnosis.rates import share

from .declaration import Answer, UnavailableError
from .facts import Count, Facts, Register

NAMED = 8


def not_imported(source: Source) -> str:
    """Return why a figure of ``source`` is not there, and what to do about it."""
    return _("not available: import “%(source)s”") % {"source": source.label}


def count(facts: Facts, measure: Measure) -> Count:
    """Return a number of the comparator or raise ``UnavailableError``."""
    if measure not in facts.counts:
        raise UnavailableError(facts.reasons.get(measure) or not_imported(Source.COMPARATOR))
    return facts.counts[measure]


def newest_population(facts: Facts) -> Count:
    """Return the population of the newest year that both the territory and its reference have."""
    if not facts.populations:
        raise UnavailableError(facts.reasons.get(Measure.POPULATION) or not_imported(Source.POPULATIONS))
    return facts.populations[max(facts.populations)]


def register(facts: Facts) -> Register:
    """Return what the register of establishments says, or raise ``UnavailableError``."""
    if facts.register is None:
        raise UnavailableError(facts.reasons.get(Source.SIRENE) or not_imported(Source.SIRENE))
    return facts.register


def register_of_reference(facts: Facts) -> Register:
    """Return the register when shares of the reference can be taken from it, or raise ``UnavailableError``."""
    whole_reference(facts)
    found = register(facts)
    if found.reference is None:
        words = {"reference": facts.reference_name}
        raise UnavailableError(
            _("not available: the register imported covers only a part of %(reference)s") % words
        )
    return found


def whole_reference(facts: Facts) -> None:
    """Refuse a share of a reference that is not named, or that does not hold the whole territory."""
    if not facts.reference_name:
        raise UnavailableError(_("not available: no reference territory"))
    if facts.outside:
        words = {"reference": facts.reference_name, "communes": names(facts.outside)}
        raise UnavailableError(_("not available: %(reference)s does not hold %(communes)s") % words)


def share_of_reference(facts: Facts, number: Count) -> float:
    """Return the territory's share of a number of its reference, or raise ``UnavailableError``."""
    whole_reference(facts)
    words = {"reference": facts.reference_name}
    if number.reference is None:
        raise UnavailableError(_("not available: this vintage knows only a part of %(reference)s") % words)
    value = share(number.territory, number.reference)
    if value is None:
        raise UnavailableError(_("not available: the total of %(reference)s is 0") % words)
    return value


def missing_note(number: Count) -> str:
    """Say which communes the dataset leaves out."""
    if not number.missing:
        return ""
    return _("without %(communes)s, unknown to this vintage") % {"communes": names(number.missing)}


def names(communes: tuple[str, ...]) -> str:
    """Return the names in one breath, the first ones and how many more."""
    named = ", ".join(communes[:NAMED])
    more = len(communes) - NAMED
    return _("%(named)s and %(more)d more") % {"named": named, "more": more} if more > 0 else named


def whole(number: Count) -> Answer:
    """Return a number without its fraction."""
    reference = None if number.reference is None else int(number.reference)
    return Answer(number.origin, int(number.territory), reference=reference, note=missing_note(number))
