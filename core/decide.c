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
        double weight = whole_sum(judge, &judge->alone, found->page, found->bits[i]) + found->scores[i];
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
    found_free(found, state->n);
    if (found_make(state, 1, found) < 0) return -1;
    if (!state->gone && !(state->gone = PyMem_Calloc((size_t)state->n + 1, 1))) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < state->n; i++) {
        if (state->repeated && state->at[i].lone && !found->sure[i]) found->scores[i] -= judge->of.lone;
        if (found->sure[i] && topic_of(state, i, found->bits + i) < 0) return -1;
    }
    for (Py_ssize_t i = 0; i < state->n; i++)
        state->gone[i] =
            found->sure[i] && found->scores[i] + whole_sum(judge, &judge->forms, found->page, found->bits[i]) >= judge->of.sure;
    if (look_around(state) < 0) return -1;
    state->weighed = 1;
    return 0;
}

/* ---- what becomes of a line's neighbours; `cleaner.evidence.neighbours` ---- */

typedef struct {
    const unsigned char *gone;
    Py_ssize_t n, head, tail;
} Around;

static Signals fate_around(const State *state, Around *around, Py_ssize_t i)
{
    const Py_ssize_t reach = (Py_ssize_t)state->judge->of.near;
    const Names *is = &state->judge->is;
    const unsigned char *gone = around->gone;
    Signals bits = {{0, 0}};
    while (around->head < around->n && gone[around->head]) around->head++;
    while (around->tail >= 0 && gone[around->tail]) around->tail--;
    if (i <= around->head) add(&bits, is->head_open);
    if (i >= around->tail) add(&bits, is->tail_open);
    int many = 0;
    for (Py_ssize_t k = i - reach < 0 ? 0 : i - reach; k < around->n && k <= i + reach; k++) many += k != i && gone[k];
    if (i >= 1 && gone[i - 1]) {
        add(&bits, is->prev_dropped);
        if (i >= 2 && gone[i - 2]) add(&bits, is->prev2_dropped);
    }
    if (i + 1 < around->n && gone[i + 1]) {
        add(&bits, is->next_dropped);
        if (i + 2 < around->n && gone[i + 2]) add(&bits, is->next2_dropped);
    }
    if (many >= reach) add(&bits, is->many_near_dropped);
    return bits;
}

/* ---- verdicts ---- */

/* The kinds of rulings on the lines that go, and of each line which; see `kinds_told`. */
static PyObject *rulings(State *state, const unsigned char *gone)
{
    const Judge *judge = state->judge;
    const Found *found = &state->found;
    Around around = {gone, state->n, 0, state->n - 1};
    Kinds kinds;
    int bad = kinds_make(&kinds, state->n) < 0;
    for (Py_ssize_t i = 0; !bad && i < state->n; i++) {
        if (!gone[i]) continue;
        Signals bits = both(found->bits[i], fate_around(state, &around, i));
        bad = kinds_add(&kinds, i, found->scores[i] + whole_sum(judge, &judge->forms, found->page, bits), found->rules + i, bits) < 0;
    }
    PyObject *out = bad ? NULL : kinds_told(&kinds);
    kinds_free(&kinds);
    return out;
}

PyObject *decide_sure(State *state)
{
    Found found = {0};
    Kinds kinds;
    int any = 0, bad = kinds_make(&kinds, state->n) < 0;
    for (Py_ssize_t i = 0; i < state->n; i++) any |= state->at[i].sure;
    if (any && !bad) bad = found_make(state, 0, &found) < 0;
    for (Py_ssize_t i = 0; any && !bad && i < state->n; i++) {
        if (!found.sure[i]) continue;
        bad = topic_of(state, i, found.bits + i) < 0;
        if (bad || !(found.scores[i] + whole_sum(state->judge, &state->judge->guards, found.page, found.bits[i]) >= state->judge->of.sure)) continue;
        bad = kinds_add(&kinds, i, found.scores[i], found.rules + i, (Signals){{0, 0}}) < 0;
    }
    PyObject *out = bad ? NULL : kinds_told(&kinds);
    kinds_free(&kinds);
    found_free(&found, state->n);
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
    if (shown->repeats || !(shown->sentence || shown->short_sentence)) return 0;
    return state->found.scores[i] < state->judge->of.sentence;
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
        state->most[i] = state->gone[i] ? 0 : whole_most(state->judge, state->found.page, state->found.bits[i]) + state->found.scores[i];
    return 0;
}

