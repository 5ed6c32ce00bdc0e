from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "portal.common"
    label = "common"
    verbose_name = "Portal"

    def ready(self):
        from .translations import name_columns

        name_columns()
