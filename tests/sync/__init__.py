"""Tills and a server as processes of their own, with a cable between them that can be cut."""
