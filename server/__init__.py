"""总部的服务器: what tills send comes in here, over HTTP; it decides nothing itself (sync.md 4)."""
