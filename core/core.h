/* The compiled core: what `view`, `reading`, `text.form` and `dispatch` do for one line, over code points (here); and what
 * `evidence` and `judging.judge` do for a document (judge.h).
 *
 * The Python modules are the definition. The core does ordinary lines and finds the same in them; others (that hold
 * a NUL, or have more than MAX_LINE characters) it leaves to Python.
 */
#ifndef CLEANER_CORE_H
#define CLEANER_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>
#include <stdint.h>

/* ---- chars.c: characters ---- */

enum {
    ALNUM = 1,    /* of a word: a letter or a number; `_` is not */
    DECIMAL = 2,  /* `\d` */
    SPACE = 4,    /* `\s` */
    UPPER = 8,
    LOWER = 16,
    TITLE = 32,
    ALPHA = 64,
    DIGIT = 128,   /* `str.isdigit` */
    APART = 256,   /* a part of a letter that may be composed */
    HIDDEN = 512,  /* has no width */
    UNSPACED = 1024, /* of a script without spaces, as words are counted */
};

#define PLANE 0x10000
extern uint16_t chars_kinds[PLANE], chars_plain_of[PLANE], chars_lower_of[PLANE];

#define PAGE 256
#define PAGES (PLANE / PAGE)
extern uint8_t chars_known[PAGES];

int chars_setup(PyObject *facts);
void chars_learn(Py_UCS4 c);
unsigned chars_kind_beyond(Py_UCS4 c);

static inline unsigned chars_kind(Py_UCS4 c) { return c < PLANE ? chars_kinds[c] : chars_kind_beyond(c); }
static inline Py_UCS4 chars_plain(Py_UCS4 c) { return c < PLANE ? chars_plain_of[c] : c; }
static inline Py_UCS4 chars_lower(Py_UCS4 c) { return c < PLANE ? chars_lower_of[c] : Py_UNICODE_TOLOWER(c); }
static inline int is_word(Py_UCS4 c) { return c == '_' || (chars_kind(c) & ALNUM); }

/* ---- memory.c: arrays that grow ---- */

/* Makes room for `more` items of `size` bytes beyond `count` in an array that has room for `*room`: for `first` of them to begin
 * with, twice as many each time. 0, or -1 with an exception set.
 */
int room_for(void **array, size_t *room, size_t count, size_t more, size_t first, size_t size);

/* ---- slots.c: attributes of Python's objects ---- */

/* Those of `Facts` come first. */
#define ATTRIBUTES(X)                                                                                                          \
    X(raw) X(text) X(low) X(own) X(_words) X(_sentence) X(_content) X(told) X(divisible) X(notice) X(facts)                      \
    X(known) X(numbers) X(among) X(content) X(languages) X(_said)
#define ATTRIBUTE(name) OF_##name,
typedef enum { ATTRIBUTES(ATTRIBUTE) ATTRIBUTE_COUNT } Attribute;
#undef ATTRIBUTE

int attributes_setup(void);
/* The type of facts: before any are made. */
int slots_setup(PyObject *facts);
/* Facts with nothing in their slots, of the type that was given; a new reference, or NULL. */
PyObject *facts_new(void);
/* Puts a value, whose reference is taken over, into an empty slot of what `facts_new` made. */
void slot_put(PyObject *made, Attribute name, PyObject *value);
/* What rules say of a line, `Facts.told`: where they hit it; those rules; whether one is sure, and whether one cuts. */
enum { HITS, RULES, SURE, CUTS, TOLD };
/* Whether something is that; sets the exception if it is not. */
int is_told(PyObject *some);
/* New references, or NULL with an exception set. */
PyObject *attribute_of(PyObject *from, Attribute name);
PyObject *attribute_call(PyObject *of, Attribute name, PyObject *with); /* `with`: an argument, or NULL */

/* ---- text.c: stretches of code points ---- */

typedef struct {
    const Py_UCS4 *at;
    Py_ssize_t size;
} Text;

/* FNV-1a, by code points. */
#define HASH_FIRST 0xcbf29ce484222325u
static inline uint64_t hash_more(uint64_t hash, Py_UCS4 c) { return (hash ^ c) * 0x100000001b3u; }
static inline uint64_t hash_end(uint64_t hash) { return hash ^ hash >> 29; } /* the low bits alone would hang on those of each character */
uint64_t text_hash(const Py_UCS4 *at, Py_ssize_t size);
int text_has(Text text, Text part);
int text_has_ascii(Text text, const char *part);
int text_starts(Text text, const char *part);
int one_of(Py_UCS4 c, const Py_UCS4 *some); /* `some` ends in 0 */

/* The code point at `i`, which may lie outside: 0 there, which no text that is read holds. */
static inline Py_UCS4 at(Text text, Py_ssize_t i) { return i >= 0 && i < text.size ? text.at[i] : 0; }

/* Texts, each with the place and length of what it leads to: an open-addressed table. */
typedef struct {
    uint64_t hash;
    Text key;
    uint32_t first, count; /* `count` 0: the place is free */
} Slot;

typedef struct {
    Slot *slots;
    size_t mask;
    uint64_t *filter; /* a bit for each hash that is held: most questions end here, without a miss of the cache */
    Py_UCS4 *letters; /* the keys, one after the other */
} Table;

/* From what `packed.table` makes, a tuple. Returns -1 with an exception set. */
int table_make(Table *table, PyObject *packed);
const Slot *table_find(const Table *table, uint64_t hash, const Py_UCS4 *at, Py_ssize_t size);
void table_free(Table *table);

/* ---- line.c: one line, read ---- */

#define MAX_LINE 20000 /* code points; checked against `pattern.MAX_LINE` */
#define SMALL 600      /* lines up to this long live on the stack */
#define PAIRS 4096     /* pairs of characters that are told apart */

