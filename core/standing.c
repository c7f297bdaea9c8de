/* Which rules stand on each line, as far as its place and the text's language let them. The definition:
 * `Finder._standing` in `cleaner.evidence.findings`.
 */
#include "judge.h"

PyObject *state_texts(State *state)
{
    if (!state->texts) {
        PyObject *before = state->texts_before ? state->texts_before : Py_None;
        state->texts = PyObject_CallFunctionObjArgs(state->judge->texts, state->lines, before, NULL);
    }
    return state->texts;
}

/* What is left of a rule that asks for the language: it, another, or NULL with an exception set. */
static const Row *heard(State *state, Row *row, PyObject **spoken)
{
    if (!*spoken) {
        PyObject *texts = state_texts(state);
        if (!texts || !(*spoken = attribute_of(texts, OF_languages))) return NULL;
    }
    if (!PyAnySet_Check(*spoken)) {
        PyErr_SetString(PyExc_TypeError, "languages are a set");
        return NULL;
    }
    if (!PySet_GET_SIZE(*spoken)) return row;
    int has = PySet_Contains(*spoken, row->language);
    if (has) return has < 0 ? NULL : row;
    if (!row->lessened) {
        PyObject *less = PyObject_CallFunctionObjArgs(state->judge->heard, row->rule, *spoken, NULL);
        Row *found = less ? row_of(state->judge, less) : NULL;
        Py_XDECREF(less);
        if (!found) return NULL;
        row->lessened = found;
    }
    return row->lessened;
}

/* 1: a notice is glued to sentences there; 0: none; -1. */
static int is_glued(State *state, Py_ssize_t i)
{
    const Names *is = &state->judge->is;
    Shown *shown = state->at + i;
    if (!(shown->own & (is->words_15_29.bits[0] | is->words_30.bits[0]))) return 0;
    if (PyUnicode_GET_LENGTH(shown->low) < (Py_ssize_t)state->judge->of.glued_length) return 0;
    PyObject *texts = state_texts(state), *number = texts ? PyLong_FromSsize_t(i) : NULL;
    PyObject *span = number ? PyObject_CallFunctionObjArgs(state->judge->glued, texts, number, NULL) : NULL;
    Py_XDECREF(number);
    if (!span) return -1;
    Py_DECREF(span);
    return span != Py_None;
}

static int stand(State *state, Py_ssize_t i, PyObject **spoken)
{
    Shown *shown = state->at + i;
    Rows *standing = &shown->standing, *elsewhere = &shown->elsewhere;
    PyObject *rules = rules_of(shown->facts);
    int against = 0, bad = !rules;
    for (Py_ssize_t k = 0; !bad && k < PyTuple_GET_SIZE(rules); k++) {
        Row *row = row_of(state->judge, PyTuple_GET_ITEM(rules, k));
        bad = !row;
        if (bad) continue;
        int stands = holds(&row->form, shown->here);
        if (!(stands || (row->sure && suits(&row->form, shown->here))) || shown->repeats < row->repeat) continue;
        const Row *left = row;
        bad = (row->language && !(left = heard(state, row, spoken))) || rows_add(stands ? standing : elsewhere, left) < 0;
        against |= !bad && stands && left->score > 0;
    }
    Py_XDECREF(rules);
    if (bad) return -1;
    int glued = against ? is_glued(state, i) : 0;
    if (glued < 0) return -1;
    if (glued) {
        uint32_t left = 0;
        for (size_t k = 0; k < standing->count; k++)
            if (standing->at[k]->score <= 0) standing->at[left++] = standing->at[k];
        standing->count = left;
    }
    return 0;
}

int standing_find(State *state)
{
    PyObject *spoken = PySet_GET_SIZE(state->judge->chosen) ? Py_NewRef(state->judge->chosen) : NULL;
    int bad = 0;
    for (Py_ssize_t i = 0; !bad && i < state->n; i++)
        if (state->at[i].hit) bad = stand(state, i, &spoken) < 0;
    Py_XDECREF(spoken);
    return bad ? -1 : records_part(state);
}
