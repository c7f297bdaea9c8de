"""`cleaner` on engines that spread work over machines, and in document frameworks.

Imports `api` and `formats`. Begin with `arrow`, through which the engines go (`ray`, `nemo_curator`, `datatrove`; Spark needs
no more); `documents` is what `langchain`, `llama_index` and `haystack` share.
"""
