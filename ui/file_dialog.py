"""选文件: the system's own dialogs for files; nobody waits for them, they end with their sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QStandardPaths, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from ui.catalogue import spoken
from ui.text import tr
from ui.widgets.file_icons import open_no_file
from ui.widgets.sheet import Sheet

Places = QStandardPaths.StandardLocation
PICTURES = "*.png *.jpg *.jpeg *.bmp *.gif"


def ask_for_logo(sheet: Sheet, then: Callable[[str], object]) -> None:
    """`then` hears where the picture is; who closes the dialog changes nothing."""
    kinds = tr("图片 ({kinds})", kinds=PICTURES)
    dialog = _dialog(sheet, tr("选店标图片"), Places.PicturesLocation, kinds, "logo_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _begin(dialog, then)


def ask_for_picture(owner: QWidget, then: Callable[[str], object]) -> None:
    """`then` hears where a picture of something is."""
    kinds = tr("图片 ({kinds})", kinds=PICTURES)
    dialog = _dialog(owner, tr("选一张图片"), Places.PicturesLocation, kinds, "picture_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _begin(dialog, then)


def ask_for_list(sheet: Sheet, then: Callable[[str], object]) -> None:
    """`then` hears where a list of codes is, one a line."""
    kinds = tr("清单 ({kinds})", kinds="*.txt *.csv")
    dialog = _dialog(sheet, tr("选清单，一行一个"), Places.DocumentsLocation, kinds, "list_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _begin(dialog, then)


def ask_for_rulebook(owner: QWidget, then: Callable[[str], object]) -> None:
    """`then` hears where a rulebook is that a person wrote."""
    kinds = tr("规则册 ({kinds})", kinds="*.toml *.json")
    dialog = _dialog(owner, tr("选规则册文件"), Places.DocumentsLocation, kinds, "rulebook_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _begin(dialog, then)


def ask_for_table(owner: QWidget, then: Callable[[str], object]) -> None:
    """`then` hears where a table is."""
    kinds = tr("表格 ({kinds})", kinds="*.csv *.xlsx")
    dialog = _dialog(owner, tr("选表格"), Places.DocumentsLocation, kinds, "table_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _begin(dialog, then)


def ask_where(
    owner: QWidget, name: str, then: Callable[[str], object], *, others: Sequence[str] = ()
) -> None:
    """`then` hears where a file that is called so is to be kept; `others`: endings to choose."""
    kinds = ";;".join(f"*{ending}" for ending in (Path(name).suffix, *others))
    dialog = _dialog(owner, tr("存到哪里？"), Places.DocumentsLocation, kinds, "save_dialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix)
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.removeprefix("*")))
    dialog.selectFile(name if not others else Path(name).stem)
    _begin(dialog, then)


def ask_for_folder(owner: QWidget, then: Callable[[str], object]) -> None:
    """`then` hears in which folder several files are to be kept."""
    dialog = _dialog(owner, tr("存到哪个文件夹？"), Places.DocumentsLocation, "", "folder_dialog")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    _begin(dialog, then)


def _dialog(owner: QWidget, title: str, place: Places, kinds: str, name: str) -> QFileDialog:
    _speak_as_we_do()
    folder = QStandardPaths.writableLocation(place)
    dialog = QFileDialog(owner.window(), title, folder, kinds)
    dialog.setObjectName(name)
    open_no_file(dialog)
    # these two Qt has in no Chinese of its own
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("位置："))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("类型："))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if isinstance(owner, Sheet):
        owner.closed.connect(dialog.close)
    return dialog


def _speak_as_we_do() -> None:
    """Where the system has no dialogs of its own Qt draws them, in English if nobody says other."""
    app, name = QApplication.instance(), f"qtbase_{spoken()}"
    if app is None or app.findChild(QTranslator, name) is not None:
        return
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.setParent(None)
    words = QTranslator(app)
    words.setObjectName(name)
    if words.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)


def _begin(dialog: QFileDialog, then: Callable[[str], object]) -> None:
    dialog.fileSelected.connect(then)
    dialog.open()
