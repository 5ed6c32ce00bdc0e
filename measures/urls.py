from django.urls import path
from django.utils.translation import pgettext_lazy

from . import views

app_name = "measures"
urlpatterns = [
    path(
        pgettext_lazy("url", "goals-and-measures/<slug:goal>/<slug:objective>/<slug:measure>/"),
        views.detail,
        name="detail",
    ),
    path(pgettext_lazy("url", "projects/"), views.project_list, name="project-list"),
    path(
        pgettext_lazy("url", "projects/<slug:project>/"),
        views.project_detail,
        name="project-detail",
    ),
]
