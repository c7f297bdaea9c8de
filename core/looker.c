/* One line looked at: read, looked up, and the patterns tried that it may have. The definition: `cleaner.fast.dispatch`. */
#include "program.h"
#include <string.h>

/* Numbers of programs. */
typedef struct {
    uint32_t *at;
    Py_ssize_t count;
} Some;

/* The rule of an entry, known from its pattern's first hit on: the rule, its place among all, and what it asks for besides: programs
 * that spare a line, and own signals; and the programs of all its patterns, if it cuts spans. */
typedef struct {
    PyObject *rule;
    Py_ssize_t place;
    int asked; /* whether the rule must be asked */
    Some unless, cut;
    uint64_t must, never;
} Try;

struct Looker {
    PyObject_HEAD
    Lookup *lookup;
    Programs *programs; /* NULL: rules are asked */
    PyObject *kept;     /* what the programs stand in */
    Py_buffer numbers;  /* of each entry's program */
    PyObject *rest, *ask, *plain;
    Try *tries;
    Py_ssize_t count;
};

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

/* A tuple of numbers of programs. */
static int take_some(Some *some, PyObject *given)
{
    Py_ssize_t count = PyTuple_GET_SIZE(given);
    if (!(some->at = PyMem_Calloc((size_t)count + 1, sizeof *some->at))) {
        PyErr_NoMemory();
        return -1;
    }
    for (; some->count < count; some->count++) {
        unsigned long number = PyLong_AsUnsignedLong(PyTuple_GET_ITEM(given, some->count));
        if (number == (unsigned long)-1 && PyErr_Occurred()) return -1;
        some->at[some->count] = number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
    }
    return 0;
}

static int load_rest(Looker *looker, uint32_t number, Try *tried)
{
    PyObject *rule, *unless, *cut;
    Py_ssize_t place;
    unsigned long long must, never;
    PyObject *known = PyObject_CallFunction(looker->rest, "I", (unsigned)number);
    if (!known) return -1;
    int good = PyArg_ParseTuple(known, "nOOO!KK", &place, &rule, &unless, &PyTuple_Type, &cut, &must, &never);
    if (good && unless != Py_None && !PyTuple_Check(unless)) {
        PyErr_SetString(PyExc_TypeError, "programs come in a tuple");
        good = 0;
    }
    if (good && !tried->rule) { /* another thread may have come first */
        tried->asked = unless == Py_None;
        if (!tried->asked) good = take_some(&tried->unless, unless) == 0 && take_some(&tried->cut, cut) == 0;
        tried->must = must;
        tried->never = never;
        tried->place = place;
        if (good) tried->rule = Py_NewRef(rule);
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
    Read read;
} Asked;

/* 1: a line in which the pattern hits has what its rule asks for besides; 0: it has not; 2: the rule must be asked. */
static int rest_holds(Looker *looker, uint32_t number, Asked *shown)
{
    const Try *tried = looker->tries + number;
    if (tried->asked) return 2;
    if (!lookup_counts(looker->lookup, number, shown->line->count)) return 0;
    if ((tried->must & ~shown->look->own) | (tried->never & shown->look->own)) return 0;
    for (Py_ssize_t i = 0; i < tried->unless.count; i++) {
        Py_ssize_t start, end;
        int found = looker->programs ? programs_search(looker->programs, tried->unless.at[i], &shown->read, 0, &start, &end) : UNSURE;
        if (found == HIT) return 0;
        if (found != MISS) return found == UNSURE ? 2 : -1;
    }
    return 1;
}

/* Appends a hit of the rule of an entry. */
static int add_hit(const Try *tried, Asked *shown, Py_ssize_t start, Py_ssize_t end)
{
    if (!shown->found && !(shown->found = PyList_New(0))) return -1;
    PyObject *hit = Py_BuildValue("Onn", tried->rule, start, end);
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
    for (Py_ssize_t i = 0; !bad && i < PyList_GET_SIZE(spans); i++) {
        Py_ssize_t start, end;
        bad = !PyArg_ParseTuple(PyList_GET_ITEM(spans, i), "nn", &start, &end) || add_hit(looker->tries + number, shown, start, end) < 0;
    }
    Py_XDECREF(spans);
    return bad ? -1 : 0;
}

static int span_order(const void *a, const void *b)
{
    const Py_ssize_t *one = a, *other = b;
    return one[0] != other[0] ? (one[0] > other[0]) - (one[0] < other[0]) : (one[1] > other[1]) - (one[1] < other[1]);
}

/* Adds all hits of a rule that cuts spans, of all its patterns, in order, each once. 2: the rule must be asked. */
static int add_spans(Looker *looker, const Try *tried, Asked *shown)
{
    Py_ssize_t(*spans)[2] = NULL;
    size_t room = 0, count = 0;
    int found = MISS;
    for (Py_ssize_t i = 0; i < tried->cut.count; i++) {
        for (Py_ssize_t from = 0;;) {
            Py_ssize_t start, end;
            found = programs_search(looker->programs, tried->cut.at[i], &shown->read, from, &start, &end);
            if (found != HIT) break;
            from = end > start ? end : end + 1;
            if (start == end) continue;
            if (room_for((void **)&spans, &room, count, 1, 8, sizeof *spans) < 0) {
                found = -1;
                break;
            }
            spans[count][0] = start;
            spans[count++][1] = end;
        }
        if (found != MISS) break;
    }
    int bad = found == UNSURE ? 2 : found != MISS ? -1 : 0;
    if (!bad && count) qsort(spans, count, sizeof *spans, span_order);
    for (size_t i = 0; !bad && i < count; i++)
        if (!i || span_order(spans[i - 1], spans[i])) bad = add_hit(tried, shown, spans[i][0], spans[i][1]);
    PyMem_Free(spans);
    return bad;
}

/* Tries an entry: where its pattern hits and the rest holds, its rule hits. */
static int try_one(Looker *looker, uint32_t number, Asked *shown)
{
    Try *tried = looker->tries + number;
    if (tried->rule && tried->place == shown->done) return 0;
    Py_ssize_t start = 0, end = 0;
    int found = UNSURE;
    if (looker->programs)
        found = programs_search(looker->programs, ((const uint32_t *)looker->numbers.buf)[number], &shown->read, 0, &start, &end);
    if (found == MISS) return 0;
    if (found < 0 || (!tried->rule && load_rest(looker, number, tried) < 0)) return -1;
    if (tried->place == shown->done) return 0;
    int holds = found == HIT ? rest_holds(looker, number, shown) : 2;
    if (holds == 1 && tried->cut.count) holds = add_spans(looker, tried, shown);
    else if (holds == 1) return add_hit(tried, shown, start, end);
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
