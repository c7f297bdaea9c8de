"""The documentation site: `python -m tools.site [FOLDER]` builds it strictly (needs the extra `docs`).

Pages that people write are README, the other `.md` files beside it, `docs/` and `examples/`; the reference of all rules and
the page of the API are made from packs and docstrings. All of it is laid out in a temporary folder, which mkdocs reads;
nothing that is made is kept in the checkout. Begin with `__main__`.
"""
