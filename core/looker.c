/* One line looked at: read, looked up, and what it may have tried. The definition: `cleaner.fast.dispatch`. */
#include "looker.h"
#include <string.h>

/* The numbers of the entries' programs, and the programs. */
static int take_programs(Looker *looker, PyObject *given)
{
    if (given == Py_None) return 0;
    PyObject *numbers, *packed;
    if (!PyArg_ParseTuple(given, "OO!", &numbers, &PyTuple_Type, &packed)) return -1;
    if (PyObject_GetBuffer(numbers, &looker->numbers, PyBUF_SIMPLE) < 0) return -1;
    looker->kept = Py_NewRef(packed);
    if (!(looker->programs = programs_new(packed))) return -1;
    if (looker->numbers.len == looker->count * 4) return 0;
    PyErr_SetString(PyExc_ValueError, "an entry has no program");
    return -1;
}

static int looker_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    Looker *looker = (Looker *)self;
    PyObject *facts, *programs, *rest, *ask, *plain;
    Py_ssize_t count;
    if (kwargs && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "arguments have no names here");
        return -1;
    }
    if (looker->lookup || looker->tries) {
        PyErr_SetString(PyExc_TypeError, "made already");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "O!nOOOO", &PyTuple_Type, &facts, &count, &programs, &rest, &ask, &plain)) return -1;
    if (count < 0 || !(looker->tries = PyMem_Calloc((size_t)count + 1, sizeof *looker->tries))) {
        PyErr_NoMemory();
        return -1;
    }
    looker->count = count;
    looker->rest = Py_NewRef(rest);
    looker->ask = Py_NewRef(ask);
    looker->plain = Py_NewRef(plain);
    looker->lookup = lookup_new(facts);
    return looker->lookup ? take_programs(looker, programs) : -1;
}

