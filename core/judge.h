/* Judging in the core: what `cleaner.evidence` and `cleaner.judging.judge` do for a document, over arrays.
 *
 * The Python modules are the definition. What needs a text looked into (which language, a notice glued to a sentence, where a
 * block's pattern ends it) is asked of them, for the few lines that need it.
 */
#ifndef CLEANER_JUDGE_H
#define CLEANER_JUDGE_H

#include "signals.h"

/* What the core is told by name: signals of a line's own, of others, and numbers. */
#define SIGNALS_USED(X)                                                                                                        \
    X(prose) X(stop) X(colon) X(comma) X(caps) X(question) X(ellipsis) X(words_1) X(words_2_3) X(words_4_7) X(words_8_14)        \
    X(words_15_29) X(words_30) X(code) X(table) X(money) X(medium) X(heading) X(bullet) X(first) X(top) X(last) X(end) X(head) X(tail) X(after_end)   \
    X(before_start) X(prev_prose) X(next_prose) X(between) X(prev_colon) X(prev_comma) X(run) X(long_run) X(huge_run) X(twin) X(alike)      \
    X(bare_document) X(page) X(junk_document) X(small_document) X(tiny_document) X(plain_document) X(gap_before) X(code_near) X(hint) X(strong_hint) X(guarded) X(prev_hint)          \
    X(next_hint) X(zone_head) X(zone_body) X(zone_tail) X(foreign) X(topical) X(prev_dropped) X(next_dropped) X(prev2_dropped)   \
    X(next2_dropped) X(tail_open) X(head_open) X(many_near_dropped)
#define NUMBERS_USED(X)                                                                                                        \
    X(least_words) X(prose_words) X(page_from) X(page_at) X(lone) X(sweeps) X(ease) X(sentence) X(burden_8) X(burden_15)         \
    X(burden_30) X(low) X(high) X(list) X(stretch) X(different) X(repeated) X(around) X(many) X(beside) X(far) X(loud)           \
    X(furnished) X(apart) X(labels) X(page_kinds) X(glued_length) X(edge) X(far_off) X(listing) X(listing_reach) X(gap) X(run_3)      \
    X(run_8) X(run_25) X(small) X(tiny) X(sure) X(foreign_at) X(topical_at) X(near) X(underline)

typedef struct {
#define X(name) Signals name;
    SIGNALS_USED(X)
#undef X
} Names;
typedef struct {
#define X(name) double name;
    NUMBERS_USED(X)
#undef X
} Constants;

/* A rule as judging sees it. Once made it stays where it is, and as it is but for `lessened`. */
typedef struct Row {
    PyObject *rule; /* borrowed: the judge holds it */
    Form form;
    double score;
    int sure, reaching, block, cased, blank, pattern;
    int category;       /* as a bit of `uint64_t` */
    PyObject *language; /* whether it is the text's must be known; NULL: that is of no matter */
    struct Row *lessened; /* what is left of it on texts in other languages, once that was asked */
    long repeat, within, lines;
    int near;
    uint64_t categories; /* of `near` */
    size_t number;
} Row;

/* Some rows, in order. */
typedef struct {
    const Row **at;
    uint32_t count, room;
} Rows;

typedef struct {
    PyObject_HEAD
    PyObject *known; /* rule -> number of its row */
    Row **rows;
    size_t count, room;
    PyObject *chosen; /* languages that all texts are said to be in: a set */
    PyObject *row, *heard, *texts, *glued, *ends; /* callables, see `cleaner.fast.core_judge` */
    Forms forms, guards, alone;
    Rows conditional;
    Reaches reaches;
    Signals context; /* signals that change while a document is judged */
    Names is;
    Constants of;
} Judge;

/* Some of a judge's rules, in order, and what they are together. */
typedef struct {
    size_t start, count; /* in the `rows` of all choices */
    size_t against;      /* how many speak against a line */
    double score;
    int sure, near, reaching;
    int weak; /* whether one is neither sure nor protects */
} Choice;

/* Choices by their numbers; 0 is that of no rules. */
typedef struct {
    Choice *at;
    const Row **rows, **next; /* `next`: of the choice that is being made */
    uint32_t *places;         /* numbers, an open-addressed table; 0: free */
    size_t count, room, row_count, row_room, next_count, next_room, mask;
} Choices;

extern const Choice no_rules;
void choices_free(Choices *choices);
/* Functions return 0, or -1 with an exception set, where nothing else is said. */
int choices_next(Choices *choices, const Row *row);       /* one more rule of the choice that is being made */
int choices_take(Choices *choices, uint32_t *number);     /* it is made: its number */
int choices_with(Choices *choices, uint32_t *number, const Row *row); /* the number of that choice with one more rule */
static inline const Choice *choice_at(const Choices *choices, uint32_t number)
{
    return number ? choices->at + number : &no_rules;
}
static inline const Row **rows_at(const Choices *choices, const Choice *choice) { return choices->rows + choice->start; }

enum { MOST_BLANK = 255 };

/* One line that is not blank. Kept small: there is one for each line of a document, in more than one state at once. */
typedef struct {
    PyObject *facts;   /* owned */
    Signals here;      /* its own signals and those of its place */
    uint32_t standing; /* a choice of rules */
    int32_t twin;      /* the first line of the same text */
    int32_t number;
    unsigned char lone : 1, sentence : 1, short_sentence : 1, sure : 1, hit : 1; /* `hit`: by a pattern */
    unsigned char prose : 1, underline : 1; /* `prose`: by its own signals; `underline`: it may underline the line above */
    unsigned char gap; /* blank lines before it, MOST_BLANK at most */
    signed char topic; /* -1: not asked yet; else the bits of 1 (foreign) and 2 (topical) */
} Shown;

