/* Whether a line speaks of what the document's prose speaks of. The definition: `cleaner.evidence.topic`. */
#include "judge.h"

static PyObject *content_of(PyObject *facts)
{
    PyObject *words = attribute_of(facts, OF__content);
    if (words == Py_None) {
        Py_DECREF(words);
        words = attribute_of(facts, OF_content); /* found out now */
    }
    if (words && !PyTuple_Check(words)) {
        PyErr_SetString(PyExc_TypeError, "content words are a tuple");
        Py_CLEAR(words);
    }
    return words;
}

/* The content words of all prose, as a set. */
static int collect(State *state)
{
    if (state->said) return 0;
    PyObject *said = PySet_New(NULL);
    for (Py_ssize_t k = 0; said && k < PyList_GET_SIZE(state->prose); k++) {
        PyObject *words = content_of(PyList_GET_ITEM(state->prose, k));
        if (!words) Py_CLEAR(said);
        for (Py_ssize_t w = 0; said && w < PyTuple_GET_SIZE(words); w++)
            if (PySet_Add(said, PyTuple_GET_ITEM(words, w)) < 0) Py_CLEAR(said);
        Py_XDECREF(words);
    }
    state->said = said;
    return said ? 0 : -1;
}

static int ask(State *state, Shown *shown)
{
    shown->topic = 0;
    if (shown->prose) return 0;
    PyObject *words = content_of(shown->facts);
    if (!words) return -1;
    Py_ssize_t all = PyTuple_GET_SIZE(words), known = 0;
    int bad = all && collect(state) < 0;
    for (Py_ssize_t w = 0; !bad && w < all; w++) {
        int has = PySet_Contains(state->said, PyTuple_GET_ITEM(words, w));
        bad = has < 0;
        known += has > 0;
    }
    Py_DECREF(words);
    if (bad) return -1;
    if (all) {
        double share = (double)known / (double)all;
        shown->topic = share <= state->judge->of.foreign_at ? 1 : share >= state->judge->of.topical_at ? 2 : 0;
    }
    return 0;
}

int topic_of(State *state, Py_ssize_t i, Signals *bits)
{
    Shown *shown = state->at + i;
    if (shown->topic < 0 && ask(state, shown) < 0) return -1;
    if (shown->topic == 1) add(bits, state->judge->is.foreign);
    if (shown->topic == 2) add(bits, state->judge->is.topical);
    return 0;
}
