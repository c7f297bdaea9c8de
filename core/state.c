/* One state of a document, as Python holds it. The definition: `cleaner.evidence.state.State`. */
#include "judge.h"

/* Take over from an earlier state what still holds. */
static int inherit(State *state, const State *before)
{
    if (before->texts || before->texts_before) state->texts_before = Py_NewRef(before->texts ? before->texts : before->texts_before);
    Py_ssize_t n = PyList_GET_SIZE(state->prose);
    if (!before->said || n != PyList_GET_SIZE(before->prose)) return 0;
    for (Py_ssize_t k = 0; k < n; k++)
        if (PyList_GET_ITEM(state->prose, k) != PyList_GET_ITEM(before->prose, k)) return 0;
    state->said = Py_NewRef(before->said);
    return 0;
}

static PyObject *state_sure(PyObject *self, PyObject *args)
{
    Py_ssize_t count;
    return PyArg_ParseTuple(args, "n", &count) ? decide_sure((State *)self, count) : NULL;
}

static PyObject *state_decide(PyObject *self, PyObject *args)
{
    Py_buffer below;
    Py_ssize_t count;
    double threshold;
    if (!PyArg_ParseTuple(args, "dy*n", &threshold, &below, &count)) return NULL;
    PyObject *out = decide_at((State *)self, threshold, &below, count);
    PyBuffer_Release(&below);
    return out;
}

static PyObject *state_page(PyObject *self, void *unused)
{
    (void)unused;
    return decide_weigh((State *)self) < 0 ? NULL : PyFloat_FromDouble(((State *)self)->found.page);
}

static PyObject *state_lines(PyObject *self, void *unused)
{
    (void)unused;
    return Py_XNewRef(shown_lines((State *)self));
}

static int state_fill(PyObject *self, PyObject *args, PyObject *kwargs)
{
    State *state = (State *)self;
    PyObject *judge, *lines, *before;
    if (kwargs && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "arguments have no names here");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "OOO", &judge, &lines, &before)) return -1;
    if (!is_judge(judge) || (before != Py_None && Py_TYPE(before) != Py_TYPE(self))) {
        PyErr_SetString(PyExc_TypeError, "a judge, lines, and an earlier state or None");
        return -1;
    }
    state->judge = (Judge *)Py_NewRef(judge);
    state->lines = Py_NewRef(lines);
    if (!(state->prose = PyList_New(0)) || shown_make(state) < 0) return -1;
    if (before != Py_None && inherit(state, (State *)before) < 0) return -1;
    if (!(state->closed = PyMem_Calloc((size_t)state->n + 1, 1))) {
        PyErr_NoMemory();
        return -1;
    }
    return standing_find(state);
}

/* Made whole or not at all: nobody holds one without a judge. */
static PyObject *state_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self && state_fill(self, args, kwargs) < 0) Py_CLEAR(self);
    return self;
}

/* Let go of the lines, and of what is known of each. */
static void release_lines(State *state)
{
    Shown *at = state->at;
    Py_ssize_t n = state->n;
    found_free(&state->found);
    choices_free(&state->choices);
    state->at = NULL;
    state->n = state->weighed = 0;
    shown_free(at, n);
    PyMem_Free(state->repeats);
    PyMem_Free(state->closed);
    PyMem_Free(state->gone);
    PyMem_Free(state->most);
    state->closed = state->gone = NULL;
    state->repeats = NULL;
    state->most = NULL;
}

static PyObject *state_release(PyObject *self, PyObject *unused)
{
    State *state = (State *)self;
    (void)unused;
    release_lines(state);
    Py_CLEAR(state->shown);
    Py_RETURN_NONE;
}

static void state_dealloc(PyObject *self)
{
    State *state = (State *)self;
    PyTypeObject *type = Py_TYPE(self);
    release_lines(state);
    Py_XDECREF(state->judge);
    Py_XDECREF(state->lines);
    Py_XDECREF(state->shown);
    Py_XDECREF(state->texts);
    Py_XDECREF(state->texts_before);
    Py_XDECREF(state->prose);
    Py_XDECREF(state->said);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"sure", state_sure, METH_VARARGS,
     "sure(count): what goes whatever weak evidence says, as `decide` tells it; without signals."},
    {"decide", state_decide, METH_VARARGS,
     "decide(threshold, below, count): the kinds of rulings on lines that go (those of `below` do), each as (score, rules with\n"
     "patterns, signals), and for each of the `count` lines of the document the number of its kind from 1, or 0, in four bytes,\n"
     "as `below` has them; nothing if all stay."},
    {"release", state_release, METH_NOARGS, "release(): as if it had no lines; a later state still takes over what the text says."},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef attributes[] = {
    {"page", state_page, NULL, "how much of a whole page the document is, 0 to 1", NULL},
    {"lines", state_lines, NULL, "its lines that are not blank", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot slots[] = {
    {Py_tp_doc, "State(judge, lines, before): one state of a document; `before`: an earlier one of the same, or None."},
    {Py_tp_new, state_new},
    {Py_tp_dealloc, state_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_getset, attributes},
    {0, NULL},
};
PyType_Spec state_spec = {"cleaner.fast._core.State", sizeof(State), 0, Py_TPFLAGS_DEFAULT, slots};
