from django.urls import path
from django.utils.translation import pgettext_lazy

from . import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path(pgettext_lazy("url", "about-the-strategy/"), views.about, name="about"),
    path(pgettext_lazy("url", "goals-and-measures/"), views.tree, name="tree"),
    path(pgettext_lazy("url", "organisations/"), views.organisation_list, name="organisation-list"),
    path(
        pgettext_lazy("url", "organisations/<slug:organisation>/"),
        views.organisation_detail,
        name="organisation-detail",
    ),
    path(pgettext_lazy("url", "accessibility/"), views.accessibility, name="accessibility"),
    path(pgettext_lazy("url", "privacy/"), views.privacy, name="privacy"),
    path(pgettext_lazy("url", "rules/"), views.rules, name="rules"),
    path(pgettext_lazy("url", "gallery/"), views.gallery, name="gallery"),
]
