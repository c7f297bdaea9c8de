"""What people look at: diffs, tables and messages, plain or coloured. Only here and in `cleaner.cli` is rich used."""
