/* What judging knows of each line that is not blank, by itself. The definition: `cleaner.evidence.state`, `.line`. */
#include "judge.h"

#include <string.h>

/* Own signals have more bits than the smallest `long`. */
static int take_number(PyObject *from, Attribute name, long long *out)
{
    PyObject *value = attribute_of(from, name);
    *out = value ? PyLong_AsLongLong(value) : -1;
    Py_XDECREF(value);
    return PyErr_Occurred() ? -1 : 0;
}

PyObject *low_of(PyObject *facts)
{
    PyObject *low = attribute_of(facts, OF_low);
    if (low && !PyUnicode_Check(low)) {
        PyErr_SetString(PyExc_TypeError, "a view is a text");
        Py_CLEAR(low);
    }
    return low;
}

static int words_of(PyObject *facts, long long *words)
{
    if (take_number(facts, OF__sentence, words) < 0) return -1;
    if (*words >= 0) return 0;
    PyObject *said = attribute_call(facts, OF__said, NULL);
    *words = said ? PyLong_AsLongLong(said) : -1;
    Py_XDECREF(said);
    return PyErr_Occurred() ? -1 : 0;
}

/* In how many other documents of its site a line stands, and whether it is known that none has it. */
static int take_known(State *state, PyObject *known, Shown *shown)
{
    if (!state->repeats) return 0;
    PyObject *value = PySequence_GetItem(known, shown->number);
    long long times = value ? PyLong_AsLongLong(value) : -1;
    Py_XDECREF(value);
    state->repeats[shown - state->at] = times > INT32_MAX ? INT32_MAX : (int32_t)times;
    shown->lone = !times;
    state->repeated |= shown->lone || times;
    return PyErr_Occurred() ? -1 : 0;
}

/* What rules say of a line: a new reference, or NULL. */
static PyObject *told_of(PyObject *facts)
{
    PyObject *told = attribute_of(facts, OF_told);
    if (told && !is_told(told)) Py_CLEAR(told);
    return told;
}

PyObject *rules_of(PyObject *facts)
{
    PyObject *told = told_of(facts), *rules = told ? Py_NewRef(PyTuple_GET_ITEM(told, RULES)) : NULL;
    Py_XDECREF(told);
    return rules;
}

/* Takes over what rules say of it. */
static int take_told(Shown *shown)
{
    PyObject *told = told_of(shown->facts);
    if (!told) return -1;
    shown->hit = PyTuple_GET_SIZE(PyTuple_GET_ITEM(told, RULES)) > 0;
    shown->sure = PyTuple_GET_ITEM(told, SURE) == Py_True;
    Py_DECREF(told);
    return 0;
}

/* Whether a text is a row of hyphens or of equals signs, at least so long. */
static int may_underline(PyObject *low, Py_ssize_t least)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(low);
    Py_UCS4 first = PyUnicode_READ_CHAR(low, 0);
    if (size < least || (first != '-' && first != '=')) return 0;
    for (Py_ssize_t k = 1; k < size; k++)
        if (PyUnicode_READ_CHAR(low, k) != first) return 0;
    return 1;
}

/* Whether a line begins or ends a part of a text: `text.marks`. */
static int is_fence(PyObject *low)
{
    if (PyUnicode_GET_LENGTH(low) < 3) return 0;
    for (Py_ssize_t k = 0; k < 3; k++)
        if (PyUnicode_READ_CHAR(low, k) != ':') return 0;
    return 1;
}

/* The new references that `shown` holds already are seen to by `shown_free`. */
static int show(State *state, Shown *shown, PyObject *known, PyObject *low)
{
    const Judge *judge = state->judge;
    long long own, words;
    if (take_told(shown) < 0 || take_number(shown->facts, OF_own, &own) < 0 || words_of(shown->facts, &words) < 0 ||
        take_known(state, known, shown) < 0)
        return -1;
    shown->here.bits[0] = (uint64_t)own;
    shown->prose = meet(shown->here, judge->is.prose);
    shown->underline = may_underline(low, (Py_ssize_t)judge->of.underline);
    if ((double)words >= judge->of.prose_words) add(&shown->here, judge->is.prose);
    shown->sentence = (double)words >= judge->of.least_words;
    shown->short_sentence = !shown->sentence && words >= 2 && meet(shown->here, judge->is.stop);
    shown->topic = -1;
    return shown->prose ? PyList_Append(state->prose, shown->facts) : 0;
}

