/* A judge: the rules as judging sees them, and what it is told by name. */
#include "judge.h"

#include <string.h>

int rows_add(Rows *rows, const Row *row)
{
    if (rows->count == rows->room) {
        uint32_t room = rows->room ? 2 * rows->room : 2;
        const Row **at = PyMem_Realloc(rows->at, room * sizeof *at);
        if (!at) {
            PyErr_NoMemory();
            return -1;
        }
        rows->at = at;
        rows->room = room;
    }
    rows->at[rows->count++] = row;
    return 0;
}

void rows_free(Rows *rows)
{
    PyMem_Free(rows->at);
    memset(rows, 0, sizeof *rows);
}

/* From what `cleaner.fast.core_judge` says of a rule. */
static int row_fill(Row *row, PyObject *facts)
{
    PyObject *must, *never, *zones, *language;
    unsigned long long categories;
    if (!is_fact(facts) || !PyArg_ParseTuple(facts, "OOOdppppppiOlllpK", &must, &never, &zones, &row->score, &row->sure, &row->reaching, &row->block,
                          &row->cased, &row->blank, &row->pattern, &row->category, &language, &row->repeat, &row->within,
                          &row->lines, &row->near, &categories) ||
        signals_of(must, &row->form.must) < 0 || signals_of(never, &row->form.never) < 0 || signals_of(zones, &row->form.zones) < 0)
        return -1;
    if (row->category < 0 || row->category > 63) {
        PyErr_SetString(PyExc_ValueError, "more categories than bits");
        return -1;
    }
    row->categories = categories;
    if (language != Py_None) row->language = Py_NewRef(language);
    return 0;
}

static Row *row_make(Judge *judge, PyObject *rule)
{
    PyObject *facts = PyObject_CallOneArg(judge->row, rule);
    Row *row = facts ? PyMem_Calloc(1, sizeof *row) : NULL;
    if (!row || row_fill(row, facts) < 0) {
        if (facts && !PyErr_Occurred()) PyErr_NoMemory();
        if (row) Py_XDECREF(row->language);
        PyMem_Free(row);
        Py_XDECREF(facts);
        return NULL;
    }
    Py_DECREF(facts);
    row->rule = rule;
    row->number = judge->count;
    if (judge->count == judge->room) {
        size_t room = judge->room ? 2 * judge->room : 256;
        Row **rows = PyMem_Realloc(judge->rows, room * sizeof *rows);
        if (rows) {
            judge->rows = rows;
            judge->room = room;
        }
    }
    PyObject *number = judge->count < judge->room ? PyLong_FromSize_t(judge->count) : PyErr_NoMemory();
    if (!number || PyDict_SetItem(judge->known, rule, number) < 0) {
        Py_XDECREF(number);
        Py_XDECREF(row->language);
        PyMem_Free(row);
        return NULL;
    }
    Py_DECREF(number);
    judge->rows[judge->count++] = row;
    return row;
}

Row *row_of(Judge *judge, PyObject *rule)
{
    PyObject *number = PyDict_GetItemWithError(judge->known, rule); /* borrowed */
    if (number) return judge->rows[PyLong_AsSize_t(number)];
    if (PyErr_Occurred()) return NULL;
    /* Another thread may make it too while Python is asked: the last one counts, and both stay. */
    return row_make(judge, rule);
}

static int names_fill(Judge *judge, PyObject *signals, PyObject *numbers)
{
    const char *name;
    PyObject *found;
#define X(which)                                                                                                              \
    name = #which;                                                                                                            \
    if (!(found = PyDict_GetItemString(signals, name)) || signals_of(found, &judge->is.which) < 0) goto missing;
    SIGNALS_USED(X)
#undef X
#define X(which)                                                                                                              \
    name = #which;                                                                                                            \
    if (!(found = PyDict_GetItemString(numbers, name))) goto missing;                                                         \
    judge->of.which = PyFloat_AsDouble(found);                                                                                \
    if (PyErr_Occurred()) goto missing;
    NUMBERS_USED(X)
#undef X
    return 0;
missing:
    PyErr_Clear();
    PyErr_Format(PyExc_ValueError, "the core is not told of %s", name);
    return -1;
}

static int judge_fill(PyObject *self, PyObject *args, PyObject *kwargs)
{
    Judge *judge = (Judge *)self;
    PyObject *signals, *numbers, *conditional, *chosen, *calls[5], *tables[3], *reaches, *context;
    if (kwargs && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "arguments have no names here");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "O!O!O!O!(OOOOO)(OOO)O!O", &PyDict_Type, &signals, &PyDict_Type, &numbers, &PyTuple_Type, &conditional,
                          &PyFrozenSet_Type, &chosen, calls, calls + 1, calls + 2, calls + 3, calls + 4, tables, tables + 1,
                          tables + 2, &PyTuple_Type, &reaches, &context) ||
        names_fill(judge, signals, numbers) < 0 || forms_take(tables[0], &judge->forms) < 0 ||
        forms_take(tables[1], &judge->guards) < 0 || forms_take(tables[2], &judge->alone) < 0 ||
        reaches_take(reaches, &judge->reaches) < 0 || signals_of(context, &judge->context) < 0)
        return -1;
    judge->chosen = Py_NewRef(chosen);
    judge->row = Py_NewRef(calls[0]);
    judge->heard = Py_NewRef(calls[1]);
    judge->texts = Py_NewRef(calls[2]);
    judge->glued = Py_NewRef(calls[3]);
    judge->ends = Py_NewRef(calls[4]);
    if (!(judge->known = PyDict_New())) return -1;
    for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(conditional); k++) {
        Row *row = row_of(judge, PyTuple_GET_ITEM(conditional, k));
        if (!row || rows_add(&judge->conditional, row) < 0) return -1;
    }
    return 0;
}

/* Made whole or not at all. */
static PyObject *judge_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self && judge_fill(self, args, kwargs) < 0) Py_CLEAR(self);
    return self;
}

static void judge_dealloc(PyObject *self)
{
    Judge *judge = (Judge *)self;
    PyTypeObject *type = Py_TYPE(self);
    PyObject *held[] = {judge->known, judge->chosen, judge->row, judge->heard, judge->texts, judge->glued, judge->ends};
    for (size_t k = 0; k < judge->count; k++) {
        Py_XDECREF(judge->rows[k]->language);
        PyMem_Free(judge->rows[k]);
    }
    PyMem_Free(judge->rows);
    rows_free(&judge->conditional);
    forms_free(&judge->forms);
    forms_free(&judge->guards);
    forms_free(&judge->alone);
    for (size_t k = 0; k < sizeof held / sizeof *held; k++) Py_XDECREF(held[k]);
    type->tp_free(self);
    Py_DECREF(type);
}

/* By what made it: another type may have the same name. */
int is_judge(PyObject *some) { return Py_TYPE(some)->tp_new == judge_new; }

static PyType_Slot slots[] = {
    {Py_tp_doc, "Judge(signals, numbers, conditional rules, languages, callables, forms, reaches, context): see `fast.core_judge`."},
    {Py_tp_new, judge_new},
    {Py_tp_dealloc, judge_dealloc},
    {0, NULL},
};
PyType_Spec judge_spec = {"cleaner.fast._core.Judge", sizeof(Judge), 0, Py_TPFLAGS_DEFAULT, slots};
