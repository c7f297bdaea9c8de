"""`cleaner` on engines that spread work over machines. Each is an extra; all go through `cleaner.integrations.arrow`.

Imports `api` and `formats`. Begin with `arrow`.
"""
