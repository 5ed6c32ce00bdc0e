"""Addresses for machines: without a language of their own, as each file has one."""

from django.urls import re_path

from . import views
from .subjects import MODELS

LEVELS = "|".join(MODELS)
PATTERN = (
    rf"^charts/(?P<level>{LEVELS})-(?P<pk>[0-9]{{1,18}})"
    r"/(?P<kind>[a-z]{1,20})\.(?P<language>[a-z]{2})\.(?P<ending>svg|png|csv)$"
)
urlpatterns = [re_path(PATTERN, views.download, name="chart-file")]