/* A run of letters, digits and `_` of a line in lower case. */
typedef struct {
    uint32_t start, size;
    uint64_t hash;
} Span;

typedef struct {
    Text raw, text, low; /* as it came; the view; the view in lower case, of the same size */
    int ascii;
    uint64_t present[2]; /* which characters of ASCII stand in `low`; '0' if any decimal digit does */
    uint64_t beyond[4];  /* and of the others, by their last bits */
    uint64_t pairs[PAIRS / 64]; /* which pairs of neighbouring characters do, by their hash */
    Py_ssize_t tokens, function, count; /* words as signals see them, function words, words as limits count them */
    Py_ssize_t spaces, digits; /* how many */
    Py_ssize_t clauses;  /* characters of kana and Han, which `text.form` counts by pairs */
    Span *words;
    size_t word_count;
    Py_UCS4 *room;
    Span own_words[SMALL / 2 + 1];
    Py_UCS4 own_room[3 * SMALL];
} Line;

static inline int has_bit(const uint64_t *bits, size_t i) { return bits[i >> 6] >> (i & 63) & 1; }
static inline void set_bit(uint64_t *bits, size_t i) { bits[i >> 6] |= (uint64_t)1 << (i & 63); }
static inline int has_ascii(const Line *line, Py_UCS4 c) { return has_bit(line->present, c); }
static inline unsigned pair_hash(Py_UCS4 a, Py_UCS4 b) { return (a * 67 + b * 5 + (a >> 5)) & (PAIRS - 1); }

/* `view._peeled`, `fold.plain`, and a table with the function words. */
int line_setup(PyObject *peel, PyObject *plain, PyObject *words);
/* 1: `line` is read, `*text` and `*low` are new references; 0: Python should see to it; -1: an exception is set. */
int line_read(Line *line, PyObject *raw, PyObject **text, PyObject **low);
void line_free(Line *line);
/* The end of the token (`reading.TOKEN`) that begins at `i`. */
Py_ssize_t token_end(Text text, Py_ssize_t i);
int is_function_word(Text word);
/* `o` as the bullet of a list. */
int letter_bullet(Text text);

/* ---- content.c: content words ---- */

/* A run of letters and digits as Python has it, a new reference; NULL if it is no content word. -1: an exception is set. */
int content_word(Text word, PyObject **made);

/* ---- own.c: own signals ---- */

int own_setup(PyObject *bits, PyObject *patterns);
/* -1 with an exception set. */
int own_signals(const Line *line, PyObject *raw, PyObject *low, uint64_t *bits);
/* They as Python has them: many lines have the same, and share it. A new reference, or NULL. */
PyObject *own_number(uint64_t own);

/* ---- sentences.c: how many words a line has, if it is a sentence ---- */

typedef struct {
    Py_ssize_t words, unmarked, with_comma, unspaced, han_with_comma, han_with_stop;
} Sentences;

/* Sets of characters as ranges, and the numbers above, in their order. */
int sentences_setup(PyObject *sets, PyObject *numbers);
/* `own`: its own signals. */
Py_ssize_t sentence_words(const Line *line, uint64_t own);

/* ---- languages.c: what tells the language of a text ---- */

/* Functions of the module: see `cleaner.fast.languages`. */
PyObject *languages_setup(PyObject *module, PyObject *args);
PyObject *languages_counted(PyObject *module, PyObject *text);

/* ---- shapes.c: functions of the module, see `wrapping.shapes` ---- */

PyObject *shapes_setup(PyObject *module, PyObject *args);
PyObject *shapes_of(PyObject *module, PyObject *raws);

/* ---- plain_data.c: a function of the module, see `cleaner.fast.plain_data` ---- */

PyObject *plain_data_loads(PyObject *module, PyObject *given);

/* ---- lookup.c: which patterns a line may have ---- */

/* Characters of a line's beginning, and of a word's ends, that are told apart. Checked by `binding`, as MAX_LINE is. */
#define HEAD 6
#define KEY 4

typedef struct Lookup Lookup;
typedef struct {
    uint32_t *at;
    size_t count, room;
    uint32_t own_room[128];
} Numbers;

/* `facts`: see `cleaner.fast.packed`. NULL with an exception set. */
Lookup *lookup_new(PyObject *facts);
void lookup_free(Lookup *lookup);
/* The numbers of entries, in order; to be freed. The line's content words, each once, go to a list. Returns -1 with an exception
 * set. */
int lookup_may(Lookup *lookup, const Line *line, Numbers *found, PyObject *content);
void numbers_free(Numbers *numbers);
/* Whether a line of so many words has as many as an entry asks for. */
int lookup_counts(const Lookup *lookup, uint32_t number, Py_ssize_t words);

/* ---- looker.c, line_facts.c: lines looked at ---- */

extern PyType_Spec looker_spec;

/* What is found of one line, as objects of Python; references are owned. */
typedef struct {
    PyObject *text, *low, *content, *hits; /* the view, in lower case; tuples */
    uint64_t own;
    Py_ssize_t words, said; /* `said`: words if it is a sentence, else 0 */
} Look;

typedef struct Looker Looker;
/* 1: looked at; 0: Python should see to the line; -1: an exception is set. Then nothing is owned. */
int looker_find(Looker *looker, PyObject *raw, Look *look);

/* `Facts`, what hits say of their line, the signals of long lines and their least length. ImportError in any interpreter but the
 * first that asks. */
int line_facts_setup(PyObject *facts, PyObject *shared, unsigned long long two, Py_ssize_t length);
/* The method `Looker.facts`; `plain` makes the facts of a line that Python must see to. */
PyObject *line_facts_all(Looker *looker, PyObject *plain, PyObject *args);

#endif
