"""Models and migrations say the same."""

import pytest
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


def test_a_missing_migration_is_seen():
    loader = MigrationLoader(None)
    today = loader.project_state()
    today.remove_field("territories", "commune", "postcodes")
    changes = MigrationAutodetector(loader.project_state(), today).changes(graph=loader.graph)
    assert [type(one).__name__ for one in changes["territories"][0].operations] == ["RemoveField"]