/* The line of that number, if it is not blank. */
static int take(State *state, PyObject *all, PyObject *known, int32_t number, int32_t *gap)
{
    if (number >= PyList_GET_SIZE(all)) {
        PyErr_SetString(PyExc_IndexError, "no such line");
        return -1;
    }
    PyObject *facts = Py_NewRef(PyList_GET_ITEM(all, number)), *low = low_of(facts);
    int bad = 0;
    if (!low) {
        Py_DECREF(facts);
        return -1;
    }
    if (is_fence(low)) {
        Py_DECREF(facts);
    } else if (PyUnicode_GET_LENGTH(low)) {
        Shown *shown = state->at + state->n++;
        shown->facts = facts;
        shown->gap = (unsigned char)(*gap < MOST_BLANK ? *gap : MOST_BLANK);
        shown->number = number;
        *gap = 0;
        bad = show(state, shown, known, low) < 0;
    } else {
        Py_DECREF(facts);
        ++*gap;
    }
    Py_DECREF(low);
    return bad ? -1 : 0;
}

/* Whether no rule is sure of any line of the document: 1, 0, or -1. */
static int is_plain(PyObject *all)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(all); i++) {
        PyObject *facts = Py_NewRef(PyList_GET_ITEM(all, i));
        PyObject *told = told_of(facts);
        int sure = told && PyTuple_GET_ITEM(told, SURE) == Py_True;
        Py_XDECREF(told);
        Py_DECREF(facts);
        if (!told || sure) return told ? 0 : -1;
    }
    return 1;
}

/* From the parts of a `Lines`. `numbers`: NULL if all lines are here. */
static int take_all(State *state, PyObject *all, PyObject *known, const Py_buffer *numbers)
{
    int32_t gap = 0, before = -1, number;
    if (!PyList_Check(all) || (numbers && numbers->itemsize != (Py_ssize_t)sizeof gap)) {
        PyErr_SetString(PyExc_TypeError, "facts are a list, and numbers have four bytes");
        return -1;
    }
    if ((state->plain = is_plain(all)) < 0) return -1;
    Py_ssize_t count = numbers ? numbers->len / numbers->itemsize : PyList_GET_SIZE(all);
    int any = known != Py_None;
    if (!(state->at = PyMem_Calloc((size_t)count + 1, sizeof *state->at)) ||
        (any && !(state->repeats = PyMem_Calloc((size_t)count + 1, sizeof *state->repeats)))) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++, before = number) {
        number = (int32_t)i;
        if (numbers) memcpy(&number, (const char *)numbers->buf + i * numbers->itemsize, sizeof number);
        if (number <= before) {
            PyErr_SetString(PyExc_IndexError, "lines come in order");
            return -1;
        }
        if (take(state, all, known, number, &gap) < 0) return -1;
    }
    return 0;
}

int shown_make(State *state)
{
    PyObject *all = attribute_of(state->lines, OF_facts), *known = all ? attribute_of(state->lines, OF_known) : NULL;
    PyObject *numbers = known ? attribute_of(state->lines, OF_numbers) : NULL;
    Py_buffer buffer;
    int some = numbers && !PyRange_Check(numbers), bad = !numbers || (some && PyObject_GetBuffer(numbers, &buffer, PyBUF_FORMAT | PyBUF_ND) < 0);
    if (!bad && !some) {
        bad = take_all(state, all, known, NULL) < 0;
    } else if (!bad) {
        bad = take_all(state, all, known, &buffer) < 0;
        PyBuffer_Release(&buffer);
    }
    Py_XDECREF(all);
    Py_XDECREF(known);
    Py_XDECREF(numbers);
    if (bad) return -1;
    /* A document may be blank for the greater part. */
    Shown *fitting = PyMem_Realloc(state->at, ((size_t)state->n + 1) * sizeof *fitting);
    if (fitting) state->at = fitting;
    state->first = -1;
    state->last = state->n;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        if (!state->at[i].sentence) continue;
        if (state->first < 0) state->first = i;
        state->last = i;
    }
    return place_signals_of(state);
}

PyObject *shown_lines(State *state)
{
    if (!state->shown) {
        PyObject *numbers = PyByteArray_FromStringAndSize(NULL, state->n * (Py_ssize_t)sizeof(int32_t));
        int32_t *at = numbers ? (int32_t *)(void *)PyByteArray_AS_STRING(numbers) : NULL;
        for (Py_ssize_t i = 0; at && i < state->n; i++) at[i] = state->at[i].number;
        if (numbers) state->shown = attribute_call(state->lines, OF_among, numbers);
        Py_XDECREF(numbers);
    }
    return state->shown;
}

void shown_free(Shown *at, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n; i++) Py_XDECREF(at[i].facts);
    PyMem_Free(at);
}
