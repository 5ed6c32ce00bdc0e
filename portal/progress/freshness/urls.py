"""The addresses of the indicators, with the page about their data, which needs the whole portal."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from indicators import urls

from .views import data_status

app_name = urls.app_name
urlpatterns = [
    path(pgettext_lazy("url", "indicators/data-status/"), data_status, name="data-status"),
    *urls.urlpatterns,
]
