/* The module `cleaner.fast._core`: `setup`; `Looker`, which looks at one line after the other; `Judge` and `State` (judge.h). */
#include "judge.h"

#define INTERFACE 11 /* see `binding._INTERFACE` */

/* A pattern as it is tried: `find` is `search` or `match` of a pattern of `re`, or None where the rule must be asked. */
typedef struct {
    PyObject *find;
    int loaded, ascii_only, cased;
    /* What its rule asks for besides, known from its first hit on: patterns that spare a line, and own signals. */
    PyObject *unless; /* None where the rule must be asked */
    uint64_t must, never;
} Try;

typedef struct {
    PyObject_HEAD
    Lookup *lookup;
    PyObject *load, *rest;
    Try *tries;
    Py_ssize_t count;
} Looker;

static int looker_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    Looker *looker = (Looker *)self;
    PyObject *facts, *load, *rest;
    Py_ssize_t count;
    if (kwargs && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "arguments have no names here");
        return -1;
    }
    if (looker->lookup) {
        PyErr_SetString(PyExc_TypeError, "made already");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "O!nOO", &PyTuple_Type, &facts, &count, &load, &rest)) return -1;
    if (!(looker->tries = PyMem_Calloc((size_t)count + 1, sizeof *looker->tries))) {
        PyErr_NoMemory();
        return -1;
    }
    looker->count = count;
    Py_INCREF(load);
    looker->load = load;
    Py_INCREF(rest);
    looker->rest = rest;
    looker->lookup = lookup_new(facts);
    return looker->lookup ? 0 : -1;
}

static int looker_traverse(PyObject *self, visitproc visit, void *arg)
{
    Looker *looker = (Looker *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(looker->load);
    Py_VISIT(looker->rest);
    for (Py_ssize_t i = 0; i < looker->count; i++) {
        Py_VISIT(looker->tries[i].find);
        Py_VISIT(looker->tries[i].unless);
    }
    return 0;
}

static int looker_clear(PyObject *self)
{
    Looker *looker = (Looker *)self;
    Py_CLEAR(looker->load);
    Py_CLEAR(looker->rest);
    for (Py_ssize_t i = 0; i < looker->count; i++) {
        Py_CLEAR(looker->tries[i].find);
        Py_CLEAR(looker->tries[i].unless);
    }
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

static int load_rest(Looker *looker, uint32_t number, Try *tried)
{
    PyObject *unless;
    unsigned long long must, never;
    PyObject *known = PyObject_CallFunction(looker->rest, "I", (unsigned)number);
    if (!known) return -1;
    int good = PyArg_ParseTuple(known, "OKK", &unless, &must, &never);
    if (good && unless != Py_None && !PyTuple_Check(unless)) {
        PyErr_SetString(PyExc_TypeError, "patterns come in a tuple");
        good = 0;
    }
    if (good && !tried->unless) {
        Py_INCREF(unless);
        tried->must = must;
        tried->never = never;
        tried->unless = unless;
    }
    Py_DECREF(known);
    return good ? 0 : -1;
}

/* What is asked of a line. */
typedef struct {
    const Line *line;
    PyObject *text, *low; /* the view, as it is and in lower case */
    uint64_t own;
} Asked;

/* Where a pattern of `re` hits: a match, None, or NULL with an exception set. */
static PyObject *searched(PyObject *find, int cased, const Asked *shown)
{
    return PyObject_CallOneArg(find, cased ? shown->text : shown->low);
}

/* 1: a line in which the pattern hits has what its rule asks for besides; 0: it has not; 2: the rule must be asked. */
static int rest_holds(Looker *looker, uint32_t number, const Asked *shown)
{
    Try *tried = looker->tries + number;
    if (!tried->unless && load_rest(looker, number, tried) < 0) return -1;
    if (tried->unless == Py_None) return 2;
    if (!lookup_counts(looker->lookup, number, shown->line->count)) return 0;
    if ((tried->must & ~shown->own) | (tried->never & shown->own)) return 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(tried->unless); i++) {
        PyObject *find;
        int ascii_only;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(tried->unless, i), "Op", &find, &ascii_only)) return -1;
        if (ascii_only && !shown->line->ascii) return 2;
        PyObject *hit = searched(find, tried->cased, shown);
        if (!hit) return -1;
        Py_DECREF(hit);
        if (hit != Py_None) return 0;
    }
    return 1;
}

/* Appends the number and where the rule hits (None: it must be asked) to `found`, if it does. */
static int try_one(Looker *looker, uint32_t number, const Asked *shown, PyObject *found)
{
    Try *tried = looker->tries + number;
    if (!tried->loaded && load(looker, number, tried) < 0) return -1;
    PyObject *span = NULL;
    if (tried->find != Py_None && (shown->line->ascii || !tried->ascii_only)) {
        PyObject *hit = searched(tried->find, tried->cased, shown);
        if (!hit) return -1;
        int holds = hit == Py_None ? 0 : rest_holds(looker, number, shown);
        if (holds == 1) span = attribute_call(hit, OF_span, NULL);
        Py_DECREF(hit);
        if (holds <= 0) return holds;
        if (holds == 1 && !span) return -1;
    }
    if (!span) {
        Py_INCREF(Py_None);
        span = Py_None;
    }
    PyObject *pair = Py_BuildValue("IN", (unsigned)number, span);
    int bad = !pair || PyList_Append(found, pair) < 0;
    Py_XDECREF(pair);
    return bad ? -1 : 0;
}

