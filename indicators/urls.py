from django.urls import path
from django.utils.translation import pgettext_lazy

from . import views

app_name = "indicators"
urlpatterns = [
    path(pgettext_lazy("url", "indicators/"), views.index, name="list"),
    path(pgettext_lazy("url", "indicators/<slug:indicator>/"), views.detail, name="detail"),
]
