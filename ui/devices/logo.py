"""店标: a shop's picture as dots; looked at before it is decoded, and decoded once.

Raises BadPicture for what is too large for a logo or no picture at all, before it can eat the
machine's memory: a file of 100 MB, or a small one that would unfold to as much.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadPicture
from ui.devices.dots import Dots, dots_of
from ui.devices.files import open_file
from ui.text import tr

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_BYTES = 4_000_000
LONGEST_SIDE = 6_000
MOST_PIXELS = 16_000_000
KINDS = ("PNG", "JPEG", "BMP", "GIF")
HIGHEST_DOTS = 240
_CACHED = 8


def logo_dots(path: Path, dots: int, *, highest: int = HIGHEST_DOTS) -> Dots:
    """The picture for paper of so many dots, dithered, never enlarged."""
    try:
        found = path.stat()
    except OSError as error:
        raise BadPicture(str(path), tr("读不了这个文件")) from error
    return _drawn(path, dots, highest, found.st_mtime_ns, found.st_size)


def check_logo(path: Path) -> tuple[int, int]:
    """Width and height of a picture that can be a logo; nothing of it is decoded."""
    with opened_picture(path) as image:
        return image.size


@lru_cache(_CACHED)
def _drawn(path: Path, dots: int, highest: int, _changed_ns: int, _size: int) -> Dots:
    from PIL import Image

    with opened_picture(path) as image:
        try:
            # A JPEG is decoded no larger than it is needed.
            image.draft("L", (dots * 2, highest * 2))
            shown = image.convert("RGBA")
        except (OSError, ValueError, SyntaxError) as error:
            raise BadPicture(str(path), tr("图片不完整")) from error
    shown.thumbnail((dots, highest), Image.Resampling.LANCZOS)
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    return dots_of(paper.convert("L").convert("1"), dots)


def opened_picture(path: Path) -> Image:
    """A picture that can be used, not decoded yet; raises BadPicture."""
    from PIL import Image

    try:
        with open_file(path) as file:
            if not file.read(1):
                raise BadPicture(str(path), tr("不是 PNG、JPG、BMP 或 GIF"))
        if path.stat().st_size > LARGEST_BYTES:
            raise BadPicture(str(path), tr("文件超过 {mb} MB", mb=LARGEST_BYTES // 1_000_000))
        image = Image.open(path, formats=KINDS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPicture(str(path), _too_many()) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise BadPicture(str(path), tr("不是 PNG、JPG、BMP 或 GIF")) from error
    if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
        image.close()
        raise BadPicture(str(path), _too_many())
    return image


def _too_many() -> str:
    return tr("像素太多，边长不能超过 {side}", side=f"{LONGEST_SIDE:,}")
