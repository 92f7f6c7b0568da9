"""The picture book can be made, of every theme, without a word of warning from Qt."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.ui.widgets import gallery


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_has_its_picture(qapp, tmp_path: Path, theme: str) -> None:
    gallery.main(tmp_path, theme)
    pictures = sorted(tmp_path.glob("*.png"))
    assert len(pictures) == len(gallery.PAGES) + len(gallery.COUNTERS)
    for picture in pictures:
        image = QImage(str(picture))
        shades = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, 380, 7)}
        assert len(shades) > 3, picture.name
