"""The diagnosis for programs: indicators, figures, establishments (organisations only) and datasets."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from creasol.foundation.spreadsheets import csv_file
from creasol.network.activities import activity_label

from . import exports
from .enums import Family, PerimeterMode, Source
from .figures import Diagnosis, diagnose
from .indicators import INDICATORS, Indicator, own_indicator
from .indicators.facts import OwnSource
from .models import Dataset, Establishment
from .queries.choices import Choice, ChoiceError, choose
from .queries.datasets import all_datasets
from .queries.establishments import establishments_of
from .queries.own import own_indicators, own_number

router = Router(tags=["diagnosis"])
MOST = 1_000
LONGEST_LIST = 12_000


class Problem(Schema):
    """Why there is no answer."""

    detail: Any


class IndicatorOut(Schema):
    """An indicator: what it says, in which unit, from which source."""

    key: str
    name: str
    definition: str
    unit: str
    block: str
    source: str | None
    counted: str
    chart: str

    @staticmethod
    def resolve_name(indicator: Indicator) -> str:
        return str(indicator.name)

    @staticmethod
    def resolve_definition(indicator: Indicator) -> str:
        return str(indicator.definition)

    @staticmethod
    def resolve_unit(indicator: Indicator) -> str:
        return indicator.unit.value

    @staticmethod
    def resolve_source(indicator: Indicator) -> str | None:
        source = indicator.source
        return source.label if isinstance(source, OwnSource) else source


class DatasetOut(Schema):
    """One vintage of one source; ``synthetic`` data are examples made by the software."""

    source: Source
    vintage: str
    title: str
    licence: str
    synthetic: bool
    rows_used: int
    imported_at: datetime


class CommuneOut(Schema):
    code: str
    name: str


class PlaceOut(Schema):
    """What is diagnosed; communes that somebody chose have no address."""

    name: str
    slug: str | None
    communes: list[CommuneOut]


class ReferenceOut(Schema):
    name: str
    slug: str
    code: str | None


class PerimeterOut(Schema):
    """What counts as social and solidarity economy."""

    mode: PerimeterMode
    version: str
    definition: str
    provisional: bool


class SecondPerimeterOut(Schema):
    """The other perimeter: the establishments that only one of the two counts, and the figures that differ."""

    perimeter: PerimeterOut
    only_first: int
    only_second: int
    figures: dict[str, dict[str, Any]]


class DiagnosisOut(Schema):
    """The figures by key of indicator; shares are between 0 and 1, a missing number comes with its ``reason``."""

    territory: PlaceOut
    reference: ReferenceOut | None
    perimeter: PerimeterOut
    synthetic: bool
    figures: dict[str, dict[str, Any]]
    second_perimeter: SecondPerimeterOut | None


class EstablishmentOut(Schema):
    """An employer establishment of an ESS organisation."""

    siret: str
    name: str
    family: Family
    legal_category: str
    activity_code: str
    activity: str
    size_band: str
    created_on: date | None
    commune_code: str
    commune: str
    vintage: str
    synthetic: bool

    @staticmethod
    def resolve_activity(establishment: Establishment) -> str:
        return activity_label(establishment.activity_code)

    @staticmethod
    def resolve_commune_code(establishment: Establishment) -> str:
        return establishment.commune_id

    @staticmethod
    def resolve_commune(establishment: Establishment) -> str:
        return establishment.commune.name

    @staticmethod
    def resolve_vintage(establishment: Establishment) -> str:
        return establishment.dataset.vintage

    @staticmethod
    def resolve_synthetic(establishment: Establishment) -> bool:
        return establishment.dataset.synthetic


class EstablishmentsOut(Schema):
    """Some establishments, and how many there are in all."""

    total: int
    establishments: list[EstablishmentOut]


class Question(Schema):
    """Which place: a territory by its address or official code, or communes by their codes."""

    territory: str = Query("", max_length=80, description="Address or code: couronne-sud-2011, 200093201")
    communes: str = Query("", max_length=LONGEST_LIST, description="INSEE codes, separated by commas")
    reference: str = Query("", max_length=80, description="Address or code of what to compare with")
    perimeter: PerimeterMode = Query(PerimeterMode.INSEE, description="What counts as ESS")


def understood(question: Question) -> Choice:
    """Return what is asked, or answer 404 with the reason."""
    try:
        return choose(
            slug=question.territory,
            communes=question.communes,
            reference=question.reference,
            perimeter=question.perimeter,
            strict=True,
        )
    except ChoiceError as reason:
        raise HttpError(404, str(reason)) from reason


def answered(question: Question) -> Diagnosis:
    """Return the diagnosis that is asked."""
    choice = understood(question)
    return diagnose(
        communes=choice.communes,
        reference=choice.reference,
        perimeter=choice.perimeter,
        territory=choice.territory,
    )


@router.get("/indicators", response=list[IndicatorOut], summary="Every indicator and its definition")
def list_indicators(request: HttpRequest) -> list[Indicator]:
    """Return the indicators in the order of the pages, then those that people added."""
    return [*INDICATORS, *(own_indicator(own_number(one)) for one in own_indicators())]


@router.get("/datasets", response=list[DatasetOut], summary="The official files imported here")
def list_datasets(request: HttpRequest) -> list[Dataset]:
    """Return each vintage of each source, with its licence."""
    return list(all_datasets())


@router.get(
    "/diagnosis", response={200: DiagnosisOut, 404: Problem, 422: Problem}, summary="The figures of a place"
)
def figures(request: HttpRequest, question: Query[Question]) -> dict:
    """Return every figure of a territory, or of any set of communes, against its reference."""
    return exports.document(answered(question))


@router.get(
    "/diagnosis.csv",
    response={200: None, 404: Problem, 422: Problem},
    summary="The figures of a place, as CSV",
)
def figures_as_csv(request: HttpRequest, question: Query[Question]) -> HttpResponse:
    """Return the same figures, one line each."""
    return csv_file("figures.csv", *exports.figures_sheet(answered(question)))


@router.get(
    "/establishments",
    response={200: EstablishmentsOut, 404: Problem, 422: Problem},
    summary="The ESS establishments of a place",
)
def list_establishments(
    request: HttpRequest,
    *,
    question: Query[Question],
    section: str = Query("", max_length=1, description="Section of NAF rév. 2: a letter"),
    family: Family | None = None,
    only: bool = Query(False, description="Only those that the other perimeter does not count"),
    limit: int = Query(100, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=10_000_000),
) -> dict:
    """Return the employer establishments of ESS organisations, by name; never a natural person."""
    choice = understood(question)
    found = establishments_of(
        choice.communes, choice.perimeter, section=section, family=family or "", only="1" if only else ""
    )
    return {"total": found.count(), "establishments": list(found[offset : offset + limit])}
