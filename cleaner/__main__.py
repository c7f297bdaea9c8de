"""`python -m cleaner`."""

from cleaner.cli.entry import program

if __name__ == "__main__":
    program()
