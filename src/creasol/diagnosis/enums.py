from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    POPULATIONS = "populations", _("Legal populations (INSEE)")
    COMPARATOR = "comparateur", _("Territory comparator (INSEE)")
    FACILITIES = "bpe", _("Permanent facilities database, BPE (INSEE)")
    SIRENE = "sirene", _("SIRENE register of establishments (INSEE)")
    OUTLINES = "outlines", _("Outlines of communes")


class ImportState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("import", "waiting")
    RUNNING = "running", pgettext_lazy("import", "running")
    DONE = "done", pgettext_lazy("import", "done")
    FAILED = "failed", pgettext_lazy("import", "failed")
    INTERRUPTED = "interrupted", pgettext_lazy("import", "interrupted")


IMPORT_TRANSITIONS = {
    ImportState.WAITING: {ImportState.RUNNING, ImportState.INTERRUPTED},
    # running again: the worker died and its job was taken up by another
    ImportState.RUNNING: {ImportState.RUNNING, ImportState.DONE, ImportState.FAILED, ImportState.INTERRUPTED},
    ImportState.DONE: set(),
    ImportState.FAILED: set(),
    ImportState.INTERRUPTED: set(),
}


class PerimeterMode(models.TextChoices):
    INSEE = "insee", _("INSEE: legal categories")
    LAW_2014 = "law-2014", _("Law of 2014: legal categories and flagged companies")


class Family(models.TextChoices):
    ASSOCIATION = "association", _("associations")
    COOPERATIVE = "cooperative", _("cooperatives")
    MUTUAL = "mutuelle", _("mutuals")
    FOUNDATION = "fondation", _("foundations")
    COMPANY = "entreprise", _("ESS companies")


class Measure(models.TextChoices):
    """What an observation counts, beside the years of population of the comparator and the codes of the BPE.

    Populations of several years come in one comparator, hence their year in the measure (population_2018);
    facilities are counted under their type (D265) and their domain (D).
    """

    POPULATION = "population", _("inhabitants")
    AREA = "area_km2", _("area in km²")
    JOBS = "jobs", _("jobs at the place of work")
    EMPLOYERS = "employers", _("employer establishments")


POPULATION_OF_YEAR = "population_"


class Domain(models.TextChoices):
    """Domains of facilities (BPE)."""

    SERVICES = "A", _("Services for individuals")
    SHOPS = "B", _("Shops")
    EDUCATION = "C", _("Education")
    HEALTH = "D", _("Health and social action")
    TRANSPORT = "E", _("Transport and travel")
    LEISURE = "F", _("Sport, leisure and culture")
    TOURISM = "G", _("Tourism")


class Age(models.TextChoices):
    """Ages of an establishment, in full years at the date of the register."""

    UNDER_3 = "0-2", _("under 3 years")
    UNDER_10 = "3-9", _("3 to 9 years")
    UNDER_20 = "10-19", _("10 to 19 years")
    UNDER_40 = "20-39", _("20 to 39 years")
    OLDER = "40-", _("40 years and more")
    UNKNOWN = "unknown", _("date not published")


class Aggregation(models.TextChoices):
    """How the values of communes make that of a territory."""

    SUM = "sum", _("added up")
    MEAN = "mean", _("mean, weighted by inhabitants")


class Inscription(models.TextChoices):
    """How an establishment came to be an organisation of the directory."""

    CREATED = "created", _("registered from the register")
    KNOWN = "known", _("already in the directory")


class Verdict(models.TextChoices):
    """What a count says against the rate of others."""

    THIN = "thin", _("proven lower")
    ALIKE = "alike", _("no proven difference")
    AMPLE = "ample", _("proven higher")
    UNSURE = "unsure", _("cannot tell: numbers too small")


class ThinKind(models.TextChoices):
    """What may be thin somewhere."""

    FACILITIES = "facilities", _("Facilities")
    ACTIVITIES = "activities", _("Activities")


class FeatureName(models.TextChoices):
    """What territories are compared by, to find those that are like one another."""

    POPULATION = "population", _("Inhabitants")
    DENSITY = "density", _("Inhabitants per km²")
    SURROUNDINGS = "surroundings", _("People living within 15 km")
    CONCENTRATION = "concentration", _("Part of the inhabitants in the largest commune")
    JOBS = "jobs", _("Jobs per 1,000 inhabitants")
    EMPLOYERS = "employers", _("Employer establishments per 1,000 inhabitants")
    CHANGE = "change", _("Yearly change in inhabitants")


class Level(models.TextChoices):
    """Among whom comparable territories are looked for."""

    COMMUNE = "commune", _("communes of France")
    EPCI = "epci", _("intercommunal bodies of France")
    DEPARTMENT = "department", _("départements of France")
    REGION = "region", _("regions of France")
    DEFINED = "defined", _("territories defined here")


class Change(models.TextChoices):
    """What became of an establishment between two vintages of the register."""

    APPEARED = "appeared", pgettext_lazy("establishment", "appeared")
    DISAPPEARED = "disappeared", pgettext_lazy("establishment", "disappeared")
    MOVED_IN = "moved-in", _("moved here from elsewhere")
    MOVED_OUT = "moved-out", _("moved elsewhere")
    MOVED_WITHIN = "moved-within", _("moved within the territory")
    COUNTED = "counted", _("counted as ESS since")
    UNCOUNTED = "uncounted", _("no longer counted as ESS")
