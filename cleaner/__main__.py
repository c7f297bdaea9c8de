"""`python -m cleaner`."""

from cleaner.entry import program

if __name__ == "__main__":
    program()
