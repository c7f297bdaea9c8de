/* One state of a document, its evidence gathered, decided at any threshold. The definition: `cleaner.judging.judge.State`. */
#include "judge.h"

#include <string.h>

/* ---- what is known of each line ---- */

static int take_long(PyObject *from, Attribute name, long *out)
{
    PyObject *value = attribute_of(from, name);
    *out = value ? PyLong_AsLong(value) : -1;
    Py_XDECREF(value);
    return PyErr_Occurred() ? -1 : 0;
}

/* The lower-cased view of a line's facts, a new reference; NULL with an exception set. */
static PyObject *low_of(PyObject *facts)
{
    PyObject *view = attribute_of(facts, OF_view), *low = view ? attribute_of(view, OF_low) : NULL;
    Py_XDECREF(view);
    if (low && !PyUnicode_Check(low)) {
        PyErr_SetString(PyExc_TypeError, "a view is a text");
        Py_CLEAR(low);
    }
    return low;
}

static int words_of(PyObject *facts, long *words)
{
    if (take_long(facts, OF__sentence, words) < 0) return -1;
    if (*words >= 0) return 0;
    PyObject *said = attribute_call(facts, OF__said);
    *words = said ? PyLong_AsLong(said) : -1;
    Py_XDECREF(said);
    return PyErr_Occurred() ? -1 : 0;
}

/* In how many other documents of its site a line stands, and whether it is known that none has it. */
static int take_known(PyObject *line, Shown *shown)
{
    PyObject *value = attribute_of(line, OF_known);
    long known = value && value != Py_None ? PyLong_AsLong(value) : 0;
    shown->repeats = known > INT32_MAX ? INT32_MAX : (int32_t)known;
    shown->lone = value != Py_None && !known;
    Py_XDECREF(value);
    return PyErr_Occurred() ? -1 : 0;
}

PyObject *rules_of(PyObject *facts)
{
    PyObject *rules = attribute_of(facts, OF_rules);
    if (rules && !PyTuple_Check(rules)) {
        PyErr_SetString(PyExc_TypeError, "rules are a tuple");
        Py_CLEAR(rules);
    }
    return rules;
}

/* The new references that `shown` holds already are seen to by `state_dealloc`. */
static int show(State *state, Shown *shown, PyObject *line)
{
    const Judge *judge = state->judge;
    long own, sure, words;
    if (take_long(shown->facts, OF_own, &own) < 0 || words_of(shown->facts, &words) < 0 ||
        take_long(shown->facts, OF_sure, &sure) < 0 || take_known(line, shown) < 0)
        return -1;
    PyObject *rules = rules_of(shown->facts);
    if (!rules) return -1;
    shown->hit = PyTuple_GET_SIZE(rules) > 0;
    Py_DECREF(rules);
    shown->sure = sure != 0;
    shown->own = (uint64_t)own;
    shown->here.bits[0] = shown->own;
    if ((double)words >= judge->of.prose_words) add(&shown->here, judge->is.prose);
    shown->sentence = (double)words >= judge->of.least_words;
    shown->short_sentence = !shown->sentence && words >= 2 && shown->own & judge->is.stop.bits[0];
    shown->topic = -1;
    state->repeated |= shown->repeats || shown->lone;
    return shown->own & judge->is.prose.bits[0] ? PyList_Append(state->prose, shown->facts) : 0;
}

/* From all lines those that are not blank, and their places. */
static int show_all(State *state, PyObject *lines)
{
    Py_ssize_t count = PyList_GET_SIZE(lines);
    int32_t gap = 0;
    if (!(state->at = PyMem_Calloc((size_t)count + 1, sizeof *state->at))) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < count && i < PyList_GET_SIZE(lines); i++) {
        PyObject *line = PyList_GET_ITEM(lines, i), *facts = attribute_of(line, OF_facts);
        PyObject *low = facts ? low_of(facts) : NULL;
        if (!low || !PyUnicode_GET_LENGTH(low)) {
            Py_XDECREF(facts);
            Py_XDECREF(low);
            gap++;
            if (!low) return -1;
            continue;
        }
        Shown *shown = state->at + state->n++;
        shown->facts = facts;
        shown->low = low;
        shown->gap = gap;
        gap = 0;
        if (PyList_Append(state->lines, line) < 0 || show(state, shown, line) < 0) return -1;
    }
    /* A document may be blank for the greater part. */
    Shown *fitting = PyMem_Realloc(state->at, ((size_t)state->n + 1) * sizeof *fitting);
    if (fitting) state->at = fitting;
    state->first = -1;
    state->last = state->n;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        if (!state->at[i].sentence) continue;
        if (state->first < 0) state->first = i;
        state->last = i;
    }
    return place_signals_of(state);
}

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

