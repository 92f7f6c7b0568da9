"""A thermal printer for tests: bytes in, rows on paper out, as Epson's ESC/POS reference says.

Written from the reference of TM printers and sharing nothing with the encoder. Font A is 12 dots
wide, a Chinese sign 24, double width twice that; what does not fit the paper breaks into the next
row and is counted. A command that it does not know is an error. `strip` has what came out of it, in
order; `paper_picture.py` shows it.
"""

from __future__ import annotations

from unicodedata import east_asian_width

from msgspec import Struct, field


class Cell(Struct):
    sign: str
    dots: int
    is_tall: bool
    is_bold: bool


class PaperRow(Struct):
    cells: list[Cell] = field(default_factory=list)
    alignment: int = 0

    @property
    def text(self) -> str:
        return "".join(cell.sign for cell in self.cells)

    @property
    def dots(self) -> int:
        return sum(cell.dots for cell in self.cells)

    def right_edge(self) -> int:
        """Dots up to the end of the last sign that is no space."""
        cells = list(self.cells)
        while cells and cells[-1].sign == " ":
            cells.pop()
        return sum(cell.dots for cell in cells)


class Raster(Struct, frozen=True):
    """GS v 0: rows of dots, a set bit is black."""

    width: int
    height: int
    data: bytes

    def is_black(self, x: int, y: int) -> bool:
        return bool(self.data[y * self.width // 8 + x // 8] >> (7 - x % 8) & 1)


class Code(Struct, frozen=True):
    """A code that the printer drew by itself."""

    text: str
    is_square: bool
    module: int
    has_words: bool = False


class EpsonPaper:
    def __init__(self, data: bytes, *, dots: int) -> None:
        self.dots = dots
        self.rows: list[PaperRow] = []
        self.barcodes: list[str] = []
        self.barcode_dots: list[int] = []
        self.squares: list[str] = []
        self.rasters: list[Raster] = []
        self.strip: list[PaperRow | Raster | Code] = []
        self.cuts = 0
        self.pulses: list[tuple[int, int, int]] = []
        self.broken_rows = 0
        self._data = data
        self._at = 0
        self._row = PaperRow()
        self._reset()
        while self._at < len(data):
            self._step()
        assert not self._row.cells, "bytes left in the print buffer"

    def _end_row(self) -> None:
        self.rows.append(self._row)
        self.strip.append(self._row)
        self._row = PaperRow()

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)

    def _reset(self) -> None:
        self.is_chinese = True  # models for China start in Chinese mode
        self.is_utf8 = False
        self.latin_size, self.chinese_size = (1, 1), (1, 1)
        self.is_bold = False
        self.alignment = 0
        self.code_page = 0
        self.square_data, self.square_module = "", 3
        self.module, self.bar_height = 3, 162

    def _take(self, count: int = 1) -> bytes:
        taken = self._data[self._at : self._at + count]
        assert len(taken) == count, "the stream ends within a command"
        self._at += count
        return taken

    def _byte(self) -> int:
        return self._take()[0]

    def _step(self) -> None:
        first = self._byte()
        if first == 0x0A:
            self._end_row()
        elif first == 0x1B:
            self._escape(self._byte())
        elif first == 0x1C:
            self._chinese(self._byte())
        elif first == 0x1D:
            self._graphic(self._byte())
        elif first >= 0x20:
            self._sign(first)
        else:
            raise AssertionError(f"control byte {first:#x} at {self._at - 1}")

    def _escape(self, command: int) -> None:
        match chr(command):
            case "@":
                self._reset()
            case "!":
                bits = self._byte()
                self.is_bold = bool(bits & 0x08)
                self.latin_size = (2 if bits & 0x20 else 1, 2 if bits & 0x10 else 1)
            case "a":
                self.alignment = self._byte()
            case "d":
                for _ in range(self._byte()):
                    self._end_row()
            case "t":
                self.code_page = self._byte()
            case "p":
                pin, on, off = self._take(3)
                self.pulses.append((pin, on * 2, off * 2))
            case other:
                raise AssertionError(f"ESC {other!r}")

    def _chinese(self, command: int) -> None:
        match chr(command):
            case "&":
                self.is_chinese = True
            case ".":
                self.is_chinese = False
            case "!":
                bits = self._byte()
                self.chinese_size = (2 if bits & 0x04 else 1, 2 if bits & 0x08 else 1)
            case "(":
                assert self._take() == b"C"
                size = int.from_bytes(self._take(2), "little")
                function, code = self._take(size)
                assert function == 48
                self.is_utf8 = code in (2, 50)
            case other:
                raise AssertionError(f"FS {other!r}")

    def _graphic(self, command: int) -> None:
        match chr(command):
            case "!":
                bits = self._byte()
                self.latin_size = self.chinese_size = ((bits >> 4) + 1, (bits & 15) + 1)
            case "V":
                how = self._byte()
                assert how in (0, 1, 48, 49, 65, 66)
                if how in (65, 66):
                    self._byte()
                self.cuts += 1
            case "h":
                self.bar_height = self._byte()
            case "w":
                self.module = self._byte()
                assert 2 <= self.module <= 6
            case "H":
                assert self._byte() == 2, "the number stands below the bars"
            case "f":
                self._byte()
            case "k":
                assert self._byte() == 73, "CODE128, function B"
                self._bars(self._take(self._byte()))
            case "v":
                assert self._byte() == ord("0"), "GS v 0"
                assert self._byte() in (0, 48), "normal size"
                self._raster(int.from_bytes(self._take(2), "little"))
            case "(":
                assert self._byte() == ord("k"), "GS ( k"
                size = int.from_bytes(self._take(2), "little")
                self._symbol(self._take(size))
            case other:
                raise AssertionError(f"GS {other!r}")

    def _raster(self, row_bytes: int) -> None:
        assert not self._row.cells, "GS v 0 is only for the beginning of a line"
        height = int.from_bytes(self._take(2), "little")
        assert 1 <= row_bytes * 8 <= self.dots, "wider than the paper"
        assert 1 <= height <= 2303
        raster = Raster(row_bytes * 8, height, self._take(row_bytes * height))
        self.rasters.append(raster)
        self.strip.append(raster)

    def _symbol(self, data: bytes) -> None:
        """GS ( k, cn = 49: model, module, correction, store, print."""
        assert data[0] == 49, "QR"
        match data[1], data[2:]:
            case 65, model:
                assert model == b"2\x00"
            case 67, module:
                assert 1 <= module[0] <= 16
                self.square_module = module[0]
            case 69, level:
                assert 48 <= level[0] <= 51
            case 80, stored:
                assert stored[:1] == b"0"
                self.square_data = stored[1:].decode()
            case 81, how:
                assert how == b"0"
                assert self.square_data, "nothing stored"
                self.squares.append(self.square_data)
                self.strip.append(Code(self.square_data, True, self.square_module))
            case other:
                raise AssertionError(f"GS ( k {other!r}")

    def _bars(self, data: bytes) -> None:
        """{A {B {C choose the set; in C a byte is a pair of digits."""
        assert data[:1] == b"{", "CODE128 begins with its code set"
        text, current, symbols, at = "", "", 1, 0
        while at < len(data):
            if data[at : at + 1] == b"{" and data[at + 1 : at + 2] in (b"A", b"B", b"C"):
                symbols += bool(current)
                current = chr(data[at + 1])
                at += 2
                continue
            if current == "C":
                assert data[at] <= 99
                text += f"{data[at]:02d}"
            else:
                at += data[at : at + 2] == b"{{"
                text += chr(data[at])
            symbols += 1
            at += 1
        self.barcodes.append(text)
        self.barcode_dots.append(((symbols + 1) * 11 + 13) * self.module)
        self.strip.append(Code(text, False, self.module, has_words=True))

    def _sign(self, first: int) -> None:
        """One sign: ASCII, two or four bytes of GB18030, or UTF-8."""
        start = self._at - 1
        if first < 0x80:
            length = 1
        elif self.is_utf8:
            length = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
        else:
            assert self.is_chinese, "Chinese bytes without Chinese mode"
            assert 0x81 <= first <= 0xFE
            length = 4 if 0x30 <= self._data[self._at] <= 0x39 else 2
        self._take(length - 1)
        raw = self._data[start : self._at]
        sign = raw.decode("utf-8" if self.is_utf8 else "gb18030")
        width, height = self.latin_size if length == 1 else self.chinese_size
        is_narrow = length == 1 or (self.is_utf8 and east_asian_width(sign) not in ("W", "F"))
        cell = Cell(sign, (12 if is_narrow else 24) * width, height == 2, self.is_bold)
        if self._row.dots + cell.dots > self.dots:
            self.broken_rows += 1
            self._end_row()
        self._row.alignment = self.alignment
        self._row.cells.append(cell)
