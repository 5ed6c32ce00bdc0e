import gzip
import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from portal.common.finders import BUNDLE, PARTS, BundleFinder, bundled

CSS = Path(settings.BASE_DIR) / "static" / "css"
SITE_SHEETS = {path.stem for path in CSS.glob("*.css") if not path.stem.startswith("admin")}


def test_finds_one_stylesheet_with_every_part():
    text = Path(finders.find(BUNDLE)).read_text("utf-8")

    assert text.startswith("@layer reset, vendor, tokens, base, layout, components, utilities;")
    assert all(selector in text for selector in (".site-header", ".goal-art", "@media print"))


def test_declares_a_place_for_every_file():
    assert set(PARTS) == SITE_SHEETS
    assert len(PARTS) == len(set(PARTS))


def test_each_part_wraps_itself_in_its_layer():
    outside = {
        name
        for name in PARTS[1:]
        if not re.search(r"^@layer \w+ \{", (CSS / f"{name}.css").read_text("utf-8"), re.MULTILINE)
    }

    assert not outside


def test_lists_the_bundle_for_collectstatic():
    (path, storage), *rest = BundleFinder().list([])

    assert path == BUNDLE
    assert storage.exists(path)
    assert not rest


def test_leaves_other_paths_to_other_finders():
    assert not BundleFinder().find("img/favicon.svg")


def test_is_written_anew_when_a_part_changes(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    finder = BundleFinder()
    target = finder.build()
    os.utime(target, (0, 0))

    finder.build()

    assert target.stat().st_mtime > 0


def test_drops_comments_and_keeps_rules(tmp_path):
    part = tmp_path / "part.css"
    part.write_text("/* why */\n@layer base {\n\n  a { color: red; }\n}\n")

    assert bundled([part]) == "@layer base {\na { color: red; }\n}\n"


def test_weighs_little():
    bundle = Path(finders.find(BUNDLE)).read_bytes()
    fonts = sum(path.stat().st_size for path in CSS.parent.glob("fonts/*.woff2"))

    assert len(gzip.compress(bundle)) <= 12 * 1024
    assert fonts <= 55 * 1024
