/* Patterns as programs over symbols: see `cleaner.fast.programs`, which writes them, and `cleaner.fast.symbols`. */
#ifndef CLEANER_PROGRAM_H
#define CLEANER_PROGRAM_H

#include "core.h"

/* What characters are symbols of, and in which sets these are. */
typedef struct {
    const uint16_t *pages, *rows;
    const uint64_t *sets;
    size_t words, count; /* of a set; how many sets */
    uint16_t line_feed;
} Symbols;

typedef struct Programs Programs;

/* From what `programs.programs` gives; NULL with an exception set. What it points into is kept by whoever has `packed`. */
Programs *programs_new(PyObject *packed);
void programs_free(Programs *programs);

/* One line, as programs read it: made when it is first asked for. */
typedef struct {
    Text low, text;
    uint16_t *made[3];
    uint16_t *room; /* for three, of the size of `low` each; NULL as long as none is made */
    uint16_t own_room[3 * SMALL];
} Read;

void read_begin(Read *read, Text low, Text text);
void read_end(Read *read);

enum { MISS = 0, HIT = 1, UNSURE = 2 };

/* The first place from `from` on where a pattern hits; UNSURE: it has no program, or that took too long; -1: an exception is set. */
int programs_search(Programs *programs, uint32_t number, Read *read, Py_ssize_t from, Py_ssize_t *start, Py_ssize_t *end);

#endif
