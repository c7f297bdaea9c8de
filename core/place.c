/* What a line's position among the others says of it. The definition: `cleaner.evidence.place`. */
#include "judge.h"

enum { EDGE = 5, FAR_OFF = 8, LISTING = 3, LISTING_REACH = 10 };

static Py_ssize_t smaller(Py_ssize_t a, Py_ssize_t b) { return a < b ? a : b; }
static Py_ssize_t larger(Py_ssize_t a, Py_ssize_t b) { return a > b ? a : b; }

/* The own signals of line `i` that also say what is prose. */
static inline int is(const Case *scene, Py_ssize_t i, Signals signal) { return meet(scene->at[i].here, signal); }

static void zones(Case *scene, Py_ssize_t first, Py_ssize_t last, Signals *out)
{
    const Names *names = &scene->judge->is;
    Py_ssize_t n = scene->n;
    if (last < 0) {
        for (Py_ssize_t i = 0; i < n; i++)
            out[i] = both(both(names->head, names->tail), i < (n + 1) / 2 ? names->zone_head : names->zone_tail);
        return;
    }
    Py_ssize_t third = (2 * n + 2) / 3, head = smaller(EDGE, third);
    for (Py_ssize_t i = 0; i < n; i++) {
        if (i < first)
            out[i] = both(names->head, names->zone_head);
        else if (i > last)
            out[i] = both(names->tail, names->zone_tail);
        else
            out[i] = i < head ? names->zone_head : i < third ? names->zone_body : names->zone_tail;
    }
}

static void edges(Case *scene, Py_ssize_t first, Py_ssize_t last, Signals *out)
{
    const Names *names = &scene->judge->is;
    Py_ssize_t n = scene->n;
    if (last >= 0) {
        for (Py_ssize_t i = 0; i < first - FAR_OFF + 1; i++) add(out + i, names->before_start);
        for (Py_ssize_t i = last + FAR_OFF; i < n; i++) add(out + i, names->after_end);
    }
    for (Py_ssize_t i = 0; i < smaller(EDGE, n); i++) {
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

static void neighbours(Case *scene, Signals *out)
{
    const Names *names = &scene->judge->is;
    Signals form = form_mask(names);
    for (Py_ssize_t i = 0; i < scene->n; i++) {
        int follows = i < scene->n - 1;
        if (is(scene, i, names->prose)) {
            if (i) add(out + i - 1, names->next_prose);
            if (follows) add(out + i + 1, names->prev_prose);
        }
        if (!follows) continue;
        if (is(scene, i, names->colon))
            add(out + i + 1, names->prev_colon);
        else if (is(scene, i, names->comma))
            add(out + i + 1, names->prev_comma);
        if (i && same(among(scene->at[i - 1].here, form), among(scene->at[i].here, form)) &&
            same(among(scene->at[i].here, form), among(scene->at[i + 1].here, form)))
            add(out + i, names->alike);
    }
}

static void runs(Case *scene, Signals *out)
{
    const Names *names = &scene->judge->is;
    Py_ssize_t start = 0;
    for (Py_ssize_t end = 0; end <= scene->n; end++) {
        if (end < scene->n && !is(scene, end, names->prose) && !scene->at[end].sentence) continue;
        Signals bits = {{0, 0}};
        if (end - start >= 3) add(&bits, names->run);
        if (end - start >= 8) add(&bits, names->long_run);
        if (end - start >= 25) add(&bits, names->huge_run);
        for (Py_ssize_t k = start; k < end; k++) add(out + k, bits);
        start = end + 1;
    }
}

static void listings(Case *scene, Signals *out)
{
    const Names *names = &scene->judge->is;
    Py_ssize_t last[LISTING] = {0}, count = 0;
    for (Py_ssize_t i = 0; i < scene->n; i++) {
        if (!is(scene, i, names->code)) continue;
        last[count++ % LISTING] = i;
        if (count < LISTING) continue;
        Py_ssize_t from = last[count % LISTING];
        if (i - from > 2 * LISTING_REACH) continue;
        for (Py_ssize_t k = larger(0, i - LISTING_REACH); k < smaller(scene->n, from + LISTING_REACH + 1); k++)
            add(out + k, names->code_near);
    }
}

static int twins(Case *scene, Signals *out)
{
    PyObject *seen = PyDict_New();
    if (!seen) return -1;
    for (Py_ssize_t i = 0; i < scene->n; i++) {
        PyObject *number = PyLong_FromSsize_t(i);
        PyObject *first = number ? PyDict_SetDefault(seen, scene->at[i].low, number) : NULL; /* borrowed */
        Py_ssize_t twin = first ? PyLong_AsSsize_t(first) : -1;
        Py_XDECREF(number);
        if (twin < 0) {
            Py_DECREF(seen);
            return -1;
        }
        scene->at[i].twin = twin;
        if (twin == i) continue;
        add(out + i, scene->judge->is.twin);
        add(out + twin, scene->judge->is.twin);
    }
    Py_DECREF(seen);
    return 0;
}

int place_signals_of(Case *scene, const long *gaps)
{
    Py_ssize_t n = scene->n, first = n, last = -1, count = 0;
    const Names *names = &scene->judge->is;
    if (!n) return 0;
    Signals *out = PyMem_Calloc((size_t)n, sizeof *out);
    if (!out) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (!is(scene, i, names->prose)) continue;
        if (last < 0) first = i;
        last = i;
        count++;
    }
    zones(scene, first, last, out);
    for (Py_ssize_t i = 0; i < n; i++) {
        if (!count) add(out + i, names->bare_document);
        if (count * 4 < n) add(out + i, names->junk_document);
        if (gaps[i] >= 2) add(out + i, names->gap_before);
    }
    edges(scene, first, last, out);
    neighbours(scene, out);
    runs(scene, out);
    listings(scene, out);
    int done = twins(scene, out);
    for (Py_ssize_t i = 0; i < n; i++) add(&scene->at[i].here, out[i]);
    PyMem_Free(out);
    return done;
}
