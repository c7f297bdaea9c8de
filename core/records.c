/* Lists of records: lines of one make, each with another text. The definition: `cleaner.evidence.records`. */
#include "records.h"

#include <stdlib.h>
#include <string.h>

/* What is known of a document's lists. */
typedef struct {
    State *state;
    uint64_t *kinds;       /* of each choice of rules their categories */
    unsigned char *marks;  /* of each line */
    int32_t *records, *counts; /* room for one make */
    uint32_t *void_at;     /* of each line where in `is_void` its rules begin */
    unsigned char *is_void; /* of each rule of each line whether it says nothing there */
    size_t record_count;
    size_t loud, loud_of[64]; /* lines that go for sure and are no records: all, and by the categories that hit them */
} Lists;

/* Marks of a line: it is a record already; it stands below a label; it is one of the make at hand; its text was counted. */
enum { KNOWN = 1, BELOW = 2, FOUND = 4, SEEN = 8 };

/* The categories of the rules that hit a line. */
static inline uint64_t kinds_of(const Lists *lists, Py_ssize_t i) { return lists->kinds[lists->state->at[i].standing]; }

/* How many lines within `reach` of line `i` rules of other categories hit; with `loud`, take for sure. Counted line by line,
   so that many makes cost no more than few. */
static size_t within(const Lists *lists, const Make *make, Py_ssize_t i, double reach, int loud)
{
    const State *state = lists->state;
    Py_ssize_t far = (Py_ssize_t)reach, start = i > far ? i - far : 0, end = state->n - 1 - i > far ? i + far : state->n - 1;
    size_t count = 0;
    for (Py_ssize_t k = start; k <= end; k++) {
        uint64_t kinds = kinds_of(lists, k);
        count += kinds && !(kinds >> make->category & 1) && !(lists->marks[k] & KNOWN) && (!loud || state->at[k].sure);
    }
    return count;
}

/* A line is found, or is no longer, among those that go for sure and are no records. */
static void count_loud(Lists *lists, Py_ssize_t i, int more)
{
    uint64_t kinds = kinds_of(lists, i);
    if (!lists->state->at[i].sure || !kinds) return;
    lists->loud += (size_t)more;
    for (size_t kind = 0; kind < 64; kind++)
        if (kinds >> kind & 1) lists->loud_of[kind] += (size_t)more;
}

/* The lines below a sure label of links, comments or menus, up to the next paragraph. */
static void mark_below(Lists *lists)
{
    const State *state = lists->state;
    uint64_t labels = (uint64_t)state->judge->of.labels;
    int open = 0;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        const Choice *standing = choice_at(&state->choices, state->at[i].standing);
        if (open && state->at[i].sentence)
            open = 0;
        else if (open)
            lists->marks[i] |= BELOW;
        int was = open;
        for (size_t k = 0; k < standing->count; k++) {
            const Row *row = rows_at(&state->choices, standing)[k];
            if (speaks(row) && row->sure && labels >> row->category & 1 && (row->reaching || !was)) open = 1;
        }
    }
}

/* Those lines of a make that may be records at all. */
static void choose_records(Lists *lists, const Make *make)
{
    const State *state = lists->state;
    const Constants *of = &state->judge->of;
    size_t loud = lists->loud - lists->loud_of[make->category];
    int furnished = (double)loud >= of->furnished;
    lists->record_count = 0;
    for (size_t k = 0; k < make->count; k++) lists->counts[state->at[make->lines[k]].twin] = 0;
    for (size_t k = 0; k < make->count; k++) lists->counts[state->at[make->lines[k]].twin]++;
    double most = of->repeated * (double)make->count;
    if (most < 1) most = 1;
    for (size_t k = 0; k < make->count; k++) {
        int32_t i = make->lines[k], times = lists->counts[state->at[i].twin];
        if (lists->marks[i] & BELOW || (furnished && !(state->first < i && i < state->last)) || repeats_of(state, i)) continue;
        if (times != 1 && (double)times > most) continue;
        if (loud && (double)within(lists, make, i, of->far, 1) >= of->loud) continue;
        lists->records[lists->record_count++] = i;
    }
}

