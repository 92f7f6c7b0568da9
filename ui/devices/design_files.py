"""样式的存放: a design of the shop is put into the folder of its home, or away again."""

from __future__ import annotations

from pathlib import Path

from core.sales.design import Design
from ui.devices.designs import Designs, design_text, read_design
from ui.devices.files import write_file
from ui.devices.logo import check_logo


def save_design(designs: Designs, design: Design) -> None:
    """Keep it; raises ReadOnly, DiskFull or DiskFailed."""
    path = _path(designs, design.paper)
    write_file(path, design_text(design).encode())


def adopt(designs: Designs, file: Path) -> Design:
    """A file becomes the design of the paper that it is named after, with its logo.

    Raises NoSuchPaper, BadDesign, BadPicture, ReadOnly, DiskFull, DiskFailed.
    """
    design = read_design(file)
    if design.logo:
        picture = file.parent / design.logo
        check_logo(picture)
        if designs.picture(picture.name) != picture:
            write_file(designs.picture(picture.name), picture.read_bytes())
    write_file(_path(designs, design.paper), file.read_bytes())
    return design


def take_picture(designs: Designs, picture: Path) -> str:
    """A logo is copied into the folder of the designs; its name there. Raises BadPicture.

    Another picture of the same name stays as it is: papers may be printed with it.
    """
    check_logo(picture)
    data, name, no = picture.read_bytes(), picture.name, 1
    while (place := designs.picture(name)).exists() and place.read_bytes() != data:
        no += 1
        name = f"{picture.stem}-{no}{picture.suffix}"
    if not place.exists():
        write_file(place, data)
    return name


def put_back(designs: Designs, paper: str) -> Path | None:
    """The shipped design holds again; where the shop's own one is kept, None if there was none."""
    path = _path(designs, paper)
    if not path.exists():
        return None
    kept = path.with_name(f"{path.name}.old")
    write_file(kept, path.read_bytes())
    path.unlink()
    return kept


def _path(designs: Designs, paper: str) -> Path:
    path = designs.path(paper)
    assert path is not None, "the shipped designs are not written"
    return path
