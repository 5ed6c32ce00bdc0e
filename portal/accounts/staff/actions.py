"""Actions on several records of a list."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.accounts.permissions import edits_everything
from portal.common.models import Publishable
from portal.common.services import save_record
from portal.common.states import Publication


class PublishActions:
    """“Publish” and “archive” for chief editors."""

    actions = ["publish", "archive"]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not issubclass(self.model, Publishable):
            actions.pop("publish", None)
            actions.pop("archive", None)
        return actions

    def has_publish_permission(self, request):
        return edits_everything(request.user)

    @admin.action(description=gettext_lazy("Publish the selected records"), permissions=["publish"])
    def publish(self, request, queryset):
        self._set_publication(request, queryset, Publication.PUBLISHED)

    @admin.action(description=gettext_lazy("Archive the selected records"), permissions=["publish"])
    def archive(self, request, queryset):
        self._set_publication(request, queryset, Publication.ARCHIVED)

    def _set_publication(self, request, queryset, state: Publication) -> None:
        done = 0
        for record in queryset:
            record.publication = state
            try:
                with transaction.atomic():
                    save_record(record=record, by=request.user)
            except ValidationError as error:
                reason = " ".join(error.messages)
                text = _("%(record)s: %(reason)s") % {"record": record, "reason": reason}
                self.message_user(request, text, messages.ERROR)
            else:
                done += 1
        if done:
            text = ngettext("%(count)d record was saved.", "%(count)d records were saved.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)
