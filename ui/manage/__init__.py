"""后台: the manager's room: what a shop's figures say, and who its members are.

A process of its own beside the till, on the same store: nothing that is asked here keeps a sale
waiting.
"""
