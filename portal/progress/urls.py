from django.urls import path
from django.utils.translation import pgettext_lazy

from .views import brief, money, overview, timeline, why

app_name = "progress"
urlpatterns = [
    path(pgettext_lazy("url", "progress/"), overview.overview, name="overview"),
    path(pgettext_lazy("url", "progress/list/"), overview.progress_list, name="list"),
    path(pgettext_lazy("url", "progress/money/"), money.money, name="money"),
    path(pgettext_lazy("url", "progress/brief/"), brief.brief, name="brief"),
    path(pgettext_lazy("url", "progress/timeline/"), timeline.timeline, name="timeline"),
    path(pgettext_lazy("url", "progress/why/"), why.whole_strategy, name="why"),
    path(pgettext_lazy("url", "goals-and-measures/<slug:goal>/why/"), why.goal, name="goal-why"),
    path(
        pgettext_lazy("url", "goals-and-measures/<slug:goal>/<slug:objective>/why/"),
        why.objective,
        name="objective-why",
    ),
    path(
        pgettext_lazy("url", "goals-and-measures/<slug:goal>/<slug:objective>/<slug:measure>/why/"),
        why.measure,
        name="measure-why",
    ),
    path(
        pgettext_lazy("url", "indicators/<slug:indicator>/why/"),
        why.indicator,
        name="indicator-why",
    ),
]
