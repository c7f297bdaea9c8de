/* What lines are looked up in: bytes and tables that `lookup_new` takes from `cleaner.fast.packed`. */
#ifndef CLEANER_LOOKUP_H
#define CLEANER_LOOKUP_H

#include "core.h"

#define MAX_BLOCKS 512
#define CACHE_LINE 64
#define SOME_PAIRS 4
#define SOME_MARKS 3

/* These stand in bytes that Python made (`cleaner.fast.packed`), so they hold nothing but numbers of 32 bits. */
typedef struct {
    uint32_t text, need;
} Pair;
typedef struct {
    uint32_t first, count; /* texts of which it must hold one; none: it need not */
} Need;
typedef struct {
    int32_t least, most, fewest, many, spaces, wide, digits; /* characters, words, spaces, digits at least */
    Need needs[2];
    uint32_t marks[SOME_MARKS]; /* characters, of each of which it must hold one: the numbers of their sets from 1; then 0 */
    uint32_t beyond;            /* whether it must hold one beyond ASCII */
    uint32_t alphabet[4], last[4]; /* what it may hold, and end with (`cleaner.fast.letters`) */
} Entry;

/* What decides for most entries that a line has no hit of theirs: one line of the cache. */
typedef struct {
    uint32_t alphabet[4], last[4];
    int32_t least, most, fewest, many, spaces, wide, digits;
    uint32_t beyond;
} Outline;

typedef struct {
    uint64_t present[2];
    Text beyond; /* those beyond ASCII */
} Marks;

/* A text that lines are searched for; these stand in such bytes too. */
typedef struct {
    uint32_t at, size;          /* among all letters */
    uint32_t pairs[SOME_PAIRS]; /* pairs of neighbours that a line with it has, by their hash, if it has two letters and more */
} Known;

/* What a text leads to, by its hash alone: a text that has the hash of another leads there too, which does no harm, since what is
 * led to is looked at. Open-addressed tables, made by Python: `count` 0 is a free place. */
typedef struct {
    uint64_t hash;
    uint32_t first, count;
} Place;
typedef struct {
    const Place *places;
    const uint64_t *filter; /* a bit for each hash that is held: most questions end here, without a miss of the cache */
    size_t mask;
} Index;

/* A text that a line with a word, or with a mark, may hold around it, and the need that it meets. Both from the word's beginning:
 * where the text begins, and where the line then has which letter. */
typedef struct {
    uint32_t text, need;
    int32_t from, probe;
    Py_UCS4 letter;
} Lead;

/* A word, and what it leads to: so much from `first` on, that first whose texts it holds itself. One line of the cache. */
#define NEAR_LETTERS 16
typedef struct {
    uint64_t hash, line; /* and the last line whose content words it is among */
    PyObject *content;   /* the word as one of them; NULL if it is none */
    uint32_t letters;    /* where they stand; HERE: right here, a byte each */
    uint32_t first, held, count;
    uint32_t size : 31; /* 0: the place is free */
    uint32_t parted : 1; /* whether `_` parts it */
    unsigned char near[NEAR_LETTERS];
} Word;
#define HERE UINT32_MAX
typedef struct Words Words;

struct Lookup {
    PyObject *facts; /* keeps the bytes below */
    const Entry *entries;
    void *room; /* of the outlines, which begin with a line of the cache */
    Outline *outlines; /* by entry */
    const uint32_t *loose, *always, *headed, *needed; /* loose ones by their needs; of them those without any */
    const Pair *pairs;
    const uint64_t *needless;
    size_t always_count, blocks;
    Index heads, words, starts, ends, inner, marked;
    uint64_t marked_ascii[2];
    const Known *texts;
    const Py_UCS4 *letters; /* of the texts */
    uint64_t lines; /* the number of the line that is looked up */
    Marks *sets;
    Py_UCS4 *set_letters;
    Words *seen;
};

/* The first place in some room that begins with a line of the cache. */
static inline void *cache_line_in(void *room) { return (void *)(((uintptr_t)room + CACHE_LINE - 1) & ~(uintptr_t)(CACHE_LINE - 1)); }

/* NULL: nothing is known of such a text. */
static inline const Place *index_find(const Index *index, uint64_t hash)
{
    if (!has_bit(index->filter, (hash >> 32) & (index->mask << 3 | 7))) return NULL;
    for (size_t i = hash & index->mask; index->places[i].count; i = (i + 1) & index->mask)
        if (index->places[i].hash == hash) return index->places + i;
    return NULL;
}

static inline Text text_of(const Lookup *lookup, uint32_t number)
{
    return (Text){lookup->letters + lookup->texts[number].at, lookup->texts[number].size};
}

/* ---- words.c: words that were seen ---- */

/* NULL with an exception set. */
Words *words_new(void);
void words_free(Words *words);
/* How often all words were forgotten. */
size_t words_forgotten(const Words *words);
/* What is known of a word, good until the next is asked for; NULL with an exception set. */
Word *word_of(const Lookup *lookup, Text word, uint64_t hash);
/* The word of this hash will be asked for: it may be fetched from memory meanwhile; and then what it leads to. */
void word_soon(const Words *words, uint64_t hash);
void leads_soon(const Words *words, uint64_t hash);
const Lead *word_leads(const Words *words, const Word *word);

#endif
