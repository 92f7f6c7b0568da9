"""模拟: many tills and a server in one process, with every fault there is, all from one seed.

Time, network and disk are parameters; the core, the till's store and the server's are the real ones
(0042). What must hold at the end stands in `demands`, what can happen in `happenings`.
"""
