/* Which lines of a state go, at any threshold. The definition: `cleaner.judging.judge.Case`. */
#include "judge.h"

#include <string.h>

/* ---- what it all weighs ---- */

/* Add to the signals of each line what the lines around it weigh by themselves. */
static int look_around(State *state)
{
    const Judge *judge = state->judge;
    Found *found = &state->found;
    double *scores = PyMem_Malloc((size_t)(2 * state->n + 1) * sizeof *scores);
    if (!scores) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < state->n; i++) {
        double weight = whole_sum(judge, &judge->alone, found->page, found->bits[i]) + score_of(state, found, i);
        if (weight < judge->of.low) weight = judge->of.low;
        scores[i] = weight > judge->of.high || state->gone[i] ? judge->of.high : weight;
    }
    around_add(&judge->reaches, scores, scores + state->n, state->n, found->bits);
    PyMem_Free(scores);
    return 0;
}

int decide_weigh(State *state)
{
    const Judge *judge = state->judge;
    Found *found = &state->found;
    if (state->weighed) return 0;
    /* Where an error came between, it is all done again. */
    found_free(found);
    if (found_make(state, 1, found) < 0) return -1;
    if (!state->gone && !(state->gone = PyMem_Calloc((size_t)state->n + 1, 1))) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < state->n; i++)
        if (is_sure(state, found, i) && topic_of(state, i, found->bits + i) < 0) return -1;
    for (Py_ssize_t i = 0; i < state->n; i++)
        state->gone[i] =
            is_sure(state, found, i) && score_of(state, found, i) + whole_sum(judge, &judge->forms, found->page, found->bits[i]) >= judge->of.sure;
    if (look_around(state) < 0) return -1;
    state->weighed = 1;
    return 0;
}

/* ---- what becomes of a line's neighbours; `cleaner.evidence.neighbours` ---- */

typedef struct {
    const unsigned char *gone;
    Py_ssize_t n, head, tail;
} Around;

/* What may have become of them, as bits of a byte: there is one for each line. */
enum { HEAD_OPEN = 1, TAIL_OPEN = 2, PREV = 4, PREV2 = 8, NEXT = 16, NEXT2 = 32, MANY = 64 };

static unsigned char fate_around(const State *state, Around *around, Py_ssize_t i)
{
    const Py_ssize_t reach = (Py_ssize_t)state->judge->of.near;
    const unsigned char *gone = around->gone;
    int fate = 0;
    while (around->head < around->n && gone[around->head]) around->head++;
    while (around->tail >= 0 && gone[around->tail]) around->tail--;
    if (i <= around->head) fate |= HEAD_OPEN;
    if (i >= around->tail) fate |= TAIL_OPEN;
    int many = 0;
    for (Py_ssize_t k = i - reach < 0 ? 0 : i - reach; k < around->n && k <= i + reach; k++) many += k != i && gone[k];
    if (i >= 1 && gone[i - 1]) fate |= i >= 2 && gone[i - 2] ? PREV | PREV2 : PREV;
    if (i + 1 < around->n && gone[i + 1]) fate |= i + 2 < around->n && gone[i + 2] ? NEXT | NEXT2 : NEXT;
    if (many >= reach) fate |= MANY;
    return (unsigned char)fate;
}

static Signals fate_signals(const State *state, unsigned char fate)
{
    const Names *is = &state->judge->is;
    Signals bits = {{0, 0}};
    if (fate & HEAD_OPEN) add(&bits, is->head_open);
    if (fate & TAIL_OPEN) add(&bits, is->tail_open);
    if (fate & PREV) add(&bits, is->prev_dropped);
    if (fate & PREV2) add(&bits, is->prev2_dropped);
    if (fate & NEXT) add(&bits, is->next_dropped);
    if (fate & NEXT2) add(&bits, is->next2_dropped);
    if (fate & MANY) add(&bits, is->many_near_dropped);
    return bits;
}

/* ---- verdicts ---- */

/* The kinds of rulings on the lines that go, and of each line which; see `kinds_told`. */
static PyObject *rulings(State *state, const unsigned char *gone, Py_ssize_t count)
{
    const Judge *judge = state->judge;
    const Found *found = &state->found;
    Around around = {gone, state->n, 0, state->n - 1};
    Kinds kinds;
    int bad = kinds_make(&kinds, state, count) < 0;
    for (Py_ssize_t i = 0; !bad && i < state->n; i++) {
        if (!gone[i]) continue;
        Signals bits = both(found->bits[i], fate_signals(state, fate_around(state, &around, i)));
        bad = kinds_add(&kinds, i, score_of(state, found, i) + whole_sum(judge, &judge->forms, found->page, bits), found->rules[i], bits) < 0;
    }
    PyObject *out = bad ? NULL : kinds_told(&kinds);
    kinds_free(&kinds);
    return out;
}

PyObject *decide_sure(State *state, Py_ssize_t count)
{
    Found found = {0};
    Kinds kinds;
    int any = 0, bad = kinds_make(&kinds, state, count) < 0;
    for (Py_ssize_t i = 0; i < state->n; i++) any |= state->at[i].sure;
    if (any && !bad) bad = found_make(state, 0, &found) < 0;
    for (Py_ssize_t i = 0; any && !bad && i < state->n; i++) {
        if (!is_sure(state, &found, i)) continue;
        bad = topic_of(state, i, found.bits + i) < 0;
        if (bad || !(score_of(state, &found, i) + whole_sum(state->judge, &state->judge->guards, found.page, found.bits[i]) >= state->judge->of.sure)) continue;
        bad = kinds_add(&kinds, i, score_of(state, &found, i), found.rules[i], (Signals){{0, 0}}) < 0;
    }
    PyObject *out = bad ? NULL : kinds_told(&kinds);
    kinds_free(&kinds);
    found_free(&found);
    return out;
}

