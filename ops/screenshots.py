"""Takes the pictures of the README from a running portal: ``ops/screenshots.py [address]``."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
LARGEST = 150_000
SCALE = 0.8
WIDE, NARROW = (1280, 800), (360, 740)
# Name, path, size of the window, colours.
PICTURES = [
    ("home", "/sl/", WIDE, "light"),
    ("tree", "/en/goals-and-measures/", WIDE, "light"),
    ("goal-dark", "/sl/cilji-in-ukrepi/digitalno-mesto-in-skupnost/", WIDE, "dark"),
    ("progress", "/en/progress/", WIDE, "light"),
    (
        "indicator-dark",
        "/sl/kazalniki/udelezenke-in-udelezenci-izobrazevanj/#course",
        WIDE,
        "dark",
    ),
    ("goal-narrow", "/en/goals-and-measures/data-management/", NARROW, "light"),
]


def main(address: str) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    heavy = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path, (width, height), colours in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=colours,
                device_scale_factor=SCALE if width > height else 1,
            )
            page.goto(address + path)
            file = FOLDER / f"{name}.png"
            page.screenshot(path=file)
            page.close()
            print(f"{file.name}: {file.stat().st_size // 1000} KB")
            if file.stat().st_size > LARGEST:
                heavy.append(file.name)
        browser.close()
    if heavy:
        print(f"Too large for the README: {', '.join(heavy)}", file=sys.stderr)
    return bool(heavy)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"))
