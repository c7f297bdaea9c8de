/* Which rules stand on each line, as far as its place and the text's language let them. The definition:
 * `Finder._standing` in `cleaner.evidence.findings`.
 */
#include "judge.h"

PyObject *state_texts(State *state)
{
    if (!state->texts) {
        PyObject *before = state->texts_before ? state->texts_before : Py_None;
        PyObject *lines = shown_lines(state);
        if (lines) state->texts = PyObject_CallFunctionObjArgs(state->judge->texts, lines, before, NULL);
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
    if (!meet(shown->here, both(is->words_15_29, is->words_30))) return 0;
    PyObject *low = low_of(shown->facts);
    Py_ssize_t size = low ? PyUnicode_GET_LENGTH(low) : -1;
    Py_XDECREF(low);
    if (size < 0) return -1;
    if (size < (Py_ssize_t)state->judge->of.glued_length) return 0;
    PyObject *texts = state_texts(state), *number = texts ? PyLong_FromSsize_t(i) : NULL;
    PyObject *span = number ? PyObject_CallFunctionObjArgs(state->judge->glued, texts, number, NULL) : NULL;
    Py_XDECREF(number);
    if (!span) return -1;
    Py_DECREF(span);
    return span != Py_None;
}

/* Take over as the next choice those of some rules for which it stands or does not; 1: some of them speak against the line. */
static int choose(State *state, Py_ssize_t i, PyObject *rules, int stands, PyObject **spoken)
{
    Shown *shown = state->at + i;
    int against = 0;
    for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(rules); k++) {
        Row *row = row_of(state->judge, PyTuple_GET_ITEM(rules, k));
        if (!row) return -1;
        if (stands ? !holds(&row->form, shown->here)
                   : !(row->score > 0) || holds(&row->form, shown->here) || !suits(&row->form, shown->here))
            continue;
        if (repeats_of(state, i) < row->repeat) continue;
        const Row *left = row->language ? heard(state, row, spoken) : row;
        if (!left || choices_next(&state->choices, left) < 0) return -1;
        against |= left->score > 0;
    }
    return against;
}

static int stand(State *state, Py_ssize_t i, PyObject **spoken, uint32_t *elsewhere)
{
    Choices *choices = &state->choices;
    PyObject *rules = rules_of(state->at[i].facts);
    int against = rules ? choose(state, i, rules, 1, spoken) : -1;
    int glued = against > 0 ? is_glued(state, i) : 0;
    if (against >= 0 && glued > 0) {
        size_t left = 0;
        for (size_t k = 0; k < choices->next_count; k++)
            if (choices->next[k]->score <= 0) choices->next[left++] = choices->next[k];
        choices->next_count = left;
    }
    int bad = against < 0 || glued < 0 || choices_take(choices, &state->at[i].standing) < 0 ||
              choose(state, i, rules, 0, spoken) < 0 || choices_take(choices, elsewhere) < 0;
    if (bad) choices->next_count = 0;
    Py_XDECREF(rules);
    return bad ? -1 : 0;
}

int standing_find(State *state)
{
    PyObject *spoken = PySet_GET_SIZE(state->judge->chosen) ? Py_NewRef(state->judge->chosen) : NULL;
    uint32_t *elsewhere = PyMem_Calloc((size_t)state->n + 1, sizeof *elsewhere);
    int bad = !elsewhere;
    if (bad) PyErr_NoMemory();
    for (Py_ssize_t i = 0; !bad && i < state->n; i++)
        if (state->at[i].hit) bad = stand(state, i, &spoken, elsewhere + i) < 0;
    Py_XDECREF(spoken);
    bad = bad || records_part(state, elsewhere) < 0;
    PyMem_Free(elsewhere);
    return bad ? -1 : 0;
}
