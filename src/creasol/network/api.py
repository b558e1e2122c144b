"""The directory for programs: public fields of listed organisations, never a person."""

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from .models import Organisation
from .queries.organisations import directory, listed_organisation

router = Router(tags=["organisations"])
MOST = 200


class OrganisationOut(Schema):
    """An organisation of the public directory."""

    slug: str
    name: str
    acronym: str
    siret: str | None
    activity_code: str
    activity: str
    commune_code: str | None
    commune: str | None
    website: str
    description: str
    example: bool

    @staticmethod
    def resolve_commune_code(organisation: Organisation) -> str | None:
        return organisation.commune_id

    @staticmethod
    def resolve_commune(organisation: Organisation) -> str | None:
        return organisation.commune.name if organisation.commune else None

    @staticmethod
    def resolve_example(organisation: Organisation) -> bool:
        return organisation.is_example


class OrganisationsOut(Schema):
    """Some organisations, and how many answer in all."""

    total: int
    organisations: list[OrganisationOut]


class Problem(Schema):
    """Why there is no answer."""

    detail: str | list[dict]


@router.get("/organisations", response={200: OrganisationsOut, 422: Problem}, summary="List organisations")
def list_organisations(
    request: HttpRequest,
    *,
    q: str = Query("", max_length=200, description="Words of the name, the activity or the commune"),
    commune: str = Query("", max_length=5, description="INSEE code of a commune"),
    section: str = Query("", max_length=1, description="Section of NAF rév. 2: a letter"),
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=1_000_000),
) -> dict:
    """Return the organisations of the public directory, by name."""
    found = directory(on=timezone.localdate(), text=q, commune=commune, section=section).organisations
    return {"total": found.count(), "organisations": list(found[offset : offset + limit])}


@router.get(
    "/organisations/{slug}", response={200: OrganisationOut, 404: Problem}, summary="One organisation"
)
def one_organisation(request: HttpRequest, slug: str) -> Organisation:
    """Return an organisation of the public directory."""
    try:
        return listed_organisation(slug.replace("\0", ""))  # PostgreSQL takes no NUL in a text
    except Organisation.DoesNotExist as error:
        raise Http404 from error
