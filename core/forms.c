/* Signals as numbers of Python, and what rules without a pattern add to a line by its signals. The definition of the latter:
 * `cleaner.evidence.form_rules`.
 */
#include "signals.h"

#include <string.h>

int signals_of(PyObject *number, Signals *signals)
{
    unsigned char bytes[16];
    if (!PyLong_Check(number)) {
        PyErr_SetString(PyExc_TypeError, "signals are an integer");
        return -1;
    }
#if PY_VERSION_HEX >= 0x030D0000
    if (_PyLong_AsByteArray((PyLongObject *)number, bytes, sizeof bytes, 1, 0, 1) < 0) return -1;
#else
    if (_PyLong_AsByteArray((PyLongObject *)number, bytes, sizeof bytes, 1, 0) < 0) return -1;
#endif
    for (int half = 0; half < 2; half++) {
        signals->bits[half] = 0;
        for (int i = 7; i >= 0; i--) signals->bits[half] = signals->bits[half] << 8 | bytes[8 * half + i];
    }
    return 0;
}

PyObject *signals_number(Signals signals)
{
    PyObject *low = PyLong_FromUnsignedLongLong(signals.bits[0]);
    if (!low || !signals.bits[1]) return low;
    PyObject *high = PyLong_FromUnsignedLongLong(signals.bits[1]), *shift = PyLong_FromLong(64);
    PyObject *moved = high && shift ? PyNumber_Lshift(high, shift) : NULL, *out = moved ? PyNumber_Or(moved, low) : NULL;
    Py_DECREF(low);
    Py_XDECREF(high);
    Py_XDECREF(shift);
    Py_XDECREF(moved);
    return out;
}

static int form_take(PyObject *fact, Form *form)
{
    PyObject *must, *never, *zones;
    return !is_fact(fact) || !PyArg_ParseTuple(fact, "OOOd", &must, &never, &zones, &form->score) || signals_of(must, &form->must) < 0 ||
                   signals_of(never, &form->never) < 0 || signals_of(zones, &form->zones) < 0
               ? -1
               : 0;
}

int forms_take(PyObject *facts, Forms *forms)
{
    if (!is_fact(facts)) return -1;
    Py_ssize_t count = PyTuple_GET_SIZE(facts);
    if (!(forms->at = PyMem_Calloc((size_t)count + 1, sizeof *forms->at))) {
        PyErr_NoMemory();
        return -1;
    }
    for (; forms->count < (size_t)count; forms->count++)
        if (form_take(PyTuple_GET_ITEM(facts, (Py_ssize_t)forms->count), forms->at + forms->count) < 0) return -1;
    return 0;
}

void forms_free(Forms *forms)
{
    PyMem_Free(forms->at);
    memset(forms, 0, sizeof *forms);
}

double forms_add(const Forms *forms, Signals line)
{
    double sum = 0;
    for (size_t i = 0; i < forms->count; i++)
        if (holds(forms->at + i, line)) sum += forms->at[i].score;
    return sum;
}

double forms_at_most(const Forms *forms, Signals context, Signals line)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < forms->count; i++) {
        const Form *form = forms->at + i;
        Form own = *form;
        own.must = without(own.must, context);
        own.never = without(own.never, context);
        if (!holds(&own, line)) continue;
        if (form->score > 0)
            high += form->score;
        else if (!meet(both(form->must, form->never), context))
            low += form->score;
    }
    return high + low;
}
