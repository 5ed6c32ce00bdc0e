"""Who may see and edit what: decided here and nowhere else.

Administrators (superusers) may do everything. Chief editors edit all content, but no accounts. An
editor edits what belongs to the organisations of their memberships, and only what the table below
names. Everybody sees what is public.
"""

from django.db.models import Model, Q

from .models import Role, User

ADMINISTRATORS_ONLY = {
    *("accounts.user", "accounts.membership"),
    *("common.outboxmessage", "common.delivery"),
}
# History, waiting work and mail are written by services; nobody adds, changes or deletes them.
READ_ONLY = {"common.auditentry", "common.outboxmessage", "common.delivery"}
# What a state was judged by, or was said about it, stays: the past must be told as it was.
NOBODY_MAY = {
    "indicators.override": {"delete"},
    "indicators.criteriaversion": {"change", "delete"},
    "indicators.confirmation": {"change"},
}

# What an editor may do with records of their organisations. What the council decides (which
# promises there are, and what is published) is for chief editors.
EDITORS_MAY = {
    "measures.measure": {"view", "change"},
    "measures.project": {"view", "change"},
    "measures.milestone": {"view", "add", "change", "delete"},
    "measures.budgetline": {"view", "add", "change", "delete"},
    "measures.progressreport": {"view", "add", "change"},
    "measures.evidence": {"view", "add", "change", "delete"},
    "indicators.indicator": {"view", "change"},
    "indicators.target": {"view", "add", "change", "delete"},
    "indicators.observation": {"view", "add", "change", "delete"},
    "indicators.observationevidence": {"view", "add", "change", "delete"},
    "indicators.externalevent": {"view", "add", "change", "delete"},
    "indicators.criteriaversion": {"view"},
    "indicators.confirmation": {"view", "add"},
}
# Fields that place a record in the strategy, give it its address, make it public or end it.
CHIEF_EDITORS_FIELDS = {
    *("code", "strategy", "goal", "objective", "measure", "goals", "objectives", "measures"),
    *("organisation", "slug_sl", "slug_en", "publication", "publish_at", "is_current"),
    *("lifecycle", "lifecycle_reason_sl", "lifecycle_reason_en", "amendment", "successors"),
    *("accumulation", "availability", "availability_reason_sl", "availability_reason_en"),
}


def is_staff(user) -> bool:
    return bool(user and user.is_authenticated and user.is_active and user.is_staff)


def edits_everything(user) -> bool:
    """Say whether ``user`` is an administrator or a chief editor."""
    if not is_staff(user):
        return False
    return user.is_superuser or any(role == Role.CHIEF_EDITOR for role, _organisation in user.roles)


def edited_organisations(user) -> set[int]:
    """Return the keys of the organisations whose promises ``user`` edits as an editor."""
    if not is_staff(user):
        return set()
    return {organisation for role, organisation in user.roles if role == Role.EDITOR}


def is_editor(user) -> bool:
    """Say whether ``user`` edits anything at all."""
    return edits_everything(user) or bool(edited_organisations(user))


def may(user, action: str, model: type[Model], record: Model | None = None) -> bool:
    """Say whether ``user`` may ``view``, ``add``, ``change`` or ``delete`` records of ``model``.

    With ``record`` the answer is about this very record, without it about any at all.
    """
    label = model._meta.label_lower
    if (label in READ_ONLY and action != "view") or action in NOBODY_MAY.get(label, ()):
        return False
    if label in ADMINISTRATORS_ONLY:
        return is_staff(user) and user.is_superuser
    if edits_everything(user):
        return True
    if action not in EDITORS_MAY.get(label, ()) or not edited_organisations(user):
        return False
    return record is None or can_edit(user, record)


def protected_fields(user) -> set[str]:
    """Return the names of fields that ``user`` may read but not change."""
    return set() if edits_everything(user) else CHIEF_EDITORS_FIELDS


def editable_q(model: type[Model], user) -> Q:
    """Return the condition for the rows of ``model`` that ``user`` may edit.

    A model that belongs to organisations says how in ``belongs_to_q(organisations)``; one that
    does not is edited by chief editors only.
    """
    nothing, everything = Q(pk__in=[]), ~Q(pk__in=[])
    if model._meta.label_lower in ADMINISTRATORS_ONLY:
        return everything if is_staff(user) and user.is_superuser else nothing
    if edits_everything(user):
        return everything
    organisations = edited_organisations(user)
    if organisations and hasattr(model, "belongs_to_q"):
        return model.belongs_to_q(organisations)
    return nothing


def can_edit(user, record: Model) -> bool:
    """Say whether ``user`` may edit this very record, as it is stored."""
    model = type(record)
    if edits_everything(user) and model._meta.label_lower not in ADMINISTRATORS_ONLY:
        return True
    if record.pk is None:
        return False
    return model._base_manager.filter(editable_q(model, user), pk=record.pk).exists()


def selectable_q(model: type[Model], user) -> Q:
    """Return the condition for the rows of ``model`` that ``user`` may choose in a form.

    Chief editors choose among all staff, editors among the staff of their own organisations.
    """
    if model is not User:
        return editable_q(model, user)
    staff = Q(is_staff=True, is_active=True)
    if edits_everything(user):
        return staff
    colleagues = User.objects.filter(memberships__organisation__in=edited_organisations(user))
    return staff & Q(pk__in=colleagues.values("pk"))
