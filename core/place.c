/* What a line's position among the others says of it. The definition: `cleaner.evidence.place`. */
#include "judge.h"

static Py_ssize_t smaller(Py_ssize_t a, Py_ssize_t b) { return a < b ? a : b; }
static Py_ssize_t larger(Py_ssize_t a, Py_ssize_t b) { return a > b ? a : b; }

/* The own signals of line `i` that also say what is prose. */
static inline int is(const State *state, Py_ssize_t i, Signals signal) { return meet(state->at[i].here, signal); }

static inline int is_said(const State *state, Py_ssize_t i) { return state->at[i].sentence || state->at[i].short_sentence; }

static void zones(State *state, Py_ssize_t first, Py_ssize_t last, Signals *out)
{
    const Names *names = &state->judge->is;
    Py_ssize_t n = state->n;
    if (last < 0) {
        for (Py_ssize_t i = 0; i < n; i++)
            out[i] = both(both(names->head, names->tail), i < (n + 1) / 2 ? names->zone_head : names->zone_tail);
        return;
    }
    Py_ssize_t third = (2 * n + 2) / 3, head = smaller((Py_ssize_t)state->judge->of.edge, third);
    for (Py_ssize_t i = 0; i < n; i++) {
        if (i < first)
            out[i] = both(names->head, names->zone_head);
        else if (i > last)
            out[i] = both(names->tail, names->zone_tail);
        else
            out[i] = i < head ? names->zone_head : i < third ? names->zone_body : names->zone_tail;
    }
}

static void edges(State *state, Py_ssize_t first, Py_ssize_t last, Signals *out)
{
    const Names *names = &state->judge->is;
    Py_ssize_t n = state->n, edge = (Py_ssize_t)state->judge->of.edge, far = (Py_ssize_t)state->judge->of.far_off;
    if (last >= 0) {
        for (Py_ssize_t i = 0; i < first - far + 1; i++) add(out + i, names->before_start);
        for (Py_ssize_t i = last + far; i < n; i++) add(out + i, names->after_end);
    }
    for (Py_ssize_t i = 0; i < smaller(edge, n); i++) {
        add(out + i, names->top);
        add(out + n - 1 - i, names->end);
    }
    add(out, names->first);
    add(out + n - 1, names->last);
}

static Signals form_mask(const Names *is)
{
    const Signals some[] = {is->stop,      is->caps,      is->colon,      is->question,    is->ellipsis, is->words_1,
                            is->words_2_3, is->words_4_7, is->words_8_14, is->words_15_29, is->words_30};
    Signals out = {{0, 0}};
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) add(&out, some[k]);
    return out;
}

static void neighbours(State *state, Signals *out)
{
    const Names *names = &state->judge->is;
    Signals form = form_mask(names);
    for (Py_ssize_t i = 0; i < state->n; i++) {
        int follows = i < state->n - 1;
        if (is(state, i, names->prose)) {
            if (i) add(out + i - 1, names->next_prose);
            if (follows) add(out + i + 1, names->prev_prose);
        }
        if (i && follows && is_said(state, i - 1) && is_said(state, i + 1)) add(out + i, names->between);
        if (!follows) continue;
        if (is(state, i, names->colon))
            add(out + i + 1, names->prev_colon);
        else if (is(state, i, names->comma))
            add(out + i + 1, names->prev_comma);
        if (i && same(among(state->at[i - 1].here, form), among(state->at[i].here, form)) &&
            same(among(state->at[i].here, form), among(state->at[i + 1].here, form)))
            add(out + i, names->alike);
    }
}

/* What stands around an underlined heading stands around both its lines. */
static void underlined(State *state, Signals *out)
{
    const Names *names = &state->judge->is;
    for (Py_ssize_t row = 1; row < state->n; row++) {
        if (!state->at[row].underline || state->at[row].gap) continue;
        int above = row > 1, below = row + 1 < state->n;
        if (above && below && is_said(state, row - 2) && is_said(state, row + 1)) {
            add(out + row - 1, names->between);
            add(out + row, names->between);
        }
        if (above && is(state, row - 2, names->prose)) add(out + row, names->prev_prose);
        if (below && is(state, row + 1, names->prose)) add(out + row - 1, names->next_prose);
    }
}

