"""What people look at: diffs, tables and messages, plain or coloured; and what other programs read of a run (`export`).

Only here and in `cleaner.cli` is rich used. Imports all rooms but `cli`. Begin with `terminal`: no control character of an
input reaches one raw.
"""
