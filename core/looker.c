/* One line looked at: read, looked up, and the patterns tried that it may have. The definition: `cleaner.fast.dispatch`. */
#include "core.h"
#include <string.h>

/* A pattern as it is tried: `find` is `search` or `match` of a pattern of `re`, or None where the rule must be asked. */
typedef struct {
    PyObject *find;
    int loaded, ascii_only, cased;
    /* Of its rule, known from the first hit on: the rule, its place among all, and what it asks for besides: patterns that spare
     * a line, and own signals. */
    PyObject *rule;
    Py_ssize_t place;
    PyObject *unless; /* None where the rule must be asked */
    uint64_t must, never;
} Try;

struct Looker {
    PyObject_HEAD
    Lookup *lookup;
    PyObject *load, *rest, *ask, *plain;
    Try *tries;
    Py_ssize_t count;
};

static int looker_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    Looker *looker = (Looker *)self;
    PyObject *facts, *load, *rest, *ask, *plain;
    Py_ssize_t count;
    if (kwargs && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "arguments have no names here");
        return -1;
    }
    if (looker->lookup || looker->tries) {
        PyErr_SetString(PyExc_TypeError, "made already");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "O!nOOOO", &PyTuple_Type, &facts, &count, &load, &rest, &ask, &plain)) return -1;
    if (count < 0 || !(looker->tries = PyMem_Calloc((size_t)count + 1, sizeof *looker->tries))) {
        PyErr_NoMemory();
        return -1;
    }
    looker->count = count;
    looker->load = Py_NewRef(load);
    looker->rest = Py_NewRef(rest);
    looker->ask = Py_NewRef(ask);
    looker->plain = Py_NewRef(plain);
    looker->lookup = lookup_new(facts);
    return looker->lookup ? 0 : -1;
}