/* ---- what it all weighs ---- */

/* Add to the signals of each line what the lines around it weigh by themselves. */
static int look_around(State *state)
{
    const Judge *judge = state->judge;
    Found *found = &state->found;
    double *scores = PyMem_Malloc((size_t)(2 * state->n + 1) * sizeof *scores);
    if (!scores) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < state->n; i++) {
        double weight = whole_sum(judge, &judge->alone, found->page, found->bits[i]) + found->scores[i];
        if (weight < judge->of.low) weight = judge->of.low;
        scores[i] = weight > judge->of.high || state->gone[i] ? judge->of.high : weight;
    }
    around_add(&judge->reaches, scores, scores + state->n, state->n, found->bits);
    PyMem_Free(scores);
    return 0;
}

static int weigh(State *state)
{
    const Judge *judge = state->judge;
    Found *found = &state->found;
    if (state->weighed) return 0;
    /* Where an error came between, it is all done again. */
    found_free(found, state->n);
    if (found_make(state, 1, found) < 0) return -1;
    if (!state->gone && !(state->gone = PyMem_Calloc((size_t)state->n + 1, 1))) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < state->n; i++) {
        if (state->repeated && state->at[i].lone && !found->sure[i]) found->scores[i] -= judge->of.lone;
        if (found->sure[i] && topic_of(state, i, found->bits + i) < 0) return -1;
    }
    for (Py_ssize_t i = 0; i < state->n; i++)
        state->gone[i] =
            found->sure[i] && found->scores[i] + whole_sum(judge, &judge->forms, found->page, found->bits[i]) >= judge->of.sure;
    if (look_around(state) < 0) return -1;
    state->weighed = 1;
    return 0;
}

/* ---- what becomes of a line's neighbours; `cleaner.evidence.neighbours` ---- */

typedef struct {
    const unsigned char *gone;
    Py_ssize_t n, head, tail;
} Around;

static Signals fate_around(const State *state, Around *around, Py_ssize_t i)
{
    const Py_ssize_t reach = (Py_ssize_t)state->judge->of.near;
    const Names *is = &state->judge->is;
    const unsigned char *gone = around->gone;
    Signals bits = {{0, 0}};
    while (around->head < around->n && gone[around->head]) around->head++;
    while (around->tail >= 0 && gone[around->tail]) around->tail--;
    if (i <= around->head) add(&bits, is->head_open);
    if (i >= around->tail) add(&bits, is->tail_open);
    int many = 0;
    for (Py_ssize_t k = i - reach < 0 ? 0 : i - reach; k < around->n && k <= i + reach; k++) many += k != i && gone[k];
    if (i >= 1 && gone[i - 1]) {
        add(&bits, is->prev_dropped);
        if (i >= 2 && gone[i - 2]) add(&bits, is->prev2_dropped);
    }
    if (i + 1 < around->n && gone[i + 1]) {
        add(&bits, is->next_dropped);
        if (i + 2 < around->n && gone[i + 2]) add(&bits, is->next2_dropped);
    }
    if (many >= reach) add(&bits, is->many_near_dropped);
    return bits;
}

/* ---- verdicts ---- */

/* The kinds of rulings on the lines that go, and of each line which; see `kinds_told`. */
static PyObject *rulings(State *state, const unsigned char *gone)
{
    const Judge *judge = state->judge;
    const Found *found = &state->found;
    Around around = {gone, state->n, 0, state->n - 1};
    Kinds kinds;
    int bad = kinds_make(&kinds, state->n) < 0;
    for (Py_ssize_t i = 0; !bad && i < state->n; i++) {
        if (!gone[i]) continue;
        Signals bits = both(found->bits[i], fate_around(state, &around, i));
        bad = kinds_add(&kinds, i, found->scores[i] + whole_sum(judge, &judge->forms, found->page, bits), found->rules + i, bits) < 0;
    }
    PyObject *out = bad ? NULL : kinds_told(&kinds);
    kinds_free(&kinds);
    return out;
}