/* Whether a line's text was not counted yet; `forget` clears what was. */
static int is_new(Lists *lists, Py_ssize_t i)
{
    unsigned char *marks = lists->marks + lists->state->at[i].twin;
    int fresh = !(*marks & SEEN);
    *marks |= SEEN;
    return fresh;
}

static void forget(Lists *lists, size_t start, size_t end)
{
    for (size_t k = start; k < end; k++) lists->marks[lists->state->at[lists->records[k]].twin] &= (unsigned char)~SEEN;
}

/* Stretches that are lists by themselves: long, with gaps of one line at most, nearly all different. */
static void mark_stretches(Lists *lists)
{
    const Constants *of = &lists->state->judge->of;
    size_t start = 0;
    for (size_t k = 1; k <= lists->record_count; k++) {
        if (k < lists->record_count && lists->records[k] - lists->records[k - 1] <= 2) continue;
        size_t texts = 0;
        for (size_t m = start; m < k; m++) texts += (size_t)is_new(lists, lists->records[m]);
        forget(lists, start, k);
        if ((double)(k - start) >= of->stretch && (double)texts >= of->different * (double)(k - start))
            for (size_t m = start; m < k; m++) lists->marks[lists->records[m]] |= FOUND;
        start = k;
    }
}

/* Records that come in several runs, not among what other kinds of rules hit. */
static void mark_spread(Lists *lists, const Make *make)
{
    const Constants *of = &lists->state->judge->of;
    size_t runs = 0, texts = 0;
    Py_ssize_t before = -1;
    for (size_t k = 0; k < lists->record_count; k++) {
        Py_ssize_t i = lists->records[k];
        if ((double)within(lists, make, i, of->around, 0) >= of->many) continue;
        if (i != before + 1 || !within(lists, make, i, of->beside, 0)) runs++;
        before = i;
        texts += (size_t)is_new(lists, i);
    }
    forget(lists, 0, lists->record_count);
    if ((double)runs < of->list || (double)texts < of->list) return;
    for (size_t k = 0; k < lists->record_count; k++) {
        Py_ssize_t i = lists->records[k];
        if ((double)within(lists, make, i, of->around, 0) < of->many) lists->marks[i] |= FOUND;
    }
}

/* Whether several rules of a kind that speaks of the page have in line `i` one of its labels, and no record. */
static int is_label(const State *state, const Make *make, Py_ssize_t i)
{
    if (!make->several || !((uint64_t)state->judge->of.page_kinds >> make->category & 1)) return 0;
    const Choice *standing = choice_at(&state->choices, state->at[i].standing);
    for (size_t k = 0; k < standing->count; k++) {
        const Row *row = rows_at(&state->choices, standing)[k];
        if (speaks(row) && row->sure && row->category == make->category) return 1;
    }
    return 0;
}

/* What the records of a make become. */
static void take(Lists *lists, const Make *make)
{
    State *state = lists->state;
    Py_ssize_t before = -1;
    for (size_t m = 0; m < make->count; m++) {
        Py_ssize_t i = make->lines[m];
        if (!(lists->marks[i] & FOUND)) continue;
        lists->marks[i] &= (unsigned char)~FOUND;
        if (is_label(state, make, i)) continue;
        if (!(lists->marks[i] & KNOWN)) count_loud(lists, i, -1);
        lists->marks[i] |= KNOWN;
        state->closed[i] = 1;
        const Choice *standing = choice_at(&state->choices, state->at[i].standing);
        for (size_t k = 0; k < standing->count; k++) {
            const Row *row = rows_at(&state->choices, standing)[k];
            if (speaks(row) && (make->several ? row->category == make->category : row == make->rule))
                lists->is_void[lists->void_at[i] + k] = 1;
        }
        if (before >= 0 && (double)(i - before) <= state->judge->of.apart)
            for (Py_ssize_t k = before; k < i; k++)
                if (!kinds_of(lists, k)) state->closed[k] = 1;
        before = i;
    }
}