static void runs(State *state, Signals *out)
{
    const Names *names = &state->judge->is;
    const Constants *of = &state->judge->of;
    Py_ssize_t start = 0;
    for (Py_ssize_t end = 0; end <= state->n; end++) {
        if (end < state->n && !is(state, end, names->prose) && !state->at[end].sentence) continue;
        Signals bits = {{0, 0}};
        double length = (double)(end - start);
        if (length >= of->run_3) add(&bits, names->run);
        if (length >= of->run_8) add(&bits, names->long_run);
        if (length >= of->run_25) add(&bits, names->huge_run);
        for (Py_ssize_t k = start; k < end; k++) add(out + k, bits);
        start = end + 1;
    }
}

static void listings(State *state, Signals *out)
{
    const Names *names = &state->judge->is;
    const Py_ssize_t reach = (Py_ssize_t)state->judge->of.listing_reach;
    Py_ssize_t many = (Py_ssize_t)state->judge->of.listing, count = 0, first = 0;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        if (!is(state, i, names->code)) continue;
        /* `first`: of the last `many` lines of code the first. */
        if (++count == 1) first = i;
        if (count > many)
            for (first++; !is(state, first, names->code);) first++;
        if (count < many || i - first > 2 * reach) continue;
        for (Py_ssize_t k = larger(0, i - reach); k < smaller(state->n, first + reach + 1); k++)
            add(out + k, names->code_near);
    }
}

/* The lines of one text, by an open-addressed table of their numbers from 1: a dictionary would hold an object for each. */
static int twins(State *state, Signals *out)
{
    size_t mask = 15;
    while (mask < 2 * (size_t)state->n) mask = 2 * mask + 1;
    uint32_t *places = PyMem_Calloc(mask + 1, sizeof *places);
    int bad = !places;
    if (bad) PyErr_NoMemory();
    for (Py_ssize_t i = 0; !bad && i < state->n; i++) {
        PyObject *low = low_of(state->at[i].facts);
        Py_hash_t hash = low ? PyObject_Hash(low) : -1;
        size_t k = (size_t)hash & mask;
        int equal = 0;
        for (bad = hash == -1; !bad && !equal && places[k]; k = equal ? k : (k + 1) & mask) {
            Shown *other = state->at + places[k] - 1;
            PyObject *text = other->facts == state->at[i].facts ? Py_NewRef(low) : low_of(other->facts);
            equal = text && (text == low || (PyObject_Hash(text) == hash && !PyUnicode_Compare(text, low)));
            bad = !text || PyErr_Occurred();
            Py_XDECREF(text);
        }
        Py_XDECREF(low);
        if (bad) break;
        if (!equal) places[k] = (uint32_t)i + 1;
        state->at[i].twin = (int32_t)(places[k] - 1);
        if (!equal) continue;
        add(out + i, state->judge->is.twin);
        add(out + state->at[i].twin, state->judge->is.twin);
    }
    PyMem_Free(places);
    return bad ? -1 : 0;
}

int place_signals_of(State *state)
{
    Py_ssize_t n = state->n, first = n, last = -1, count = 0;
    const Names *names = &state->judge->is;
    if (!n) return 0;
    Signals *out = PyMem_Calloc((size_t)n, sizeof *out);
    if (!out) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (!is(state, i, names->prose)) continue;
        if (last < 0) first = i;
        last = i;
        count++;
    }
    zones(state, first, last, out);
    for (Py_ssize_t i = 0; i < n; i++) {
        if (!count) add(out + i, names->bare_document);
        if (count * 4 < n) add(out + i, names->junk_document);
        if (state->plain) add(out + i, names->plain_document);
        if ((double)n <= state->judge->of.small) add(out + i, names->small_document);
        if ((double)n <= state->judge->of.tiny) add(out + i, names->tiny_document);
        if ((double)state->at[i].gap >= state->judge->of.gap) add(out + i, names->gap_before);
    }
    edges(state, first, last, out);
    neighbours(state, out);
    underlined(state, out);
    runs(state, out);
    listings(state, out);
    int done = twins(state, out);
    for (Py_ssize_t i = 0; i < n; i++) add(&state->at[i].here, out[i]);
    PyMem_Free(out);
    return done;
}
