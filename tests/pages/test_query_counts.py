"""A page asks the database as often for thirty records as for one, and at most fifteen times."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Role
from tests import factories as make

from .scenery import DETAILS, FIXED, FOR_STAFF, addresses, build, grow, public_routes

# The pages are counted once for all tests of this file.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("query-counts")]

MOST_QUERIES = 15
MORE = 29
ROUTES = [*FIXED, *DETAILS]
EXTRA = {
    "tree, filtered": "/en/goals-and-measures/?q=measure&status=in_progress&organisation=office",
    "search": "/en/search/?q=measure",
    "sitemap": "/sitemap.xml",
}


@contextmanager
def kept_apart(blocker):
    """Let a fixture of the module write, and undo it in the end."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def count_queries(client: Client, paths: dict[str, str]) -> dict[str, int]:
    counts = {}
    for name, path in paths.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path
        counts[name] = len(queries)
    return counts


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """Queries by page as (for one record of each kind, for thirty), for a reader and an editor."""
    with kept_apart(django_db_blocker):
        scenery = build()
        paths = addresses(scenery, "en") | EXTRA
        user = make.MembershipFactory(role=Role.CHIEF_EDITOR, organisation=None).user
        reader, editor = Client(), Client()
        editor.force_login(user)
        few = count_queries(reader, paths), count_queries(editor, paths)
        grow(scenery, MORE)
        many = count_queries(reader, paths), count_queries(editor, paths)
        yield {
            name: [(before[name], after[name]) for before, after in zip(few, many, strict=True)]
            for name in paths
        }


@pytest.mark.parametrize("page", [*ROUTES, *EXTRA])
def test_asks_as_often_for_thirty_as_for_one(counts, page):
    for few, many in counts[page]:
        assert few == many


@pytest.mark.parametrize("page", [*ROUTES, *EXTRA])
def test_asks_at_most_fifteen_times(counts, page):
    (_few, many), _editor = counts[page]

    assert many <= MOST_QUERIES


def test_counts_every_public_page():
    assert set(ROUTES) | FOR_STAFF == public_routes()
