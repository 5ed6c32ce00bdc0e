from django.db import models


class Heartbeat(models.Model):
    """When a background process last proved that it works."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