/* What each open line must weigh, by index; 0 where it is not open (or gone). Returns how many there are, or -1. */
static Py_ssize_t open_lines(State *state, double threshold, const unsigned char *gone, double *needs)
{
    const Judge *judge = state->judge;
    Found *found = &state->found;
    double least = threshold >= 1 ? threshold : 1 - (1 - threshold) * (1 - found->page * (1 - judge->of.ease));
    Py_ssize_t count = 0;
    if (weigh_most(state) < 0) return -1;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        if (gone[i]) continue;
        double score = state->most[i];
        if (score < least && !found->sure[i]) continue;
        if (!found->sure[i] && spares(state, i)) continue;
        double need = found->sure[i] ? judge->of.sure : least + burden(judge, found->bits[i]);
        if (score < need) continue;
        needs[i] = need;
        count++;
    }
    for (Py_ssize_t i = 0; i < state->n; i++)
        if (needs[i] && topic_of(state, i, found->bits + i) < 0) return -1;
    return count;
}

/* Decide the open lines from the outside in, until their neighbours change nothing more. */
static void settle(State *state, unsigned char *gone, const double *needs, Signals *weighed)
{
    const Judge *judge = state->judge;
    const Found *found = &state->found;
    Py_ssize_t n = state->n;
    for (Py_ssize_t i = 0; i < n; i++)
        if (needs[i] && found->scores[i] + whole_sum(judge, &judge->forms, found->page, found->bits[i]) >= needs[i]) gone[i] = 1;
    Around around = {gone, n, 0, n - 1};
    for (int sweep = 0; sweep < (int)judge->of.sweeps; sweep++) {
        int changed = 0;
        for (Py_ssize_t k = 0; k < n; k++) {
            Py_ssize_t i = sweep % 2 ? k : n - 1 - k;
            if (!needs[i] || gone[i]) continue;
            Signals fate = fate_around(state, &around, i);
            if (same(weighed[i], fate)) continue;
            weighed[i] = fate;
            if (found->scores[i] + whole_sum(judge, &judge->forms, found->page, both(found->bits[i], fate)) < needs[i]) continue;
            gone[i] = 1;
            changed = 1;
        }
        if (!changed && sweep) return;
    }
}

PyObject *decide_at(State *state, double threshold, PyObject *below)
{
    PyObject *out = NULL;
    if (decide_weigh(state) < 0) return NULL;
    size_t n = (size_t)state->n;
    unsigned char *gone = PyMem_Calloc(n + 1, 1);
    double *needs = PyMem_Calloc(n + 1, sizeof *needs);
    Signals *weighed = PyMem_Calloc(n + 1, sizeof *weighed);
    int bad = !gone || !needs || !weighed;
    if (bad)
        PyErr_NoMemory();
    else if (n)
        memcpy(gone, state->gone, n);
    for (Py_ssize_t k = 0; !bad && k < PyList_GET_SIZE(below); k++) {
        Py_ssize_t i = PyLong_AsSsize_t(PyList_GET_ITEM(below, k));
        bad = i < 0 || i >= state->n;
        if (!bad)
            gone[i] = 1;
        else if (!PyErr_Occurred())
            PyErr_SetString(PyExc_IndexError, "no such line");
    }
    if (!bad && open_lines(state, threshold, gone, needs) >= 0) {
        settle(state, gone, needs, weighed);
        out = rulings(state, gone);
    }
    PyMem_Free(gone);
    PyMem_Free(needs);
    PyMem_Free(weighed);
    return out;
}
