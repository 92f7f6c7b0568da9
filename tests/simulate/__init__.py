"""模拟器: many tills and a server with every fault; and whether it would notice a mistake."""
