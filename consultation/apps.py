from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    """The public conversation; it reads the promises to its left and nothing reads it."""

    name = "consultation"
    verbose_name = _("Public consultation")