static PyObject *state_sure(PyObject *self, PyObject *unused)
{
    State *state = (State *)self;
    Found found = {0};
    Kinds kinds;
    int any = 0, bad = kinds_make(&kinds, state->n) < 0;
    (void)unused;
    for (Py_ssize_t i = 0; i < state->n; i++) any |= state->at[i].sure;
    if (any && !bad) bad = found_make(state, 0, &found) < 0;
    for (Py_ssize_t i = 0; any && !bad && i < state->n; i++) {
        if (!found.sure[i]) continue;
        bad = topic_of(state, i, found.bits + i) < 0;
        if (bad || !(found.scores[i] + whole_sum(state->judge, &state->judge->guards, found.page, found.bits[i]) >= state->judge->of.sure)) continue;
        bad = kinds_add(&kinds, i, found.scores[i], found.rules + i, (Signals){{0, 0}}) < 0;
    }
    PyObject *out = bad ? NULL : kinds_told(&kinds);
    kinds_free(&kinds);
    found_free(&found, state->n);
    return out;
}

static double burden(const Judge *judge, Signals bits)
{
    if (meet(bits, judge->is.words_8_14)) return judge->of.burden_8;
    if (meet(bits, judge->is.words_15_29)) return judge->of.burden_15;
    return meet(bits, judge->is.words_30) ? judge->of.burden_30 : 0;
}

/* Whether weak evidence may not take a line. */
static int spares(const State *state, Py_ssize_t i)
{
    const Shown *shown = state->at + i;
    if (state->closed[i]) return 1;
    if (shown->repeats || !(shown->sentence || shown->short_sentence)) return 0;
    return state->found.scores[i] < state->judge->of.sentence;
}

/* What each open line must weigh, by index; 0 where it is not open (or gone). Returns how many there are, or -1. */
static Py_ssize_t open_lines(State *state, double threshold, const unsigned char *gone, double *needs)
{
    const Judge *judge = state->judge;
    Found *found = &state->found;
    double least = threshold >= 1 ? threshold : 1 - (1 - threshold) * (1 - found->page * (1 - judge->of.ease));
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        if (gone[i]) continue;
        double score = whole_most(judge, found->page, found->bits[i]) + found->scores[i];
        if (score < least && !found->sure[i]) continue;
        if (!found->sure[i] && spares(state, i)) continue;
        double need = found->sure[i] ? judge->of.sure : least + burden(judge, found->bits[i]);
        if (score < need) continue;
        needs[i] = need;
        count++;
    }
    for (Py_ssize_t i = 0; i < state->n; i++)
        if (needs[i] && topic_of(state, i, found->bits + i) < 0) return -1;
    return count;
}

/* Decide the open lines from the outside in, until their neighbours change nothing more. */
static void settle(State *state, unsigned char *gone, const double *needs, Signals *weighed)
{
    const Judge *judge = state->judge;
    const Found *found = &state->found;
    Py_ssize_t n = state->n;
    for (Py_ssize_t i = 0; i < n; i++)
        if (needs[i] && found->scores[i] + whole_sum(judge, &judge->forms, found->page, found->bits[i]) >= needs[i]) gone[i] = 1;
    Around around = {gone, n, 0, n - 1};
    for (int sweep = 0; sweep < (int)judge->of.sweeps; sweep++) {
        int changed = 0;
        for (Py_ssize_t k = 0; k < n; k++) {
            Py_ssize_t i = sweep % 2 ? k : n - 1 - k;
            if (!needs[i] || gone[i]) continue;
            Signals fate = fate_around(state, &around, i);
            if (same(weighed[i], fate)) continue;
            weighed[i] = fate;
            if (found->scores[i] + whole_sum(judge, &judge->forms, found->page, both(found->bits[i], fate)) < needs[i]) continue;
            gone[i] = 1;
            changed = 1;
        }
        if (!changed && sweep) return;
    }
}

static PyObject *state_decide(PyObject *self, PyObject *args)
{
    State *state = (State *)self;
    PyObject *below, *out = NULL;
    double threshold;
    if (!PyArg_ParseTuple(args, "dO!", &threshold, &PyList_Type, &below) || weigh(state) < 0) return NULL;
    size_t n = (size_t)state->n;
    unsigned char *gone = PyMem_Calloc(n + 1, 1);
    double *needs = PyMem_Calloc(n + 1, sizeof *needs);
    Signals *weighed = PyMem_Calloc(n + 1, sizeof *weighed);
    int bad = !gone || !needs || !weighed;
    if (bad)
        PyErr_NoMemory();
    else if (n)
        memcpy(gone, state->gone, n);
    for (Py_ssize_t k = 0; !bad && k < PyList_GET_SIZE(below); k++) {
        Py_ssize_t i = PyLong_AsSsize_t(PyList_GET_ITEM(below, k));
        bad = i < 0 || i >= state->n;
        if (!bad)
            gone[i] = 1;
        else if (!PyErr_Occurred())
            PyErr_SetString(PyExc_IndexError, "no such line");
    }
    if (!bad && open_lines(state, threshold, gone, needs) >= 0) {
        settle(state, gone, needs, weighed);
        out = rulings(state, gone);
    }
    PyMem_Free(gone);
    PyMem_Free(needs);
    PyMem_Free(weighed);
    return out;
}

