"""Reading one file in a process of its own, with little memory and little time; see `__main__`. No database, no Flask.

A reader gives `Found` and `Left` values and raises `Unreadable` with a code of `wording.PROBLEMS`.
"""
