"""Faults: runs are killed, stopped, starved of disk, failed by it, or started twice, over all ways of writing; then run again.

`ways` has the ways of writing, `disturb` what goes wrong, `trial` how a way is tried and looked at. Begin with `__main__`.
"""
