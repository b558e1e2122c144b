"""Floors where imports do not show: foreign keys, addresses, templates, static files."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.source import Source, is_above, source, sources, templates

NAMES_A_PAGE = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
IN_TEMPLATES = re.compile(
    r"""\{%\s*url\s+['"](?P<url>\w+):"""
    r"""|\{%\s*(?:include|extends)\s+['"](?P<template>\w+)/"""
    r"""|\{%\s*static\s+['"](?P<static>\w+)/"""
)


def relations_upwards(model: type[models.Model]) -> list[str]:
    """Return the foreign keys of a model that point to an app above its own."""
    found = []
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        related = field.related_model
        label = related if isinstance(related, str) else related._meta.label if related else ""
        if is_above(model._meta.app_label, label.partition(".")[0]):
            found.append(f"{model._meta.label}.{field.name} points up to {label}")
    return found


def test_foreign_keys_point_downwards():
    assert [line for model in apps.get_models() for line in relations_upwards(model)] == []


@isolate_apps("creasol.jobs")
def test_a_foreign_key_upwards_is_seen():
    class Errand(models.Model):
        commune = models.ForeignKey("territories.Commune", on_delete=models.CASCADE)

        class Meta:
            app_label = "jobs"

        def __str__(self):
            return "errand"

    assert relations_upwards(Errand) == ["jobs.Errand.commune points up to territories.Commune"]


def names_upwards(one: Source) -> list[str]:
    """Return the addresses and templates of higher apps that a Python file names."""
    found = []
    for node in one.nodes:
        named = ""
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if function in NAMES_A_PAGE:
                named = str(node.args[0].value).partition(":")[0]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
            named = node.value.partition("/")[0]
        if is_above(one.app, named):
            found.append(f"{one.name}:{node.lineno} names {named}")
    return found


def test_python_names_pages_and_templates_downwards():
    assert [line for one in sources() for line in names_upwards(one)] == []


@pytest.mark.parametrize(
    "text",
    [
        'redirect("diagnosis:territory", slug)',
        'urls.reverse("portal:home")',
        'render(request, "diagnosis/territory.html", {})',
    ],
)
def test_a_page_or_template_of_a_higher_app_in_python_is_seen(text):
    assert len(names_upwards(source("territories/views.py", text))) == 1


def references_upwards(name: str, text: str) -> list[str]:
    """Return what a template takes from apps above its own: links, includes, parents, static files."""
    app = name.partition("/")[0]
    found = []
    for match in IN_TEMPLATES.finditer(text):
        other = next(group for group in match.groups() if group)
        if is_above(app, other):
            found.append(f"{name}: {match.group()}")
    return found


def test_templates_refer_downwards():
    assert [line for name, text in templates().items() for line in references_upwards(name, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        """<a href="{% url 'diagnosis:territory' slug %}">""",
        """{% include "portal/components/card.html" %}""",
        """{% extends 'network/page.html' %}""",
        """<img src="{% static 'portal/home.svg' %}">""",
    ],
)
def test_a_reference_upwards_in_a_template_is_seen(text):
    assert len(references_upwards("territories/templates/territories/page.html", text)) == 1


def test_references_downwards_are_no_fault():
    text = """{% extends "foundation/page.html" %}{% url "accounts:me" %}{% include "account/x.html" %}"""
    assert references_upwards("territories/templates/territories/page.html", text) == []
