"""分析: a columnar copy of the sales, and questions to it, written once with Ibis.

Nothing of it is loaded before somebody asks, and nothing else needs it (extra `office`).
"""
