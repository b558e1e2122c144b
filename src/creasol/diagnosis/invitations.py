"""The list of whom to invite, as sheets: one of organisations, one of the people who speak for them. Staff only."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from creasol.foundation.spreadsheets import Sheet

from .models import MobilisationLine


def invitation_sheets(lines: Iterable[MobilisationLine]) -> list[Sheet]:
    """Return the sheets of lines that hold their organisation and its ``speakers`` (mandates with a person)."""
    lines = list(lines)
    return [organisations_sheet(lines), people_sheet(lines)]


def organisations_sheet(lines: Sequence[MobilisationLine]) -> Sheet:
    """Return one row for each organisation, with everybody who speaks for it."""
    header = [
        _("organisation"), _("SIRET"), _("activity"), _("INSEE code"), _("commune"), _("address"),
        _("e-mail of the organisation"), _("telephone of the organisation"), _("website"),
        _("people with a mandate"), _("e-mail of these people"), _("telephone of these people"), _("remark"),
        _("made-up example"),
    ]  # fmt: skip
    rows = []
    for line in lines:
        organisation = line.organisation
        people = [mandate.person for mandate in organisation.speakers]
        rows.append(
            [
                organisation.name,
                organisation.siret,
                organisation.activity,
                organisation.commune_id,
                organisation.commune.name if organisation.commune else None,
                organisation.address,
                organisation.email,
                organisation.phone,
                organisation.website,
                "; ".join(person.name for person in people),
                "; ".join(person.email for person in people if person.email),
                "; ".join(person.phone for person in people if person.phone),
                line.remark,
                _("yes") if organisation.is_example else _("no"),
            ]
        )
    return Sheet(_("Organisations"), header, rows)


def people_sheet(lines: Sequence[MobilisationLine]) -> Sheet:
    """Return one row for each person who speaks for an organisation."""
    header = [_("person"), _("as"), _("organisation"), _("e-mail"), _("telephone")]
    rows = [
        [
            mandate.person.name,
            mandate.title,
            line.organisation.name,
            mandate.person.email,
            mandate.person.phone,
        ]
        for line in lines
        for mandate in line.organisation.speakers
    ]
    return Sheet(_("People"), header, rows)
