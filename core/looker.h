/* What looks at lines: what `looker.c` and `tries.c` share. */
#ifndef CLEANER_LOOKER_H
#define CLEANER_LOOKER_H

#include "program.h"

/* Numbers of programs. */
typedef struct {
    uint32_t *at;
    Py_ssize_t count;
} Some;

/* The rule of an entry, known from its pattern's first hit on: the rule, its place among all, and what it asks for besides: programs
 * that spare a line, and own signals; and the programs of all its patterns, if it cuts spans. */
typedef struct {
    PyObject *rule;
    Py_ssize_t place;
    int asked; /* whether the rule must be asked */
    Some unless, cut;
    uint64_t must, never;
} Try;

struct Looker {
    PyObject_HEAD
    Lookup *lookup;
    Programs *programs; /* NULL: rules are asked */
    PyObject *kept;     /* what the programs stand in */
    Py_buffer numbers;  /* of each entry's program */
    PyObject *rest, *ask, *plain;
    Try *tries;
    Py_ssize_t count;
};

/* What is asked of a line. */
typedef struct {
    const Line *line;
    PyObject *raw;
    Look *look;
    PyObject *found; /* a list of hits; NULL as long as there are none */
    Py_ssize_t done; /* the rule that the last hit is of: one of its patterns is enough */
    Read read;
} Asked;

/* Tries an entry: where its pattern hits and the rest holds, its rule hits. -1 with an exception set. */
int try_one(Looker *looker, uint32_t number, Asked *shown);

#endif
