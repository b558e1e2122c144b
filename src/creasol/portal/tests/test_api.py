import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import reverse
from hypothesis import HealthCheck, settings

from creasol.portal.actions import rebuild_index
from creasol.portal.api import api
from creasol.portal.reference import chapters, kind_of
from creasol.territories.tests.factories import make_commune, make_territory

pytestmark = pytest.mark.django_db
application = get_wsgi_application()
schema = schemathesis.openapi.from_dict(api.get_openapi_schema())


@pytest.fixture(autouse=True)
def one_connection():
    """The server lets its connection go after each answer; here it holds the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_schema_announces(case):
    case.call_and_validate(app=application)


@pytest.mark.parametrize(
    "question", ["'", '"', "%", "\x00", "🌱", "a" * 300, "'; DROP TABLE portal_searchtoken; --"]
)
def test_hostile_questions_are_answered(client, question):
    assert client.get("/api/search", {"q": question}).status_code == 200


def test_a_question_that_is_missing_or_too_long_is_refused(client):
    assert client.get("/api/search").status_code == 422
    assert client.get("/api/search", {"q": "a" * 301}).status_code == 422
    assert client.get("/api/search", {"q": "a", "kind": "person"}).status_code == 422


def test_the_search_answers_like_the_page(client):
    make_commune(name="Noyelles-lès-Seclin", code="59437", postcodes="59139")
    make_territory(name="Autour de Seclin", slug="autour-de-seclin")
    rebuild_index()
    assert client.get("/api/search", {"q": "Sécl", "kind": "commune"}).json() == {
        "question": "Sécl",
        "words": ["secl"],
        "total": 1,
        "pages": [
            {"kind": "commune", "title": "Noyelles-lès-Seclin", "detail": "59139", "url": "/communes/59437/"}
        ],
    }
    assert client.get("/api/search", {"q": "seclin"}).json()["total"] == 2


def test_the_schema_names_its_version_and_its_licence(client):
    told = client.get("/api/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert told["info"]["license"]["name"] == "Licence Ouverte 2.0"


def test_the_reference_is_a_plain_page_that_names_every_address(client):
    page = client.get(reverse("api:openapi-view"))
    text = page.content.decode()
    assert "<script>" not in text
    assert [path for path in api.get_openapi_schema()["paths"] if path not in text] == []
    assert client.get("/api/")["Location"] == "/api/docs"


def test_the_reference_is_read_from_the_schema():
    told = {
        "components": {"schemas": {"Kind": {"enum": ["a", "b"]}}},
        "paths": {
            "/api/things/{code}": {
                "get": {
                    "operationId": "thing",
                    "summary": "A thing",
                    "tags": ["things"],
                    "parameters": [
                        {"in": "path", "name": "code", "required": True, "schema": {"type": "string"}},
                        {
                            "in": "query",
                            "name": "kind",
                            "schema": {"anyOf": [{"$ref": "#/components/schemas/Kind"}]},
                        },
                    ],
                    "responses": {"200": {}, "404": {}},
                }
            }
        },
    }
    (chapter,) = chapters(told)
    (operation,) = chapter.operations
    assert (chapter.title, operation.method, operation.path) == ("things", "GET", "/api/things/{code}")
    assert [(one.name, one.place, one.kind, one.required) for one in operation.parameters] == [
        ("code", "path", "string", True),
        ("kind", "query", "a | b", False),
    ]
    assert operation.answers == (("200", "OK"), ("404", "Not Found"))


def test_the_type_of_a_parameter_in_words():
    assert kind_of({"type": "array", "items": {"type": "string"}}, {}) == "string …"
    assert kind_of({"anyOf": [{"type": "integer"}, {"type": "null"}]}, {}) == "integer"
