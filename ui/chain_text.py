"""连锁的话: what stood between a till and its server."""

from __future__ import annotations

from ui.catalogue import tr


def trouble_words(detail: str) -> str:
    """What went wrong on the way; what has no words stays as it is."""
    return {
        "busy": tr("它忙，要等一等"),
        "silent": tr("等不到回答"),
        "refused": tr("那里没有人接"),
        "cut": tr("说到一半断了"),
        "certificate": tr("对方的证书不对，可能有人冒充"),
        "nowhere": tr("找不到这个地址，或网络断了"),
        "elsewhere": tr("让我们转到别的网址去"),
        "page": tr("回答的是网页"),
        "long": tr("回答太长"),
        "unread": tr("回答读不懂"),
        "large": tr("一次传得太多"),
        "broken": tr("总部自己出了错"),
    }.get(detail, detail)
