"""How the figures of a document are made, in plain words."""

from django.utils.translation import gettext as _

from creasol.diagnosis.figures import Diagnosis

from .schema import Method


def methods_of(found: Diagnosis) -> tuple[Method, ...]:
    """Return what a reader must know to judge the figures of ``found``."""
    said = [
        Method(
            title=_("What is counted as social and solidarity economy"),
            text=_("%(definition)s Version %(version)s of the perimeter.")
            % {"definition": found.perimeter.definition, "version": found.perimeter.version},
        ),
        Method(
            title=_("Employer establishments"),
            text=_(
                "An establishment is a place of work: one organisation may have several. It counts when it is active "
                "and employs somebody. Natural persons are never counted one by one."
            ),
        ),
        Method(
            title=_("Jobs as a range"),
            text=_(
                "The register gives the size of an establishment as a band, such as 3 to 5 employees. The jobs of a "
                "territory are therefore between the sum of the least and the sum of the most."
            ),
        ),
        Method(
            title=_("Shares and ranks"),
            text=_(
                "A share or a rank is always among named territories, at the date of its source. A number that no "
                "imported source gives is said not available: it is never shown as 0."
            ),
        ),
        Method(
            title=_("Specialisation"),
            text=_(
                "A quotient of 1 means the same weight as in the reference, of 2 twice that weight. Where the interval "
                "holds 1, the difference may be due to chance."
            ),
        ),
        Method(
            title=_("Comparable territories"),
            text=_(
                "Territories of the same level, the nearest by their inhabitants, density, surroundings, jobs and "
                "employers, each measured in standard deviations so that none weighs more for its unit. What is judged "
                "afterwards, facilities and social economy, plays no part in the choice."
            ),
        ),
        Method(
            title=_("What is lacking"),
            text=_(
                "A facility or an activity is said to be lacking when its number is lower than the rate of the "
                "reference would give, beyond what chance explains (exact Poisson test), with at most one announcement "
                "in forty expected to be wrong among all those made. Where numbers are too small, nothing is said. "
                "What is lacking is the number that would bring the territory to the rate of the reference."
            ),
        ),
    ]
    if found.synthetic:
        said.append(
            Method(
                title=_("Example data, synthetic"),
                text=_(
                    "Some figures of this diagnosis come from data made by the software to show how it works. Each of "
                    "them says so where its source is named."
                ),
            )
        )
    return tuple(said)
