"""养护的句子: what is said where something that happens by itself cannot be done or changed."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall

RUNNING: dict[type[Shortfall], str] = {
    errors.BadRoutine: "钟点、份数或报表写得不对。什么都没有改动；请改好再保存。",
    errors.RoutineElsewhere: "例行的事在别处改过了。您这一步没有做；请看一看现在的，再改一次。",
    errors.RoutineBroken: (
        "例行的文件 {path} 坏了，备份和报表都不会自己做。收款照常；请在“运行”里重新设好。"
    ),
    errors.NoBackup: "还没有备份，没有可以演练的。什么都没有改动；请先做一份备份。",
    errors.RoutineBusy: "备份、演练或报表正在别的窗口做。收款照常；请过一会儿再来。",
    errors.PricesOfOffice: "连锁里的价由总部下发。什么都没有改动；请在总部改价。",
    errors.NoFolder: "文件夹 {path} 不在。什么都没有写到那里；请插好 U 盘或换一个文件夹。",
}