static PyObject *hits_of(Looker *looker, const Asked *shown, PyObject *content)
{
    Numbers numbers;
    if (lookup_may(looker->lookup, shown->line, &numbers, content) < 0) return NULL;
    PyObject *found = PyList_New(0);
    for (size_t i = 0; found && i < numbers.count; i++)
        if (numbers.at[i] >= (size_t)looker->count || try_one(looker, numbers.at[i], shown, found) < 0) Py_CLEAR(found);
    numbers_free(&numbers);
    if (!found && !PyErr_Occurred()) PyErr_SetString(PyExc_IndexError, "no such entry");
    return found;
}

PyDoc_STRVAR(look_doc, "look(raw) -> (text, low, own, words, said, content, found), or None if Python should see to the line.\n\n"
                       "said: its words if it is a sentence, else 0. found: numbers of entries that hit, each with the span in `text`, or None where the rule must be\n"
                       "asked.");

static PyObject *looker_look(PyObject *self, PyObject *raw)
{
    Looker *looker = (Looker *)self;
    if (!PyUnicode_Check(raw) || !looker->lookup) {
        PyErr_SetString(PyExc_TypeError, "no text");
        return NULL;
    }
    Line line;
    Asked shown = {&line, NULL, NULL, 0};
    PyObject *found = NULL, *words = PyList_New(0), *content = NULL, *made = NULL;
    if (!words) return NULL;
    int read = line_read(&line, raw, &shown.text, &shown.low);
    if (read > 0 && own_signals(&line, raw, shown.low, &shown.own) == 0 && (found = hits_of(looker, &shown, words)) &&
        (content = PyList_AsTuple(words)))
        made = Py_BuildValue("OONnnOO", shown.text, shown.low, own_number(shown.own), line.count, sentence_words(&line, shown.own),
                             content, found);
    line_free(&line);
    Py_XDECREF(shown.text);
    Py_XDECREF(shown.low);
    Py_XDECREF(found);
    Py_DECREF(words);
    Py_XDECREF(content);
    if (read == 0) Py_RETURN_NONE;
    return made;
}

static PyMethodDef looker_methods[] = {{"look", looker_look, METH_O, look_doc}, {NULL, NULL, 0, NULL}};
static PyType_Slot looker_slots[] = {
    {Py_tp_doc, "Looker(facts, count, load, rest): looks lines up in `facts` and tries `count` patterns; see `binding.looker`."},
    {Py_tp_init, looker_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_traverse, looker_traverse},
    {Py_tp_clear, looker_clear},
    {Py_tp_dealloc, looker_dealloc},
    {Py_tp_methods, looker_methods},
    {0, NULL},
};
static PyType_Spec looker_spec = {"cleaner.fast._core.Looker", sizeof(Looker), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, looker_slots};

static PyObject *setup(PyObject *module, PyObject *args)
{
    PyObject *chars, *peel, *words, *bits, *patterns, *sets, *numbers;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!OO!O!O!(O!O!)", &PyTuple_Type, &chars, &peel, &PyTuple_Type, &words, &PyDict_Type, &bits,
                          &PyTuple_Type, &patterns, &PyTuple_Type, &sets, &PyTuple_Type, &numbers))
        return NULL;
    if (chars_setup(chars) < 0 || line_setup(peel, words) < 0 || own_setup(bits, patterns) < 0 ||
        sentences_setup(sets, numbers) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"setup", setup, METH_VARARGS, "setup(characters, peel, function words, bits of signals, patterns, (sets of\n"
                                    "characters, numbers)): once, before all else."},
    {"setup_languages", languages_setup, METH_VARARGS, "setup_languages(...): see `cleaner.fast.languages`."},
    {"languages_counted", languages_counted, METH_O, "languages_counted(text): as `cleaner.text.language.counted`."},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "cleaner.fast._core", "See core.h.", -1, methods, NULL, NULL, NULL, NULL};

static int add_type(PyObject *module, const char *name, PyType_Spec *spec)
{
    PyObject *type = PyType_FromSpec(spec);
    int bad = !type || PyModule_AddObjectRef(module, name, type) < 0;
    Py_XDECREF(type);
    return bad ? -1 : 0;
}

/* What both sides must agree on: see `binding._module`. */
static int add_interface(PyObject *module)
{
    PyObject *facts = Py_BuildValue("(iiii)", INTERFACE, MAX_LINE, HEAD, KEY);
    int bad = !facts || PyModule_AddObjectRef(module, "INTERFACE", facts) < 0;
    Py_XDECREF(facts);
    return bad ? -1 : 0;
}

PyMODINIT_FUNC PyInit__core(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (!module || attributes_setup() < 0 || add_type(module, "Looker", &looker_spec) < 0 || add_type(module, "Judge", &judge_spec) < 0 || add_type(module, "State", &state_spec) < 0 ||
        PyModule_AddStringConstant(module, "SOURCE", CLEANER_SOURCE) < 0 || add_interface(module) < 0)
        Py_CLEAR(module);
    return module;
}
