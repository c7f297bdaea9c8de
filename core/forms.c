/* What rules without a pattern add to a line, by its signals. The definition: `cleaner.evidence.form_rules`. */
#include "signals.h"

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

static int forms_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    Forms *forms = (Forms *)self;
    PyObject *packed, *scores, *context;
    (void)kwargs;
    if (!PyArg_ParseTuple(args, "O!O!O", &PyBytes_Type, &packed, &PyBytes_Type, &scores, &context) ||
        signals_of(context, &forms->context) < 0)
        return -1;
    size_t size = (size_t)PyBytes_GET_SIZE(packed), count = size / sizeof *forms->forms;
    if (forms->packed || size % sizeof *forms->forms || (size_t)PyBytes_GET_SIZE(scores) != count * sizeof *forms->scores) {
        PyErr_SetString(PyExc_ValueError, "made already, or not a score for each form");
        return -1;
    }
    Py_INCREF(packed);
    Py_INCREF(scores);
    forms->packed = packed;
    forms->packed_scores = scores;
    forms->forms = (const Form *)(const void *)PyBytes_AS_STRING(packed);
    forms->scores = (const double *)(const void *)PyBytes_AS_STRING(scores);
    forms->count = count;
    return 0;
}

static void forms_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((Forms *)self)->packed);
    Py_XDECREF(((Forms *)self)->packed_scores);
    type->tp_free(self);
    Py_DECREF(type);
}

double forms_add(const Forms *forms, Signals line)
{
    double sum = 0;
    for (size_t i = 0; i < forms->count; i++)
        if (holds(forms->forms + i, line)) sum += forms->scores[i];
    return sum;
}

double forms_at_most(const Forms *forms, Signals line)
{
    const uint64_t *context = forms->context.bits;
    double low = 0, high = 0;
    for (size_t i = 0; i < forms->count; i++) {
        const Form *form = forms->forms + i;
        Form own = *form;
        for (int half = 0; half < 2; half++) {
            own.must.bits[half] &= ~context[half];
            own.never.bits[half] &= ~context[half];
        }
        if (!holds(&own, line)) continue;
        if (forms->scores[i] > 0)
            high += forms->scores[i];
        else if (!meet(both(form->must, form->never), forms->context))
            low += forms->scores[i];
    }
    return high + low;
}

static PyObject *forms_sum(PyObject *self, PyObject *number)
{
    Signals line;
    return signals_of(number, &line) < 0 ? NULL : PyFloat_FromDouble(forms_add((const Forms *)self, line));
}

static PyObject *forms_most(PyObject *self, PyObject *number)
{
    Signals line;
    return signals_of(number, &line) < 0 ? NULL : PyFloat_FromDouble(forms_at_most((const Forms *)self, line));
}

static PyObject *forms_holding(PyObject *self, PyObject *number)
{
    const Forms *forms = (const Forms *)self;
    Signals line;
    if (signals_of(number, &line) < 0) return NULL;
    PyObject *found = PyList_New(0);
    for (size_t i = 0; found && i < forms->count; i++) {
        if (!holds(forms->forms + i, line)) continue;
        PyObject *place = PyLong_FromSize_t(i);
        if (!place || PyList_Append(found, place) < 0) Py_CLEAR(found);
        Py_XDECREF(place);
    }
    return found;
}

static PyMethodDef forms_methods[] = {
    {"sum", forms_sum, METH_O, "sum(signals): see `FormTable.sum`."},
    {"most", forms_most, METH_O, "most(signals): see `FormTable.most`."},
    {"holding", forms_holding, METH_O, "holding(signals): the places of the forms that hold, in order."},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot forms_slots[] = {
    {Py_tp_doc, "Forms(signals asked for, scores, context): see `binding.forms`."},
    {Py_tp_init, forms_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_dealloc, forms_dealloc},
    {Py_tp_methods, forms_methods},
    {0, NULL},
};
PyType_Spec forms_spec = {"cleaner.fast._core.Forms", sizeof(Forms), 0, Py_TPFLAGS_DEFAULT, forms_slots};