static int looker_traverse(PyObject *self, visitproc visit, void *arg)
{
    Looker *looker = (Looker *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(looker->kept);
    Py_VISIT(looker->rest);
    Py_VISIT(looker->ask);
    Py_VISIT(looker->plain);
    for (Py_ssize_t i = 0; i < looker->count; i++) {
        Py_VISIT(looker->tries[i].rule);
    }
    return 0;
}

static int looker_clear(PyObject *self)
{
    Looker *looker = (Looker *)self;
    Py_CLEAR(looker->rest);
    Py_CLEAR(looker->ask);
    Py_CLEAR(looker->plain);
    for (Py_ssize_t i = 0; i < looker->count; i++) {
        Py_CLEAR(looker->tries[i].rule);
    }
    return 0;
}

static void looker_dealloc(PyObject *self)
{
    Looker *looker = (Looker *)self;
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    looker_clear(self);
    for (Py_ssize_t i = 0; looker->tries && i < looker->count; i++) {
        PyMem_Free(looker->tries[i].unless.at);
        PyMem_Free(looker->tries[i].cut.at);
    }
    PyMem_Free(looker->tries);
    programs_free(looker->programs);
    if (looker->numbers.obj) PyBuffer_Release(&looker->numbers);
    Py_CLEAR(looker->kept);
    lookup_free(looker->lookup);
    type->tp_free(self);
    Py_DECREF(type);
}

/* Where rules hit a line, as a tuple: a new reference. */
static PyObject *hits_of(Looker *looker, Asked *shown, PyObject *content)
{
    Numbers numbers;
    if (lookup_may(looker->lookup, shown->line, &numbers, content) < 0) return NULL;
    int bad = 0;
    for (size_t i = 0; !bad && i < numbers.count; i++) {
        bad = numbers.at[i] >= (size_t)looker->count;
        if (bad)
            PyErr_SetString(PyExc_IndexError, "no such entry");
        else
            bad = try_one(looker, numbers.at[i], shown) < 0;
    }
    numbers_free(&numbers);
    PyObject *hits = bad ? NULL : shown->found ? PyList_AsTuple(shown->found) : PyTuple_New(0);
    Py_CLEAR(shown->found);
    return hits;
}

static void look_free(Look *look)
{
    Py_CLEAR(look->text);
    Py_CLEAR(look->low);
    Py_CLEAR(look->content);
    Py_CLEAR(look->hits);
}

int looker_find(Looker *looker, PyObject *raw, Look *look)
{
    memset(look, 0, sizeof *look);
    if (!PyUnicode_Check(raw) || !looker->lookup) {
        PyErr_SetString(PyExc_TypeError, "no text");
        return -1;
    }
    Line line;
    Asked shown = {.line = &line, .raw = raw, .look = look, .done = -1};
    int read = line_read(&line, raw, &look->text, &look->low);
    if (read > 0) {
        PyObject *words = PyList_New(0);
        read_begin(&shown.read, line.low, line.text);
        look->words = line.count;
        if (!words || own_signals(&line, raw, look->low, &look->own) < 0 || !(look->hits = hits_of(looker, &shown, words)) ||
            !(look->content = PyList_AsTuple(words)))
            read = -1;
        else
            look->said = sentence_words(&line, look->own);
        read_end(&shown.read);
        Py_XDECREF(words);
    }
    line_free(&line);
    if (read < 0) look_free(look);
    return read;
}

PyDoc_STRVAR(look_doc, "look(raw) -> (text, low, own, words, said, content, hits), or None if Python should see to the line; see `Matcher.look`.");

static PyObject *looker_look(PyObject *self, PyObject *raw)
{
    Look look;
    int read = looker_find((Looker *)self, raw, &look);
    if (read < 0) return NULL;
    if (!read) Py_RETURN_NONE;
    PyObject *made = Py_BuildValue("OOKnnOO", look.text, look.low, (unsigned long long)look.own, look.words, look.said, look.content, look.hits);
    look_free(&look);
    return made;
}

PyDoc_STRVAR(facts_doc, "facts(raws, known, older, longest) -> (facts, characters): what is known of each of the lines of a document by itself. Facts\n"
                        "are taken from `known` and `older`; those that are not there come into `known` if they have at most `longest` characters: how\n"
                        "many these have, and 100 more for each.");

static PyObject *looker_facts(PyObject *self, PyObject *args)
{
    return line_facts_all((Looker *)self, ((Looker *)self)->plain, args);
}

PyDoc_STRVAR(search_doc, "search(program, text, low) -> where a program first hits a text, given in lower case too, as (start, end); None: nowhere; False: it\n"
                         "has no program, or that took too long.");

static PyObject *looker_search(PyObject *self, PyObject *args)
{
    Looker *looker = (Looker *)self;
    PyObject *text, *low, *result = NULL;
    unsigned number;
    if (!PyArg_ParseTuple(args, "IUU", &number, &text, &low)) return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(low), start, end;
    if (!looker->programs || size > MAX_LINE || PyUnicode_GET_LENGTH(text) != size) Py_RETURN_FALSE;
    Py_UCS4 *room = PyMem_Malloc((2 * (size_t)size + 1) * sizeof *room);
    if (!room) return PyErr_NoMemory();
    Read *read = PyMem_Malloc(sizeof *read);
    if (!read) {
        PyErr_NoMemory();
    } else if (!size || (PyUnicode_AsUCS4(low, room, size, 0) && PyUnicode_AsUCS4(text, room + size, size, 0))) {
        read_begin(read, (Text){room, size}, (Text){room + size, size});
        int found = programs_search(looker->programs, number, read, 0, &start, &end);
        if (found == HIT) result = Py_BuildValue("nn", start, end);
        if (found == MISS || found == UNSURE) result = Py_NewRef(found == MISS ? Py_None : Py_False);
        read_end(read);
    }
    PyMem_Free(read);
    PyMem_Free(room);
    return result;
}

static PyMethodDef looker_methods[] = {
    {"look", looker_look, METH_O, look_doc},
    {"facts", looker_facts, METH_VARARGS, facts_doc},
    {"search", looker_search, METH_VARARGS, search_doc},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot looker_slots[] = {
    {Py_tp_doc, "Looker(facts, count, programs, rest, ask, plain): looks lines up in `facts` and tries the programs of `count` entries; see `binding.looker`."},
    {Py_tp_init, looker_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_traverse, looker_traverse},
    {Py_tp_clear, looker_clear},
    {Py_tp_dealloc, looker_dealloc},
    {Py_tp_methods, looker_methods},
    {0, NULL},
};
PyType_Spec looker_spec = {"cleaner.fast._core.Looker", sizeof(Looker), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, looker_slots};
