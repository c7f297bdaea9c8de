/* How programs run: what `program.c`, `program_check.c` and `programs.c` share. */
#ifndef CLEANER_RUN_H
#define CLEANER_RUN_H

#include "program.h"

/* The instructions, as `programs.Do` has them. */
typedef enum {
    MATCH, CHAR, TEXT, SET, SPLIT, SPLIT_LATER, JUMP, RUN, RUN_LAZY, RUN_KEPT, START, END, LAST, EDGE, NO_EDGE, LOOK, KEEP,
    CASE, OR_CHAR, OR_SET, SWITCH, COUNT, AGAIN, AGAIN_LAZY,
} Do;

/* A program begins with how many words it has, of what kind it is, and a set of what a hit can begin with, from 1, or 0. */
#define HEADER 3
enum { AT_START = 1, UNCASED_SYMBOLS = 2, CASED_TEXT = 4 };
/* Sets that come first. */
enum { WORD = 0, LINE_FEED = 1 };

#define COUNTERS 32

/* A way not taken yet: where to go on, in the program and in the text. Of a run: `least` is where it may end at the earliest (RUN)
 * or at the latest (RUN_LAZY). Of a counter: what it was. */
typedef struct {
    uint32_t pc, kind, set;
    int32_t at, limit;
} Way;

struct Programs {
    const uint32_t *code, *starts;
    size_t size, count;
    Symbols symbols[2]; /* of patterns that mind case, and of others */
    unsigned char *checked; /* by pattern: whether its program was looked through */
    Way *ways;
    size_t room;
};

/* A program on a text. */
typedef struct {
    const uint32_t *code;
    const Symbols *symbols;
    const uint16_t *text;
    int32_t size;
    Programs *programs; /* for its stack */
    size_t count;       /* of ways on it */
    size_t steps;
    int32_t counters[COUNTERS];
} Run;

static inline int in_set(const Symbols *symbols, uint32_t set, uint16_t symbol)
{
    return symbols->sets[set * symbols->words + (symbol >> 6)] >> (symbol & 63) & 1;
}

static inline int is_at(const Run *run, int32_t at, uint32_t set)
{
    return at >= 0 && at < run->size && in_set(run->symbols, set, run->text[at]);
}

/* Runs the program from `pc` and the text from `*at` on: HIT, with where it ended in `*at`, MISS or UNSURE. */
int execute(Run *run, uint32_t pc, int32_t *at);

/* Whether the program at `pc` goes nowhere but to its own instructions, and asks for nothing that is not there. -1: no memory. */
int program_is_sound(const Programs *programs, uint32_t pc);

#endif
