"""The command line, made of click. Imported only when a run needs it."""
