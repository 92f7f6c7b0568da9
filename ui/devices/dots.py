"""点阵: rows of black and white dots, as a thermal head burns them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.Image import Image

# How many rows go in one command: what the smallest print buffers hold.
BAND = 128


class Dots(Struct, frozen=True):
    """`width` dots in whole bytes; a set bit is black, the leftmost the highest."""

    width: int
    data: bytes

    @property
    def height(self) -> int:
        """Rows of dots."""
        return len(self.data) * 8 // self.width

    def bands(self) -> list[Dots]:
        """The same picture in pieces of at most `BAND` rows."""
        size = BAND * self.width // 8
        cuts = range(0, len(self.data), size)
        return [Dots(self.width, self.data[at : at + size]) for at in cuts]

    def over(self, other: Dots) -> Dots:
        """This one with another of the same width below."""
        return Dots(self.width, self.data + other.data)


def dots_of(image: Image, width: int) -> Dots:
    """A black-and-white image (mode 1, black is 0) in the middle of a row of so many dots."""
    from PIL import Image as Images

    page = Images.new("1", (width, image.height), 1)
    page.paste(image, ((width - image.width) // 2, 0))
    return Dots(width, bytes(byte ^ 0xFF for byte in page.tobytes()))
