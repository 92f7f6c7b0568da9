"""店标: a picture becomes dots; what is too large is refused before it is decoded."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from core.errors import BadPicture
from ui.devices import logo
from ui.devices.logo import check_logo, logo_dots
from ui.text import sentence


def a_png(path: Path, width: int, height: int) -> Path:
    """A picture of a few bytes that unfolds to as much as it likes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )
    return path


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp", "gif"])
@pytest.mark.parametrize("dots", [384, 576])
def test_a_broad_picture_fills_the_paper_and_keeps_its_shape(tmp_path, kind, dots):
    Image.new("RGB", (1200, 240), "black").save(tmp_path / f"logo.{kind}")
    drawn = logo_dots(tmp_path / f"logo.{kind}", dots)
    assert (drawn.width, drawn.height) == (dots, round(dots / 5))


def test_a_high_one_is_as_high_as_allowed_and_a_small_one_stays_small(tmp_path):
    Image.new("L", (500, 2000), 0).save(tmp_path / "high.png")
    Image.new("L", (40, 20), 0).save(tmp_path / "small.png")
    assert logo_dots(tmp_path / "high.png", 576).height == logo.HIGHEST_DOTS
    small = logo_dots(tmp_path / "small.png", 576)
    assert sum(byte.bit_count() for byte in small.data) == 40 * 20


def test_grey_is_dithered_and_glass_is_paper(tmp_path):
    Image.new("L", (256, 64), 128).save(tmp_path / "grey.png")
    Image.new("RGBA", (256, 64), (0, 0, 0, 0)).save(tmp_path / "glass.png")
    grey = sum(byte.bit_count() for byte in logo_dots(tmp_path / "grey.png", 384).data)
    assert 0.45 < grey / (256 * 64) < 0.55
    assert not any(logo_dots(tmp_path / "glass.png", 384).data)


def test_a_file_of_100_mb_is_refused_without_being_read(tmp_path, monkeypatch):
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(BadPicture) as refused:
        logo_dots(path, 576)
    assert "4 MB" in sentence(refused.value)


@pytest.mark.parametrize("size", [(20_000, 20_000), (60_000, 2), (10_000, 9_500), (5_000, 5_000)])
def test_a_picture_that_would_unfold_is_refused_before_it_is_decoded(tmp_path, size):
    path = a_png(tmp_path / "bomb.png", *size)
    assert path.stat().st_size < 2_000
    with pytest.raises(BadPicture) as refused:
        check_logo(path)
    assert "像素太多" in sentence(refused.value)
    with pytest.raises(BadPicture):
        logo_dots(path, 576)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"<svg/>", b"II*\0" * 9])
def test_what_is_no_picture_is_told(tmp_path, data):
    path = tmp_path / "logo.png"
    path.write_bytes(data)
    with pytest.raises(BadPicture):
        logo_dots(path, 576)


def test_half_a_picture_is_told(tmp_path):
    with pytest.raises(BadPicture) as refused:
        logo_dots(a_png(tmp_path / "half.png", 300, 300), 576)
    assert "不完整" in sentence(refused.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(BadPicture):
        logo_dots(tmp_path / "none.png", 576)


def test_it_is_decoded_once_and_anew_when_it_changes(tmp_path, monkeypatch):
    path = tmp_path / "logo.png"
    Image.new("L", (80, 40), 0).save(path)
    first = logo_dots(path, 576)
    opened: list[object] = []
    real = Image.open
    monkeypatch.setattr(Image, "open", lambda *a, **k: (opened.append(a), real(*a, **k))[1])
    assert logo_dots(path, 576) is first
    assert not opened
    Image.new("L", (80, 60), 0).save(path)
    assert logo_dots(path, 576).height == 60
