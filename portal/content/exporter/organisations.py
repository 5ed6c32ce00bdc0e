"""Which organisations belong into the file of a strategy."""

from django.db.models import Q

from goals.models import Strategy
from indicators.models import Indicator
from measures.models import Measure, Project
from portal.accounts.models import Organisation


def organisations_of(strategy: Strategy) -> list[Organisation]:
    """All but those that only other strategies name; whatever somebody is part of comes along."""
    organisations = {o.pk: o for o in Organisation.objects.select_related("parent").order_by("pk")}
    own = _with_parents(_named_by(Q(strategy=strategy)), organisations)
    others = _with_parents(_named_by(~Q(strategy=strategy)), organisations)
    return [o for pk, o in organisations.items() if pk in own or pk not in others]


def _named_by(condition: Q) -> set[int]:
    """Keys of the organisations that answer for something or take part in it."""
    keys: set[int] = set()
    codes: set[str] = set()
    for model in (Measure, Project, Indicator):
        keys.update(model.objects.filter(condition).values_list("organisation", flat=True))
    for model in (Measure, Project):
        for partners in model.objects.filter(condition).values_list("partners", flat=True):
            codes.update(partners)
    keys.update(Organisation.objects.filter(code__in=codes).values_list("pk", flat=True))
    return keys


def _with_parents(keys: set[int], organisations: dict[int, Organisation]) -> set[int]:
    found: set[int] = set()
    for key in keys & organisations.keys():
        while key is not None and key not in found:
            found.add(key)
            key = organisations[key].parent_id
    return found