static int by_size(const void *one, const void *other)
{
    const Make *a = *(const Make *const *)one, *b = *(const Make *const *)other;
    if (a->standing != b->standing) return a->standing > b->standing ? -1 : 1;
    return a < b ? -1 : a > b; /* `qsort` is not stable */
}

/* All makes, those that stand on most lines first. */
static int go_through(Lists *lists, Makes *makes)
{
    const Make **order = PyMem_Calloc(makes->count + 1, sizeof *order);
    if (!order) {
        PyErr_NoMemory();
        return -1;
    }
    size_t count = 0;
    double least = lists->state->judge->of.list;
    for (size_t k = 0; k < makes->count; k++)
        if (makes->at[k].lines) order[count++] = makes->at + k;
    qsort(order, count, sizeof *order, by_size);
    if (count) mark_below(lists);
    for (size_t k = 0; k < count; k++) {
        choose_records(lists, order[k]);
        if ((double)lists->record_count < least) continue;
        mark_stretches(lists);
        mark_spread(lists, order[k]);
        take(lists, order[k]);
    }
    PyMem_Free(order);
    return 0;
}

static int drop_void(State *state, const Lists *lists)
{
    Choices *choices = &state->choices;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        const Choice *standing = choice_at(choices, state->at[i].standing);
        const unsigned char *is_void = lists->is_void + lists->void_at[i];
        if (!standing->count || !memchr(is_void, 1, standing->count)) continue;
        for (size_t k = 0; k < standing->count; k++)
            if (!is_void[k] && choices_next(choices, rows_at(choices, standing)[k]) < 0) return -1;
        if (choices_take(choices, &state->at[i].standing) < 0) return -1;
    }
    return 0;
}

/* Find the lists among lines that `all` rules stand on, by what `makes` stand on which of them. */
static int part(State *state, Makes *makes, size_t all)
{
    size_t n = (size_t)state->n, choices = state->choices.count, most = 0;
    for (size_t k = 0; k < makes->count; k++)
        if (makes->at[k].lines && makes->at[k].count > most) most = makes->at[k].count;
    if (!most) return 0;
    /* One piece of memory: long numbers first, then short ones, then bytes. */
    size_t shorts = 2 * n + most, bytes = n + all;
    uint64_t *room = PyMem_Calloc(choices + 1 + (4 * shorts + bytes + 7) / 8, sizeof *room);
    if (!room) {
        PyErr_NoMemory();
        return -1;
    }
    uint32_t *numbers = (uint32_t *)(room + choices + 1);
    unsigned char *flags = (unsigned char *)(numbers + shorts);
    Lists lists = {.state = state, .kinds = room, .void_at = numbers, .counts = (int32_t *)numbers + n, .records = (int32_t *)numbers + 2 * n,
                   .marks = flags, .is_void = flags + n};
    for (size_t number = 1; number < choices; number++) {
        const Choice *choice = choice_at(&state->choices, (uint32_t)number);
        for (size_t k = 0; k < choice->count; k++) {
            const Row *row = rows_at(&state->choices, choice)[k];
            if (speaks(row)) room[number] |= (uint64_t)1 << row->category;
        }
    }
    uint32_t next = 0;
    for (size_t i = 0; i < n; i++) {
        lists.void_at[i] = next;
        next += (uint32_t)choice_at(&state->choices, state->at[i].standing)->count;
        count_loud(&lists, (Py_ssize_t)i, 1);
    }
    int bad = go_through(&lists, makes) < 0 || drop_void(state, &lists) < 0;
    PyMem_Free(room);
    return bad ? -1 : 0;
}

int records_part(State *state, const uint32_t *elsewhere)
{
    size_t all = 0, speaking = 0, others = 0;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        const Choice *standing = choice_at(&state->choices, state->at[i].standing);
        all += standing->count;
        speaking += standing->against;
        others += choice_at(&state->choices, elsewhere[i])->count;
    }
    if (!speaking || (double)(speaking + others) < state->judge->of.list) return 0;
    Makes makes = {0};
    int bad = makes_gather(state, elsewhere, &makes) < 0 || part(state, &makes, all) < 0;
    makes_free(&makes);
    return bad ? -1 : 0;
}