static PyObject *state_page(PyObject *self, void *unused)
{
    (void)unused;
    return weigh((State *)self) < 0 ? NULL : PyFloat_FromDouble(((State *)self)->found.page);
}

static PyObject *state_lines(PyObject *self, void *unused)
{
    (void)unused;
    return Py_NewRef(((State *)self)->lines);
}

static int state_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    State *state = (State *)self;
    PyObject *judge, *lines, *before;
    if (kwargs && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "arguments have no names here");
        return -1;
    }
    if (state->judge || !PyArg_ParseTuple(args, "OO!O", &judge, &PyList_Type, &lines, &before)) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "made already");
        return -1;
    }
    if (strcmp(Py_TYPE(judge)->tp_name, judge_spec.name) || !((Judge *)judge)->known ||
        (before != Py_None && (Py_TYPE(before) != Py_TYPE(self) || !((State *)before)->lines))) {
        PyErr_SetString(PyExc_TypeError, "a judge, lines, and an earlier state or None");
        return -1;
    }
    state->judge = (Judge *)Py_NewRef(judge);
    if (!(state->lines = PyList_New(0)) || !(state->prose = PyList_New(0)) || show_all(state, lines) < 0) return -1;
    if (before != Py_None && inherit(state, (State *)before) < 0) return -1;
    if (!(state->closed = PyMem_Calloc((size_t)state->n + 1, 1))) {
        PyErr_NoMemory();
        return -1;
    }
    return standing_find(state);
}

/* Let go of the lines, and of what is known of each. */
static void leave_lines(State *state)
{
    Shown *at = state->at;
    Py_ssize_t n = state->n;
    found_free(&state->found, n);
    state->at = NULL;
    state->n = state->weighed = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_XDECREF(at[i].facts);
        Py_XDECREF(at[i].low);
        rows_free(&at[i].standing);
    }
    PyMem_Free(at);
    PyMem_Free(state->closed);
    PyMem_Free(state->gone);
    state->closed = state->gone = NULL;
}

static PyObject *state_leave(PyObject *self, PyObject *unused)
{
    State *state = (State *)self;
    PyObject *none = PyList_New(0);
    (void)unused;
    if (!none) return NULL;
    Py_XSETREF(state->lines, none);
    leave_lines(state);
    Py_RETURN_NONE;
}

static void state_dealloc(PyObject *self)
{
    State *state = (State *)self;
    PyTypeObject *type = Py_TYPE(self);
    leave_lines(state);
    Py_XDECREF(state->judge);
    Py_XDECREF(state->lines);
    Py_XDECREF(state->texts);
    Py_XDECREF(state->texts_before);
    Py_XDECREF(state->prose);
    Py_XDECREF(state->said);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"sure", state_sure, METH_NOARGS, "sure(): what goes whatever weak evidence says, as `decide` tells it; without signals."},
    {"decide", state_decide, METH_VARARGS,
     "decide(threshold, below): the kinds of rulings on lines that go (those of `below` do), each as (score, rules with\n"
     "patterns, signals), and for each line the number of its kind from 1, or 0, in four bytes."},
    {"leave", state_leave, METH_NOARGS, "leave(): as if it had no lines; a later state still takes over what the text says."},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef attributes[] = {
    {"page", state_page, NULL, "how much of a whole page the document is, 0 to 1", NULL},
    {"lines", state_lines, NULL, "its lines that are not blank", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot slots[] = {
    {Py_tp_doc, "State(judge, lines, before): one state of a document; `before`: an earlier one of the same, or None."},
    {Py_tp_init, state_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_dealloc, state_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_getset, attributes},
    {0, NULL},
};
PyType_Spec state_spec = {"cleaner.fast._core.State", sizeof(State), 0, Py_TPFLAGS_DEFAULT, slots};
