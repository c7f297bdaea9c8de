"""The quick way: rules compiled to tables, the tables kept on disk, lines looked at by the compiled core.

Equal to the definitions in the rooms below, by tests; nothing means anything here. Only the door (`cleaner.api`) and the
command line's start import it. Begin with `ways` (what is replaced), then `store` (rules made ready) and `dispatch` (the
matcher); `core` binds the C sources of the top-level folder `core/`.
"""
