/* The module `cleaner._core`: `setup`; `Looker`, which looks at one line after the other; and `Forms`. */
#include "core.h"

/* A pattern as it is tried: `find` is `search` or `match` of a pattern of `re`, or None where the rule must be asked. */
typedef struct {
    PyObject *find;
    int loaded, ascii_only, cased;
} Try;

typedef struct {
    PyObject_HEAD
    Lookup *lookup;
    PyObject *load;
    Try *tries;
    Py_ssize_t count;
} Looker;

static int looker_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    Looker *looker = (Looker *)self;
    PyObject *facts, *load;
    Py_ssize_t count;
    if (kwargs && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "arguments have no names here");
        return -1;
    }
    if (looker->lookup) {
        PyErr_SetString(PyExc_TypeError, "made already");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "O!nO", &PyTuple_Type, &facts, &count, &load)) return -1;
    if (!(looker->tries = PyMem_Calloc((size_t)count + 1, sizeof *looker->tries))) {
        PyErr_NoMemory();
        return -1;
    }
    looker->count = count;
    Py_INCREF(load);
    looker->load = load;
    looker->lookup = lookup_new(facts);
    return looker->lookup ? 0 : -1;
}

static int looker_traverse(PyObject *self, visitproc visit, void *arg)
{
    Looker *looker = (Looker *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(looker->load);
    for (Py_ssize_t i = 0; i < looker->count; i++) Py_VISIT(looker->tries[i].find);
    return 0;
}

static int looker_clear(PyObject *self)
{
    Looker *looker = (Looker *)self;
    Py_CLEAR(looker->load);
    for (Py_ssize_t i = 0; i < looker->count; i++) Py_CLEAR(looker->tries[i].find);
    return 0;
}

static void looker_dealloc(PyObject *self)
{
    Looker *looker = (Looker *)self;
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    looker_clear(self);
    PyMem_Free(looker->tries);
    lookup_free(looker->lookup);
    type->tp_free(self);
    Py_DECREF(type);
}

static int load(Looker *looker, uint32_t number, Try *tried)
{
    PyObject *find, *known = PyObject_CallFunction(looker->load, "I", (unsigned)number);
    if (!known) return -1;
    int good = PyArg_ParseTuple(known, "Opp", &find, &tried->ascii_only, &tried->cased);
    if (good && !tried->loaded) { /* another thread may have come first */
        Py_INCREF(find);
        tried->find = find;
        tried->loaded = 1;
    }
    Py_DECREF(known);
    return good ? 0 : -1;
}

/* Appends the number and where the pattern hits (None: the rule must be asked) to `found`, if it does. */
static int try_one(Looker *looker, uint32_t number, int ascii, PyObject *text, PyObject *low, PyObject *found)
{
    Try *tried = looker->tries + number;
    if (!tried->loaded && load(looker, number, tried) < 0) return -1;
    PyObject *span = Py_None;
    if (tried->find != Py_None && (ascii || !tried->ascii_only)) {
        PyObject *hit = PyObject_CallOneArg(tried->find, tried->cased ? text : low);
        if (!hit) return -1;
        if (hit == Py_None) {
            Py_DECREF(hit);
            return 0;
        }
        span = PyObject_CallMethod(hit, "span", NULL);
        Py_DECREF(hit);
        if (!span) return -1;
    } else {
        Py_INCREF(span);
    }
    PyObject *pair = Py_BuildValue("IN", (unsigned)number, span);
    int bad = !pair || PyList_Append(found, pair) < 0;
    Py_XDECREF(pair);
    return bad ? -1 : 0;
}

static PyObject *hits_of(Looker *looker, const Line *line, PyObject *text, PyObject *low)
{
    Numbers numbers;
    if (lookup_may(looker->lookup, line, &numbers) < 0) return NULL;
    PyObject *found = PyList_New(0);
    for (size_t i = 0; found && i < numbers.count; i++)
        if (numbers.at[i] >= (size_t)looker->count || try_one(looker, numbers.at[i], line->ascii, text, low, found) < 0)
            Py_CLEAR(found);
    numbers_free(&numbers);
    if (!found && !PyErr_Occurred()) PyErr_SetString(PyExc_IndexError, "no such entry");
    return found;
}

PyDoc_STRVAR(look_doc, "look(raw) -> (text, low, own, words, found), or None if Python should see to the line.\n\n"
                       "found: numbers of entries whose patterns hit, each with the span in `text`, or None where the\n"
                       "rule must be asked.");

static PyObject *looker_look(PyObject *self, PyObject *raw)
{
    Looker *looker = (Looker *)self;
    if (!PyUnicode_Check(raw) || !looker->lookup) {
        PyErr_SetString(PyExc_TypeError, "no text");
        return NULL;
    }
    Line line;
    PyObject *text = NULL, *low = NULL, *found = NULL, *made = NULL;
    uint64_t own;
    int read = line_read(&line, raw, &text, &low);
    if (read > 0 && own_signals(&line, raw, low, &own) == 0 && (found = hits_of(looker, &line, text, low)))
        made = Py_BuildValue("OOKnO", text, low, (unsigned long long)own, line.count, found);
    line_free(&line);
    Py_XDECREF(text);
    Py_XDECREF(low);
    Py_XDECREF(found);
    if (read == 0) Py_RETURN_NONE;
    return made;
}

static PyMethodDef looker_methods[] = {{"look", looker_look, METH_O, look_doc}, {NULL, NULL, 0, NULL}};
static PyType_Slot looker_slots[] = {
    {Py_tp_doc, "Looker(facts, count, load): looks lines up in `facts` and tries `count` patterns, which `load` gives."},
    {Py_tp_init, looker_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_traverse, looker_traverse},
    {Py_tp_clear, looker_clear},
    {Py_tp_dealloc, looker_dealloc},
    {Py_tp_methods, looker_methods},
    {0, NULL},
};
static PyType_Spec looker_spec = {"cleaner._core.Looker", sizeof(Looker), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, looker_slots};

static PyObject *setup(PyObject *module, PyObject *args)
{
    PyObject *chars, *peel, *words, *bits, *patterns;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!OO!O!O!", &PyTuple_Type, &chars, &peel, &PyDict_Type, &words, &PyDict_Type, &bits,
                          &PyTuple_Type, &patterns))
        return NULL;
    if (chars_setup(chars) < 0 || line_setup(peel, words) < 0 || own_setup(bits, patterns) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"setup", setup, METH_VARARGS, "setup(characters, peel, function words, bits of signals, patterns): once, before all else."},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "cleaner._core", "See core.h.", -1, methods, NULL, NULL, NULL, NULL};

static int add_type(PyObject *module, const char *name, PyType_Spec *spec)
{
    PyObject *type = PyType_FromSpec(spec);
    int bad = !type || PyModule_AddObjectRef(module, name, type) < 0;
    Py_XDECREF(type);
    return bad ? -1 : 0;
}

PyMODINIT_FUNC PyInit__core(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (!module || add_type(module, "Looker", &looker_spec) < 0 || add_type(module, "Forms", &forms_spec) < 0 ||
        PyModule_AddStringConstant(module, "SOURCE", CLEANER_SOURCE) < 0 ||
        PyModule_AddIntConstant(module, "MAX_LINE", MAX_LINE) < 0 || PyModule_AddIntConstant(module, "HEAD", HEAD) < 0 ||
        PyModule_AddIntConstant(module, "KEY", KEY) < 0)
        Py_CLEAR(module);
    return module;
}
