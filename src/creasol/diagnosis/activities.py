"""The sections of NAF rév. 2 in few words and both languages, short enough for a bar's label."""

from django.utils.translation import gettext_lazy as _

from creasol.network.activities import section_of

SECTIONS = {
    "A": _("Agriculture, forestry and fishing"),
    "B": _("Mining and quarrying"),
    "C": _("Manufacturing"),
    "D": _("Electricity, gas and steam"),
    "E": _("Water, sanitation, waste"),
    "F": _("Construction"),
    "G": _("Trade and repair of vehicles"),
    "H": _("Transport and storage"),
    "I": _("Accommodation and food service"),
    "J": _("Information and communication"),
    "K": _("Finance and insurance"),
    "L": _("Real estate"),
    "M": _("Professional, scientific and technical activities"),
    "N": _("Administrative and support services"),
    "O": _("Public administration"),
    "P": _("Education and training"),
    "Q": _("Health and social work"),
    "R": _("Arts, shows, sport and recreation"),
    "S": _("Associations and other services"),
    "T": _("Households as employers"),
    "U": _("Extra-territorial organisations"),
    "": _("Activity not published"),
}


def divisions_of(section: str) -> tuple[str, ...]:
    """Return the divisions (two digits) of a section, none for an unknown one.

    >>> divisions_of("Q")
    ('86', '87', '88')
    """
    return tuple(
        f"{number:02}" for number in range(1, 100) if section and section_of(f"{number:02}") == section
    )
