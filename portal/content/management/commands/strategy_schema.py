from django.conf import settings
from django.core.management.base import BaseCommand

from portal.content.jsonschema import strategy_schema_text
from portal.content.reference import renewed


class Command(BaseCommand):
    help = "Print the JSON Schema of the strategy file, or renew it and the tables in docs/."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="renew the files in docs/")

    def handle(self, *, write: bool, **options):
        if not write:
            self.stdout.write(strategy_schema_text(), ending="")
            return
        docs = settings.BASE_DIR / "docs"
        (docs / "strategy.schema.json").write_text(strategy_schema_text(), encoding="utf-8")
        reference = docs / "strategy-format.md"
        reference.write_text(renewed(reference.read_text(encoding="utf-8")), encoding="utf-8")
