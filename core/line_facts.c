/* What is known of each of the lines of a document by itself; what is new is looked at. The definitions: `Facts`, `Ways.all_facts`. */
#include "core.h"

static PyObject *said_by; /* what hits say of their line: `facts.shared` */
static PyObject *nothing_said; /* what no hits say, once asked: most lines have none */
static uint64_t long_lines;
static Py_ssize_t least_length;

/* What is kept here and in the other files is of one interpreter: the first that asks. The others do without. */
static int is_served(void)
{
    static int64_t served = -1;
    int64_t asking = PyInterpreterState_GetID(PyInterpreterState_Get());
    if (asking < 0) return 0;
    if (served < 0) served = asking;
    if (asking == served) return 1;
    PyErr_SetString(PyExc_ImportError, "the core serves another interpreter");
    return 0;
}

int line_facts_setup(PyObject *facts, PyObject *shared, unsigned long long two, Py_ssize_t length)
{
    if (!is_served() || slots_setup(facts) < 0) return -1;
    Py_INCREF(shared);
    Py_XSETREF(said_by, shared);
    Py_CLEAR(nothing_said);
    long_lines = two;
    least_length = length;
    return 0;
}

/* What hits say of their line: a new reference, or NULL. */
static PyObject *said_of(PyObject *hits)
{
    int none = !PyTuple_GET_SIZE(hits);
    if (none && nothing_said) return Py_NewRef(nothing_said);
    PyObject *said = PyObject_CallOneArg(said_by, hits);
    if (said && !is_told(said)) Py_CLEAR(said);
    if (said && none) Py_XSETREF(nothing_said, Py_NewRef(said));
    return said;
}

/* Puts what hits say of their line into its facts, and whether it may be parted. */
static void put_told(PyObject *facts, PyObject *told, int may_hold_two)
{
    int sure = PyTuple_GET_ITEM(told, SURE) == Py_True, cuts = PyTuple_GET_ITEM(told, CUTS) == Py_True;
    slot_put(facts, OF_divisible, Py_NewRef(cuts || (sure && may_hold_two) ? Py_True : Py_False));
    slot_put(facts, OF_told, told);
}

/* The facts of a line, a new reference. What is in `look` is taken over. No Python is run between making and filling them. */
static PyObject *facts_of(PyObject *raw, Look *look)
{
    PyObject *own = own_number(look->own), *words = PyLong_FromSsize_t(look->words), *said = PyLong_FromSsize_t(look->said);
    PyObject *told = own && words && said ? said_of(look->hits) : NULL, *made = told ? facts_new() : NULL;
    int may_hold_two = look->own & long_lines && PyUnicode_GET_LENGTH(look->text) >= least_length;
    if (!made) {
        PyObject *held[] = {told, own, words, said, look->text, look->low, look->content, look->hits};
        for (size_t i = 0; i < sizeof held / sizeof *held; i++) Py_XDECREF(held[i]);
        return NULL;
    }
    put_told(made, told, may_hold_two);
    Py_DECREF(look->hits);
    slot_put(made, OF_raw, Py_NewRef(raw));
    slot_put(made, OF_text, look->text);
    slot_put(made, OF_low, look->low);
    slot_put(made, OF_own, own);
    slot_put(made, OF__words, words);
    slot_put(made, OF__sentence, said);
    slot_put(made, OF__content, look->content);
    slot_put(made, OF_notice, Py_NewRef(Py_None));
    return made;
}

/* What lines are remembered in. */
typedef struct {
    Looker *looker;
    PyObject *plain, *known, *older;
    Py_ssize_t longest, size;
} Memory;

/* The facts of a line, known or new: a new reference. */
static PyObject *remembered(Memory *memory, PyObject *raw)
{
    PyObject *facts = PyDict_GetItemWithError(memory->known, raw);
    if (facts) return Py_NewRef(facts);
    if (PyErr_Occurred()) return NULL;
    if ((facts = PyDict_GetItemWithError(memory->older, raw))) {
        Py_INCREF(facts);
    } else {
        Look look;
        int read = PyErr_Occurred() ? -1 : looker_find(memory->looker, raw, &look);
        if (read >= 0) facts = read ? facts_of(raw, &look) : PyObject_CallOneArg(memory->plain, raw);
    }
    if (!facts || PyUnicode_GET_LENGTH(raw) > memory->longest) return facts;
    memory->size += PyUnicode_GET_LENGTH(raw) + 100;
    if (PyDict_SetItem(memory->known, raw, facts) < 0) Py_CLEAR(facts);
    return facts;
}

PyObject *line_facts_all(Looker *looker, PyObject *plain, PyObject *args)
{
    PyObject *some;
    Memory memory = {looker, plain, NULL, NULL, 0, 0};
    if (!PyArg_ParseTuple(args, "O!O!O!n", &PyList_Type, &some, &PyDict_Type, &memory.known, &PyDict_Type, &memory.older, &memory.longest))
        return NULL;
    if (!said_by) {
        PyErr_SetString(PyExc_TypeError, "the core is not told of facts");
        return NULL;
    }
    PyObject *all = PyList_New(0);
    for (Py_ssize_t i = 0; all && i < PyList_GET_SIZE(some); i++) {
        PyObject *raw = Py_NewRef(PyList_GET_ITEM(some, i)), *facts = NULL;
        if (PyUnicode_Check(raw))
            facts = remembered(&memory, raw);
        else
            PyErr_SetString(PyExc_TypeError, "no text");
        if (!facts || PyList_Append(all, facts) < 0) Py_CLEAR(all);
        Py_XDECREF(facts);
        Py_DECREF(raw);
    }
    return all ? Py_BuildValue("Nn", all, memory.size) : NULL;
}
