/* What becomes of lines: each kind of ruling once, since most lines of a document that go, go for one of few reasons. */
#include "judge.h"

#include <string.h>

enum { FIRST_PLACES = 64 };

int kinds_make(Kinds *kinds, const State *state, Py_ssize_t count)
{
    memset(kinds, 0, sizeof *kinds);
    kinds->state = state;
    if (count < 0 || (state->n && state->at[state->n - 1].number >= count)) {
        PyErr_SetString(PyExc_IndexError, "the document has more lines");
        return -1;
    }
    kinds->made = PyList_New(0);
    kinds->lines = (size_t)count;
    kinds->places = PyMem_Calloc(FIRST_PLACES, sizeof *kinds->places);
    kinds->mask = FIRST_PLACES - 1;
    if (kinds->made && kinds->places) return 0;
    if (!PyErr_Occurred()) PyErr_NoMemory();
    return -1;
}

void kinds_free(Kinds *kinds)
{
    Py_CLEAR(kinds->made);
    Py_CLEAR(kinds->which);
    PyMem_Free(kinds->places);
    PyMem_Free(kinds->at);
    memset(kinds, 0, sizeof *kinds);
}

/* Room for all lines, once one goes: of many texts none does. */
static int which_make(Kinds *kinds)
{
    size_t size = kinds->lines * sizeof(uint32_t);
    if (kinds->which) return 0;
    if (!(kinds->which = PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)size))) return -1;
    memset(PyByteArray_AS_STRING(kinds->which), 0, size);
    return 0;
}

PyObject *kinds_told(Kinds *kinds)
{
    return kinds->which ? Py_BuildValue("OO", kinds->made, kinds->which) : Py_BuildValue("Oy", kinds->made, "");
}

static uint64_t hash_of(const Kind *kind)
{
    uint64_t parts[4] = {0, kind->bits.bits[0], kind->bits.bits[1], kind->rules}, hash = 0;
    memcpy(parts, &kind->score, sizeof kind->score);
    for (size_t k = 0; k < 4; k++) hash = (hash ^ parts[k]) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
    return hash;
}

static int equal(const Kind *a, const Kind *b)
{
    return a->hash == b->hash && a->score == b->score && same(a->bits, b->bits) && a->rules == b->rules;
}

/* The place of a kind, or the free one that it would have. */
static uint32_t *place_of(const Kinds *kinds, const Kind *kind)
{
    size_t k = kind->hash & kinds->mask;
    while (kinds->places[k] && !equal(kinds->at + kinds->places[k] - 1, kind)) k = (k + 1) & kinds->mask;
    return kinds->places + k;
}

static int grow(Kinds *kinds)
{
    size_t many = 2 * (kinds->mask + 1);
    uint32_t *places = PyMem_Calloc(many, sizeof *places);
    Kind *at = PyMem_Realloc(kinds->at, many / 2 * sizeof *at);
    if (at) kinds->at = at;
    if (!places || !at) {
        PyMem_Free(places);
        PyErr_NoMemory();
        return -1;
    }
    PyMem_Free(kinds->places);
    kinds->places = places;
    kinds->mask = many - 1;
    for (size_t k = 0; k < kinds->count; k++) *place_of(kinds, kinds->at + k) = (uint32_t)k + 1;
    return 0;
}

/* The rules with patterns that speak against a line, heaviest first, as a tuple. */
static PyObject *told(const Choices *choices, const Choice *rules)
{
    size_t count = rules->against;
    PyObject *out = PyTuple_New((Py_ssize_t)count);
    if (!out) return NULL;
    const Row **sorted = PyMem_Malloc((count + 1) * sizeof *sorted);
    if (!sorted) {
        Py_DECREF(out);
        return PyErr_NoMemory();
    }
    size_t some = 0;
    for (size_t k = 0; k < rules->count; k++) {
        const Row *row = rows_at(choices, rules)[k];
        if (!(row->score > 0)) continue;
        size_t place = some++;
        for (; place && sorted[place - 1]->score < row->score; place--) sorted[place] = sorted[place - 1];
        sorted[place] = row;
    }
    for (size_t k = 0; k < count; k++) PyTuple_SET_ITEM(out, (Py_ssize_t)k, Py_NewRef(sorted[k]->rule));
    PyMem_Free(sorted);
    return out;
}

int kinds_add(Kinds *kinds, Py_ssize_t i, double score, uint32_t rules, Signals bits)
{
    Kind kind = {score, bits, rules, 0};
    if (which_make(kinds) < 0) return -1;
    kind.hash = hash_of(&kind);
    uint32_t *place = place_of(kinds, &kind);
    if (!*place) {
        if (!kinds->at || 2 * (kinds->count + 1) > kinds->mask) {
            if (grow(kinds) < 0) return -1;
            place = place_of(kinds, &kind);
        }
        PyObject *some = told(&kinds->state->choices, choice_at(&kinds->state->choices, rules)), *number = some ? signals_number(bits) : NULL;
        PyObject *made = number ? Py_BuildValue("dOO", score, some, number) : NULL;
        int bad = !made || PyList_Append(kinds->made, made) < 0;
        Py_XDECREF(some);
        Py_XDECREF(number);
        Py_XDECREF(made);
        if (bad) return -1;
        kinds->at[kinds->count++] = kind;
        *place = (uint32_t)kinds->count;
    }
    memcpy(PyByteArray_AS_STRING(kinds->which) + kinds->state->at[i].number * (Py_ssize_t)sizeof *place, place, sizeof *place);
    return 0;
}
