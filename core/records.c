/* Lists of records: lines of one make, each with another text. The definition: `cleaner.evidence.records`. */
#include "records.h"

#include <stdlib.h>
#include <string.h>

/* What is known of a document's lists. */
typedef struct {
    State *state;
    uint64_t *kinds;       /* of each line the categories of the rules that hit it */
    unsigned char *known;  /* whether a line is a record already */
    unsigned char *below;  /* whether it stands below a label */
    int32_t *records, *counts; /* room for one make */
    uint32_t *void_at;     /* of each line where in `is_void` its rules begin */
    unsigned char *is_void; /* of each rule of each line whether it says nothing there */
    unsigned char *found, *seen;
    size_t record_count;
    size_t loud, loud_of[64]; /* lines that go for sure and are no records: all, and by the categories that hit them */
} Lists;

/* How many lines within `reach` of line `i` rules of other categories hit; with `loud`, take for sure. Counted line by line,
   so that many makes cost no more than few. */
static size_t within(const Lists *lists, const Make *make, Py_ssize_t i, double reach, int loud)
{
    const State *state = lists->state;
    Py_ssize_t far = (Py_ssize_t)reach, start = i > far ? i - far : 0, end = state->n - 1 - i > far ? i + far : state->n - 1;
    size_t count = 0;
    for (Py_ssize_t k = start; k <= end; k++)
        count += lists->kinds[k] && !(lists->kinds[k] >> make->category & 1) && !lists->known[k] && (!loud || state->at[k].sure);
    return count;
}

/* A line is found, or is no longer, among those that go for sure and are no records. */
static void count_loud(Lists *lists, Py_ssize_t i, int more)
{
    if (!lists->state->at[i].sure || !lists->kinds[i]) return;
    lists->loud += (size_t)more;
    for (size_t kind = 0; kind < 64; kind++)
        if (lists->kinds[i] >> kind & 1) lists->loud_of[kind] += (size_t)more;
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
            lists->below[i] = 1;
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
        if (lists->below[i] || (furnished && !(state->first < i && i < state->last)) || state->at[i].repeats) continue;
        if (times != 1 && (double)times > most) continue;
        if (loud && (double)within(lists, make, i, of->far, 1) >= of->loud) continue;
        lists->records[lists->record_count++] = i;
    }
}

/* How many texts some lines have that were not counted yet; `seen` is cleared by `forget`. */
static int is_new(Lists *lists, Py_ssize_t i)
{
    unsigned char *seen = lists->seen + lists->state->at[i].twin;
    int fresh = !*seen;
    *seen = 1;
    return fresh;
}

static void forget(Lists *lists, size_t start, size_t end)
{
    for (size_t k = start; k < end; k++) lists->seen[lists->state->at[lists->records[k]].twin] = 0;
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
            for (size_t m = start; m < k; m++) lists->found[lists->records[m]] = 1;
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
        if ((double)within(lists, make, i, of->around, 0) < of->many) lists->found[i] = 1;
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
        if (!lists->found[i]) continue;
        lists->found[i] = 0;
        if (is_label(state, make, i)) continue;
        if (!lists->known[i]) count_loud(lists, i, -1);
        lists->known[i] = state->closed[i] = 1;
        const Choice *standing = choice_at(&state->choices, state->at[i].standing);
        for (size_t k = 0; k < standing->count; k++) {
            const Row *row = rows_at(&state->choices, standing)[k];
            if (speaks(row) && (make->several ? row->category == make->category : row == make->rule))
                lists->is_void[lists->void_at[i] + k] = 1;
        }
        if (before >= 0 && (double)(i - before) <= state->judge->of.apart)
            for (Py_ssize_t k = before; k < i; k++)
                if (!lists->kinds[k]) state->closed[k] = 1;
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
        if ((double)makes->at[k].count >= least) order[count++] = makes->at + k;
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

/* Find the lists among lines that `all` rules stand on. */
static int part(State *state, const uint32_t *elsewhere, size_t all)
{
    size_t n = (size_t)state->n;
    Makes makes = {0};
    /* One piece of memory: long numbers first, then short ones, then bytes. */
    size_t shorts = 3 * n + 1, bytes = 4 * n + all + 1;
    uint64_t *room = PyMem_Calloc(n + 1 + (4 * shorts + bytes + 7) / 8, sizeof *room);
    if (!room) {
        PyErr_NoMemory();
        return -1;
    }
    uint32_t *numbers = (uint32_t *)(room + n + 1);
    unsigned char *flags = (unsigned char *)(numbers + shorts);
    Lists lists = {.state = state, .kinds = room, .known = flags, .below = flags + n, .found = flags + 2 * n, .seen = flags + 3 * n,
                   .records = (int32_t *)numbers, .counts = (int32_t *)numbers + n, .void_at = numbers + 2 * n, .is_void = flags + 4 * n};
    uint32_t next = 0;
    for (size_t i = 0; i < n; i++) {
        const Choice *standing = choice_at(&state->choices, state->at[i].standing);
        lists.void_at[i] = next;
        next += (uint32_t)standing->count;
        for (size_t k = 0; k < standing->count; k++) {
            const Row *row = rows_at(&state->choices, standing)[k];
            if (speaks(row)) lists.kinds[i] |= (uint64_t)1 << row->category;
        }
        count_loud(&lists, (Py_ssize_t)i, 1);
    }
    int bad = makes_gather(state, elsewhere, &makes) < 0 || go_through(&lists, &makes) < 0 || drop_void(state, &lists) < 0;
    makes_free(&makes);
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
    return part(state, elsewhere, all);
}
