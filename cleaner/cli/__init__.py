"""The command line: options, settings, exit statuses.

May import all other rooms. Begin with `entry`, where every run begins, then `clean`, the main job. click is imported by what
needs it, never by `entry` and `quick`.
"""
