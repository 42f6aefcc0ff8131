"""Migrations of the portal's own apps have names and can be undone."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

OWN_APPS = {
    app.label
    for app in apps.get_app_configs()
    if (settings.BASE / app.name.partition(".")[0]).is_dir()
}
MIGRATIONS = [
    migration
    for (app, _name), migration in sorted(MigrationLoader(None).disk_migrations.items())
    if app in OWN_APPS
]


def test_finds_the_migrations_of_every_app_with_models():
    assert {migration.app_label for migration in MIGRATIONS} == {
        label for label in OWN_APPS if apps.get_app_config(label).models
    }


@pytest.mark.parametrize("migration", MIGRATIONS, ids=str)
def test_has_a_name_and_can_be_undone(migration: Migration):
    assert "_auto_" not in migration.name
    assert [operation for operation in migration.operations if not operation.reversible] == []