/* What rules say of each line; see `cleaner.evidence.findings.Findings`. */
typedef struct {
    Signals *bits;
    uint32_t *rules; /* choices */
    int weak;        /* whether what has weak evidence weighs besides: that no page of the site has a line */
    double page;
} Found;

typedef struct State {
    PyObject_HEAD
    Judge *judge;
    PyObject *lines;        /* a `Lines`, blank ones too */
    PyObject *shown;        /* those that are shown, once asked; or NULL */
    PyObject *texts;        /* what is known of its texts, once asked; or NULL */
    PyObject *texts_before; /* the same of an earlier state, or NULL */
    PyObject *prose;        /* a list of the facts that are prose */
    PyObject *said;         /* their content words, a set, once asked; or NULL */
    Shown *at;
    int32_t *repeats; /* of each in how many other documents of its site it stands; NULL: that is known of none */
    Choices choices;
    Py_ssize_t n;
    Py_ssize_t first, last; /* sentences */
    int repeated, weighed;
    int plain; /* no rule is sure of any line of the document, those that went included */
    unsigned char *closed;
    Found found;
    unsigned char *gone; /* what goes whatever the threshold */
    double *most; /* the most that each line could weigh, once its neighbours' fate is known; NULL: not asked yet */
} State;

/* A ruling as several lines may have it: its score, what speaks against them, and their signals. */
typedef struct {
    double score;
    Signals bits;
    uint32_t rules; /* a choice */
    uint64_t hash;
} Kind;

/* The kinds of one decision, an open-addressed table. */
typedef struct {
    PyObject *made;   /* a list: (score, rules, signals) of each */
    PyObject *which;  /* for each line of the document the number of its kind from 1, or 0 if it stays: four bytes each; NULL: all do */
    size_t lines;
    const State *state;
    Kind *at;
    size_t count, mask;
    uint32_t *places; /* numbers from 1; 0: free */
} Kinds;

extern PyType_Spec judge_spec, state_spec;

int rows_add(Rows *rows, const Row *row);
void rows_free(Rows *rows);
int is_judge(PyObject *some);
/* NULL with an exception set. */
Row *row_of(Judge *judge, PyObject *rule);

static inline int32_t repeats_of(const State *state, Py_ssize_t i) { return state->repeats ? state->repeats[i] : 0; }

/* shown.c */
PyObject *low_of(PyObject *facts); /* the lower-cased view of a line: a text; a new reference, or NULL */
PyObject *rules_of(PyObject *facts); /* those that hit a line: a tuple; a new reference, or NULL */
int shown_make(State *state); /* from all lines those that are not blank, and their places */
PyObject *shown_lines(State *state); /* those as a `Lines`; borrowed, or NULL */
void shown_free(Shown *at, Py_ssize_t n);
/* place.c */
int place_signals_of(State *state);
/* standing.c: the rules that stand on each line, without those of lists */
int standing_find(State *state);
PyObject *state_texts(State *state); /* borrowed */
/* records.c: takes rules from `standing`, and fills `closed` */
int records_part(State *state, const uint32_t *elsewhere); /* `elsewhere`: of each line the choice that would stand in another zone */
/* reach.c */
int reach_extend(State *state, uint32_t *found);
/* topic.c */
int topic_of(State *state, Py_ssize_t i, Signals *bits);
/* findings.c */
int found_make(State *state, int weak, Found *found);
void found_free(Found *found);
static inline int is_sure(const State *state, const Found *found, Py_ssize_t i)
{
    return choice_at(&state->choices, found->rules[i])->sure;
}
/* What they weigh on a line. */
static inline double score_of(const State *state, const Found *found, Py_ssize_t i)
{
    const Choice *rules = choice_at(&state->choices, found->rules[i]);
    return found->weak && state->at[i].lone && !rules->sure ? rules->score - state->judge->of.lone : rules->score;
}

/* decide.c: rulings as `kinds_told` gives them */
int decide_weigh(State *state); /* gather the evidence, once */
PyObject *decide_sure(State *state, Py_ssize_t count); /* what goes whatever weak evidence says */
/* `below`: numbers of four bytes for each line of the document, 0 if it stays; or none at all */
PyObject *decide_at(State *state, double threshold, const Py_buffer *below, Py_ssize_t count);

/* kinds.c */
int kinds_make(Kinds *kinds, const State *state, Py_ssize_t count); /* in a document of so many lines */
int kinds_add(Kinds *kinds, Py_ssize_t i, double score, uint32_t rules, Signals bits);
PyObject *kinds_told(Kinds *kinds); /* a pair of both lists; a new reference, or NULL */
void kinds_free(Kinds *kinds);

/* What a document's lines weigh by forms, on a page by degrees. */
static inline double whole_sum(const Judge *judge, const Forms *forms, double page, Signals bits)
{
    if (!page) return forms_add(forms, bits);
    double whole = forms_add(forms, both(bits, judge->is.page));
    return page == 1 ? whole : (1 - page) * forms_add(forms, bits) + page * whole;
}
/* The most that could come to once its neighbours' fate is known. */
static inline double whole_most(const Judge *judge, double page, Signals bits)
{
    if (!page) return forms_at_most(&judge->forms, judge->context, bits);
    double whole = forms_at_most(&judge->forms, judge->context, both(bits, judge->is.page));
    return page == 1 ? whole : (1 - page) * forms_at_most(&judge->forms, judge->context, bits) + page * whole;
}

#endif