static int looker_traverse(PyObject *self, visitproc visit, void *arg)
{
    Looker *looker = (Looker *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(looker->load);
    Py_VISIT(looker->rest);
    Py_VISIT(looker->ask);
    Py_VISIT(looker->plain);
    for (Py_ssize_t i = 0; i < looker->count; i++) {
        Py_VISIT(looker->tries[i].find);
        Py_VISIT(looker->tries[i].rule);
        Py_VISIT(looker->tries[i].unless);
    }
    return 0;
}

static int looker_clear(PyObject *self)
{
    Looker *looker = (Looker *)self;
    Py_CLEAR(looker->load);
    Py_CLEAR(looker->rest);
    Py_CLEAR(looker->ask);
    Py_CLEAR(looker->plain);
    for (Py_ssize_t i = 0; i < looker->count; i++) {
        Py_CLEAR(looker->tries[i].find);
        Py_CLEAR(looker->tries[i].rule);
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
        tried->find = Py_NewRef(find);
        tried->loaded = 1;
    }
    Py_DECREF(known);
    return good ? 0 : -1;
}

static int load_rest(Looker *looker, uint32_t number, Try *tried)
{
    PyObject *rule, *unless;
    Py_ssize_t place;
    unsigned long long must, never;
    PyObject *known = PyObject_CallFunction(looker->rest, "I", (unsigned)number);
    if (!known) return -1;
    int good = PyArg_ParseTuple(known, "nOOKK", &place, &rule, &unless, &must, &never);
    if (good && unless != Py_None && !PyTuple_Check(unless)) {
        PyErr_SetString(PyExc_TypeError, "patterns come in a tuple");
        good = 0;
    }
    if (good && !tried->rule) {
        tried->must = must;
        tried->never = never;
        tried->place = place;
        tried->unless = Py_NewRef(unless);
        tried->rule = Py_NewRef(rule);
    }
    Py_DECREF(known);
    return good ? 0 : -1;
}

/* What is asked of a line. */
typedef struct {
    const Line *line;
    PyObject *raw;
    Look *look;
    PyObject *found; /* a list of hits; NULL as long as there are none */
    Py_ssize_t done; /* the rule that the last hit is of: one of its patterns is enough */
} Asked;

/* Where a pattern of `re` hits: a match, None, or NULL with an exception set. */
static PyObject *searched(PyObject *find, int cased, const Asked *shown)
{
    return PyObject_CallOneArg(find, cased ? shown->look->text : shown->look->low);
}

/* 1: a line in which the pattern hits has what its rule asks for besides; 0: it has not; 2: the rule must be asked. */
static int rest_holds(Looker *looker, uint32_t number, const Asked *shown)
{
    Try *tried = looker->tries + number;
    if (tried->unless == Py_None) return 2;
    if (!lookup_counts(looker->lookup, number, shown->line->count)) return 0;
    if ((tried->must & ~shown->look->own) | (tried->never & shown->look->own)) return 0;
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

/* Appends a hit of the rule of an entry, at a span (a tuple). */
static int add_hit(const Try *tried, Asked *shown, PyObject *span)
{
    if (!span || !PyTuple_Check(span) || PyTuple_GET_SIZE(span) != 2) {
        if (span) PyErr_SetString(PyExc_TypeError, "a span is a pair");
        return -1;
    }
    if (!shown->found && !(shown->found = PyList_New(0))) return -1;
    PyObject *hit = PyTuple_Pack(3, tried->rule, PyTuple_GET_ITEM(span, 0), PyTuple_GET_ITEM(span, 1));
    int bad = !hit || PyList_Append(shown->found, hit) < 0;
    Py_XDECREF(hit);
    if (!bad) shown->done = tried->place;
    return bad ? -1 : 0;
}

/* Adds the hits that the rule of an entry says that it has. */
static int ask_rule(Looker *looker, uint32_t number, Asked *shown)
{
    const Look *look = shown->look;
    PyObject *spans = PyObject_CallFunction(looker->ask, "IOOOKn", (unsigned)number, shown->raw, look->text, look->low,
                                            (unsigned long long)look->own, look->words);
    int bad = !spans || !PyList_Check(spans);
    if (spans && bad) PyErr_SetString(PyExc_TypeError, "spans come in a list");
    for (Py_ssize_t i = 0; !bad && i < PyList_GET_SIZE(spans); i++)
        bad = add_hit(looker->tries + number, shown, PyList_GET_ITEM(spans, i)) < 0;
    Py_XDECREF(spans);
    return bad ? -1 : 0;
}

/* Tries an entry: where its pattern hits and the rest holds, its rule hits. */
static int try_one(Looker *looker, uint32_t number, Asked *shown)
{
    Try *tried = looker->tries + number;
    if (tried->rule && tried->place == shown->done) return 0;
    if (!tried->loaded && load(looker, number, tried) < 0) return -1;
    PyObject *hit = NULL;
    if (tried->find != Py_None && (shown->line->ascii || !tried->ascii_only)) {
        if (!(hit = searched(tried->find, tried->cased, shown))) return -1;
        if (hit == Py_None) {
            Py_DECREF(hit);
            return 0;
        }
    }
    int holds = !tried->rule && load_rest(looker, number, tried) < 0 ? -1 : hit ? rest_holds(looker, number, shown) : 2;
    if (holds > 0 && tried->place == shown->done) holds = 0;
    if (holds == 1) {
        PyObject *span = attribute_call(hit, OF_span, NULL);
        holds = add_hit(tried, shown, span);
        Py_XDECREF(span);
    }
    Py_XDECREF(hit);
    return holds == 2 ? ask_rule(looker, number, shown) : holds;
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
    Asked shown = {&line, raw, look, NULL, -1};
    int read = line_read(&line, raw, &look->text, &look->low);
    if (read > 0) {
        PyObject *words = PyList_New(0);
        look->words = line.count;
        if (!words || own_signals(&line, raw, look->low, &look->own) < 0 || !(look->hits = hits_of(looker, &shown, words)) ||
            !(look->content = PyList_AsTuple(words)))
            read = -1;
        else
            look->said = sentence_words(&line, look->own);
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

static PyMethodDef looker_methods[] = {
    {"look", looker_look, METH_O, look_doc},
    {"facts", looker_facts, METH_VARARGS, facts_doc},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot looker_slots[] = {
    {Py_tp_doc, "Looker(facts, count, load, rest, ask, plain): looks lines up in `facts` and tries `count` patterns; see `binding.looker`."},
    {Py_tp_init, looker_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_traverse, looker_traverse},
    {Py_tp_clear, looker_clear},
    {Py_tp_dealloc, looker_dealloc},
    {Py_tp_methods, looker_methods},
    {0, NULL},
};
PyType_Spec looker_spec = {"cleaner.fast._core.Looker", sizeof(Looker), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, looker_slots};
