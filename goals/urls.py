from django.urls import path
from django.utils.translation import pgettext_lazy

from . import views

app_name = "goals"
urlpatterns = [
    path(pgettext_lazy("url", "goals-and-measures/<slug:goal>/"), views.detail, name="detail"),
    path(
        pgettext_lazy("url", "goals-and-measures/<slug:goal>/<slug:objective>/"),
        views.objective_detail,
        name="objective-detail",
    ),
]
