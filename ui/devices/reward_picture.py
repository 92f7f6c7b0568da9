"""兑换品的图片: any picture that a shop has, as a small JPEG on white, whatever it was."""

from __future__ import annotations

import io
from pathlib import Path

from core.errors import BadPicture
from ui.devices.logo import opened_picture
from ui.text import tr

SIDE = 480
QUALITY = 82


def reward_picture(path: Path) -> bytes:
    """At most so many pixels wide and high; raises BadPicture."""
    from PIL import Image, ImageOps

    with opened_picture(path) as image:
        try:
            image.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
        except (OSError, ValueError, SyntaxError) as error:
            raise BadPicture(str(path), tr("图片不完整")) from error
    upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    shown = Image.new("RGBA", upright.size, "white")
    shown.alpha_composite(upright)
    file = io.BytesIO()
    shown.convert("RGB").save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
