/* What is left of a document's lines when some go, and which blank ones close behind those. The definition: `cleaner.judging.blanks`. */
#include "core.h"

enum { BLANK = 1, GOES = 2, CLOSES = 4 };

typedef struct {
    PyObject *number; /* owned */
    Py_ssize_t owner; /* of a blank line that goes: the line that it goes with */
    unsigned char is;
} Place;

/* What is known of a line: its number, whether it is blank, whether it goes. */
static int take_place(PyObject *line, PyObject *gone, Place *place)
{
    if (!(place->number = attribute_of(line, OF_number))) return -1;
    int goes = PyDict_Contains(gone, place->number);
    PyObject *facts = goes < 0 ? NULL : attribute_of(line, OF_facts), *blank = facts ? attribute_of(facts, OF_blank) : NULL;
    int is_blank = blank ? PyObject_IsTrue(blank) : -1;
    Py_XDECREF(facts);
    Py_XDECREF(blank);
    if (is_blank < 0) return -1;
    place->is = (unsigned char)((is_blank ? BLANK : 0) | (goes ? GOES : 0));
    return 0;
}

/* Between two lines that stay the longer gap around a stretch that goes stays, and none does at either end. Returns the end. */
static Py_ssize_t close_around(Place *places, Py_ssize_t n, Py_ssize_t first)
{
    Py_ssize_t start = first, end = first + 1, last = first, owner = first;
    while (start && places[start - 1].is & BLANK) start--;
    for (; end < n && places[end].is & (BLANK | GOES); end++)
        if (places[end].is & GOES) last = end;
    int inside = start > 0 && end < n, behind = first - start >= end - 1 - last;
    for (Py_ssize_t k = start; k < end; k++) {
        if (places[k].is & GOES) {
            owner = k;
        } else if (!inside || !(behind ? k < first : k > last)) {
            places[k].is |= CLOSES;
            places[k].owner = owner;
        }
    }
    return end;
}

PyObject *blanks_without(PyObject *module, PyObject *args)
{
    PyObject *lines, *gone;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!", &PyList_Type, &lines, &PyDict_Type, &gone)) return NULL;
    PyObject *closed = PyDict_New();
    if (!closed) return NULL;
    if (!PyDict_GET_SIZE(gone)) return Py_BuildValue("ON", lines, closed);
    Py_ssize_t n = PyList_GET_SIZE(lines), taken = 0;
    PyObject *left = PyList_New(0), *held = PyList_GetSlice(lines, 0, n); /* whatever becomes of the list meanwhile */
    Place *places = PyMem_Calloc((size_t)n + 1, sizeof *places);
    int bad = !left || !held || !places;
    if (!places) PyErr_NoMemory();
    for (; !bad && taken < n; taken++) bad = take_place(PyList_GET_ITEM(held, taken), gone, places + taken) < 0;
    for (Py_ssize_t i = 0, end = 0; !bad && i < n; i++)
        if (i >= end && places[i].is & GOES) end = close_around(places, n, i);
    for (Py_ssize_t i = 0; !bad && i < n; i++) {
        if (places[i].is & CLOSES)
            bad = PyDict_SetItem(closed, places[i].number, places[places[i].owner].number) < 0;
        else if (!(places[i].is & GOES))
            bad = PyList_Append(left, PyList_GET_ITEM(held, i)) < 0;
    }
    for (Py_ssize_t i = 0; places && i < taken; i++) Py_XDECREF(places[i].number);
    PyMem_Free(places);
    Py_XDECREF(held);
    if (!bad) return Py_BuildValue("NN", left, closed);
    Py_XDECREF(left);
    Py_DECREF(closed);
    return NULL;
}
