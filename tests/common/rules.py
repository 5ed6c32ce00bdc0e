"""The named rules of the database, and how to tell which of them was broken."""

from django.apps import apps
from django.db import models

OUR_APPS = ("accounts", "common", "goals", "measures", "indicators", "consultation", "progress")


def our_constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    return {
        constraint.name: (model, constraint)
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }


def is_about(error: Exception, name: str) -> bool:
    """SQLite names the columns of a broken unique constraint, PostgreSQL its name."""
    model, constraint = our_constraints()[name]
    fields = [model._meta.get_field(field).column for field in getattr(constraint, "fields", ())]
    columns = ", ".join(f"{model._meta.db_table}.{column}" for column in fields)
    return name in str(error) or bool(columns and str(error).endswith(f"failed: {columns}"))
