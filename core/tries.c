/* One entry tried on a line: its pattern, and what its rule asks for besides. The definition: `rule.Rule.hits`. */
#include "looker.h"
#include <stdlib.h>

/* A tuple of numbers of programs. */
static int take_some(Some *some, PyObject *given)
{
    Py_ssize_t count = PyTuple_GET_SIZE(given);
    if (!(some->at = PyMem_Calloc((size_t)count + 1, sizeof *some->at))) {
        PyErr_NoMemory();
        return -1;
    }
    for (; some->count < count; some->count++) {
        unsigned long number = PyLong_AsUnsignedLong(PyTuple_GET_ITEM(given, some->count));
        if (number == (unsigned long)-1 && PyErr_Occurred()) return -1;
        some->at[some->count] = number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
    }
    return 0;
}

static int load_rest(Looker *looker, uint32_t number, Try *tried)
{
    PyObject *rule, *unless, *cut;
    Py_ssize_t place;
    unsigned long long must, never;
    PyObject *known = PyObject_CallFunction(looker->rest, "I", (unsigned)number);
    if (!known) return -1;
    int good = PyArg_ParseTuple(known, "nOOO!KK", &place, &rule, &unless, &PyTuple_Type, &cut, &must, &never);
    if (good && unless != Py_None && !PyTuple_Check(unless)) {
        PyErr_SetString(PyExc_TypeError, "programs come in a tuple");
        good = 0;
    }
    if (good && !tried->rule) { /* another thread may have come first */
        tried->asked = unless == Py_None;
        if (!tried->asked) good = take_some(&tried->unless, unless) == 0 && take_some(&tried->cut, cut) == 0;
        tried->must = must;
        tried->never = never;
        tried->place = place;
        if (good) tried->rule = Py_NewRef(rule);
    }
    Py_DECREF(known);
    return good ? 0 : -1;
}

/* 1: a line in which the pattern hits has what its rule asks for besides; 0: it has not; 2: the rule must be asked. */
static int rest_holds(Looker *looker, uint32_t number, Asked *shown)
{
    const Try *tried = looker->tries + number;
    if (tried->asked) return 2;
    if (!lookup_counts(looker->lookup, number, shown->line->count)) return 0;
    if ((tried->must & ~shown->look->own) | (tried->never & shown->look->own)) return 0;
    for (Py_ssize_t i = 0; i < tried->unless.count; i++) {
        Py_ssize_t start, end;
        int found = looker->programs ? programs_search(looker->programs, tried->unless.at[i], &shown->read, 0, &start, &end) : UNSURE;
        if (found == HIT) return 0;
        if (found != MISS) return found == UNSURE ? 2 : -1;
    }
    return 1;
}

/* Appends a hit of the rule of an entry. */
static int add_hit(const Try *tried, Asked *shown, Py_ssize_t start, Py_ssize_t end)
{
    if (!shown->found && !(shown->found = PyList_New(0))) return -1;
    PyObject *hit = Py_BuildValue("Onn", tried->rule, start, end);
    int bad = !hit || PyList_Append(shown->found, hit) < 0;
    Py_XDECREF(hit);
    if (!bad) shown->done = tried->place;
    return bad ? -1 : 0;
}

/* Adds the hits that the rule of an entry says that it has. */
static int ask_rule(Looker *looker, uint32_t number, Asked *shown)
{
    const Look *look = shown->look;
    PyObject *spans = PyObject_CallFunction(looker->ask, "IOOOKn", (unsigned)number, shown->raw, look->text, look->low,
                                            (unsigned long long)look->own, look->words);
    int bad = !spans || !PyList_Check(spans);
    if (spans && bad) PyErr_SetString(PyExc_TypeError, "spans come in a list");
    for (Py_ssize_t i = 0; !bad && i < PyList_GET_SIZE(spans); i++) {
        Py_ssize_t start, end;
        bad = !PyArg_ParseTuple(PyList_GET_ITEM(spans, i), "nn", &start, &end) || add_hit(looker->tries + number, shown, start, end) < 0;
    }
    Py_XDECREF(spans);
    return bad ? -1 : 0;
}

static int span_order(const void *a, const void *b)
{
    const Py_ssize_t *one = a, *other = b;
    return one[0] != other[0] ? (one[0] > other[0]) - (one[0] < other[0]) : (one[1] > other[1]) - (one[1] < other[1]);
}

/* Adds all hits of a rule that cuts spans, of all its patterns, in order, each once. 2: the rule must be asked. */
static int add_spans(Looker *looker, const Try *tried, Asked *shown)
{
    Py_ssize_t(*spans)[2] = NULL;
    size_t room = 0, count = 0;
    int found = MISS;
    for (Py_ssize_t i = 0; i < tried->cut.count; i++) {
        for (Py_ssize_t from = 0;;) {
            Py_ssize_t start, end;
            found = programs_search(looker->programs, tried->cut.at[i], &shown->read, from, &start, &end);
            if (found != HIT) break;
            from = end > start ? end : end + 1;
            if (start == end) continue;
            if (room_for((void **)&spans, &room, count, 1, 8, sizeof *spans) < 0) {
                found = -1;
                break;
            }
            spans[count][0] = start;
            spans[count++][1] = end;
        }
        if (found != MISS) break;
    }
    int bad = found == UNSURE ? 2 : found != MISS ? -1 : 0;
    if (!bad && count) qsort(spans, count, sizeof *spans, span_order);
    for (size_t i = 0; !bad && i < count; i++)
        if (!i || span_order(spans[i - 1], spans[i])) bad = add_hit(tried, shown, spans[i][0], spans[i][1]);
    PyMem_Free(spans);
    return bad;
}

int try_one(Looker *looker, uint32_t number, Asked *shown)
{
    Try *tried = looker->tries + number;
    if (tried->rule && tried->place == shown->done) return 0;
    Py_ssize_t start = 0, end = 0;
    int found = UNSURE;
    if (looker->programs)
        found = programs_search(looker->programs, ((const uint32_t *)looker->numbers.buf)[number], &shown->read, 0, &start, &end);
    if (found == MISS) return 0;
    if (found < 0 || (!tried->rule && load_rest(looker, number, tried) < 0)) return -1;
    if (tried->place == shown->done) return 0;
    int holds = found == HIT ? rest_holds(looker, number, shown) : 2;
    if (holds == 1 && tried->cut.count) holds = add_spans(looker, tried, shown);
    else if (holds == 1) return add_hit(tried, shown, start, end);
    return holds == 2 ? ask_rule(looker, number, shown) : holds;
}