static double burden(const Judge *judge, Signals bits)
{
    if (meet(bits, judge->is.words_8_14)) return judge->of.burden_8;
    if (meet(bits, judge->is.words_15_29)) return judge->of.burden_15;
    return meet(bits, judge->is.words_30) ? judge->of.burden_30 : 0;
}

/* Whether weak evidence may not take a line. */
static int spares(const State *state, Py_ssize_t i)
{
    const Shown *shown = state->at + i;
    if (state->closed[i]) return 1;
    if (repeats_of(state, i) || !(shown->sentence || shown->short_sentence)) return 0;
    return score_of(state, &state->found, i) < state->judge->of.sentence;
}

/* What a document's lines must weigh at the least. */
static double least_of(const State *state, double threshold)
{
    return threshold >= 1 ? threshold : 1 - (1 - threshold) * (1 - state->found.page * (1 - state->judge->of.ease));
}

/* What a line must weigh, where the shortest must weigh `least`. */
static double need_of(const State *state, double least, Py_ssize_t i)
{
    const Judge *judge = state->judge;
    return is_sure(state, &state->found, i) ? judge->of.sure : least + burden(judge, state->found.bits[i]);
}

/* The most that each line could weigh, once: signals of its topic and of its neighbours, which come to it later, change nothing of it. */
static int weigh_most(State *state)
{
    if (state->most) return 0;
    if (!(state->most = PyMem_Malloc(((size_t)state->n + 1) * sizeof *state->most))) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < state->n; i++)
        state->most[i] = state->gone[i] ? 0 : whole_most(state->judge, state->found.page, state->found.bits[i]) + score_of(state, &state->found, i);
    return 0;
}

/* Mark the lines that are open: that may go yet, and are not gone. */
static int open_lines(State *state, double least, const unsigned char *gone, unsigned char *open)
{
    Found *found = &state->found;
    if (weigh_most(state) < 0) return -1;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        if (gone[i]) continue;
        double score = state->most[i];
        int sure = is_sure(state, found, i);
        open[i] = (score >= least || sure) && (sure || !spares(state, i)) && score >= need_of(state, least, i);
    }
    for (Py_ssize_t i = 0; i < state->n; i++)
        if (open[i] && topic_of(state, i, found->bits + i) < 0) return -1;
    return 0;
}

static int goes(const State *state, double least, Py_ssize_t i, Signals bits)
{
    const Found *found = &state->found;
    return score_of(state, found, i) + whole_sum(state->judge, &state->judge->forms, found->page, bits) >= need_of(state, least, i);
}

/* Decide the open lines from the outside in, until their neighbours change nothing more. */
static void settle(State *state, double least, unsigned char *gone, const unsigned char *open, unsigned char *weighed)
{
    const Found *found = &state->found;
    Py_ssize_t n = state->n;
    for (Py_ssize_t i = 0; i < n; i++)
        if (open[i] && goes(state, least, i, found->bits[i])) gone[i] = 1;
    Around around = {gone, n, 0, n - 1};
    for (int sweep = 0; sweep < (int)state->judge->of.sweeps; sweep++) {
        int changed = 0;
        for (Py_ssize_t k = 0; k < n; k++) {
            Py_ssize_t i = sweep % 2 ? k : n - 1 - k;
            if (!open[i] || gone[i]) continue;
            unsigned char fate = fate_around(state, &around, i);
            if (weighed[i] == fate) continue;
            weighed[i] = fate;
            if (!goes(state, least, i, both(found->bits[i], fate_signals(state, fate)))) continue;
            gone[i] = 1;
            changed = 1;
        }
        if (!changed && sweep) return;
    }
}

PyObject *decide_at(State *state, double threshold, const Py_buffer *below, Py_ssize_t count)
{
    PyObject *out = NULL;
    if (decide_weigh(state) < 0) return NULL;
    size_t n = (size_t)state->n;
    unsigned char *gone = PyMem_Calloc(n + 1, 1);
    /* Which are open, and by what fate of their neighbours they were weighed last. */
    unsigned char *open = PyMem_Calloc(2 * n + 1, 1);
    int bad = !gone || !open;
    if (bad)
        PyErr_NoMemory();
    else if (n)
        memcpy(gone, state->gone, n);
    for (size_t i = 0; !bad && below->len && i < n; i++) {
        uint32_t given; /* may stand at any address */
        Py_ssize_t at = (Py_ssize_t)sizeof given * state->at[i].number;
        bad = at + (Py_ssize_t)sizeof given > below->len;
        if (bad)
            PyErr_SetString(PyExc_IndexError, "no such line");
        else
            memcpy(&given, (const char *)below->buf + at, sizeof given), gone[i] |= given != 0;
    }
    double least = least_of(state, threshold);
    bad = bad || open_lines(state, least, gone, open) < 0;
    if (!bad) settle(state, least, gone, open, open + n);
    PyMem_Free(open);
    if (!bad) out = rulings(state, gone, count);
    PyMem_Free(gone);
    return out;
}
