/* What may be lists: rules, and the lines that they hit. */
#ifndef CLEANER_RECORDS_H
#define CLEANER_RECORDS_H

#include "judge.h"

/* A rule, or all rules of a category, with the lines that they hit in order. */
typedef struct {
    const Row *rule; /* the first of them */
    int32_t *lines;  /* NULL if they are too few for a list */
    size_t count, standing; /* `standing`: how many of them it hits where it stands */
    int32_t last;           /* the line that was added last */
    int category, several;
} Make;

typedef struct {
    Make *at;
    size_t count, room;
} Makes;

static inline int speaks(const Row *row) { return row->score > 0; }

/* Fills `makes` by what stands on each line of a state; -1 with an exception set. */
int makes_gather(const State *state, const uint32_t *elsewhere, Makes *makes);
void makes_free(Makes *makes);

#endif
