/* What is to be seen of the lines of a text one by one: whether it may have been broken at a width, or at its links. The definition:
 * `shapes` in `cleaner.text.wrapping`.
 */
#include "core.h"

enum { MOST_WIDTH = 1000 };

static struct {
    Py_ssize_t narrowest, widest, words, several, fewest;
    double within;
    PyObject *goes_on; /* what a line begins with that goes on, besides small letters */
} told;

PyObject *shapes_setup(PyObject *module, PyObject *args)
{
    PyObject *goes_on;
    Py_ssize_t narrowest, widest, words, several, fewest;
    double within;
    (void)module;
    if (!PyArg_ParseTuple(args, "nnnnndU", &narrowest, &widest, &words, &several, &fewest, &within, &goes_on)) return NULL;
    if (widest < 0 || widest >= MOST_WIDTH || several < 0 || words < 1 || fewest < 1 || !(within >= 0 && within < 1)) {
        PyErr_SetString(PyExc_ValueError, "a wider line than the core measures");
        return NULL;
    }
    told.narrowest = narrowest;
    told.widest = widest;
    told.words = words;
    told.several = several;
    told.fewest = fewest;
    told.within = within;
    Py_INCREF(goes_on);
    Py_XSETREF(told.goes_on, goes_on);
    Py_RETURN_NONE;
}

static Py_ssize_t length_without_end(int kind, const void *data, Py_ssize_t size)
{
    while (size && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, size - 1))) size--;
    return size;
}

/* Whether there are several words, which blanks part. */
static int has_several(int kind, const void *data, Py_ssize_t size)
{
    Py_ssize_t words = 0;
    for (Py_ssize_t i = 0, blank = 1; i < size && words < told.words; i++) {
        Py_ssize_t is_blank = Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, i)) != 0;
        words += blank && !is_blank;
        blank = is_blank;
    }
    return words == told.words;
}

static int goes_on(PyObject *raw)
{
    Py_UCS4 first = PyUnicode_READ_CHAR(raw, 0);
    if (Py_UNICODE_ISLOWER(first)) return 1;
    for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(told.goes_on); i++)
        if (PyUnicode_READ_CHAR(told.goes_on, i) == first) return 1;
    return 0;
}

/* So many of nearly all, as `_may_be_wrapped` and `_width` have it. */
static Py_ssize_t nearly(Py_ssize_t all) { return (Py_ssize_t)((double)all * told.within); }

/* What is counted of lines: those long enough for several words, those that have several, and these by their length; the last place
 * is of the wider ones. */
typedef struct {
    Py_ssize_t most, several, narrow, lengths[MOST_WIDTH + 2];
} Counts;

static int may_be_wrapped(const Counts *counts)
{
    Py_ssize_t wide = counts->lengths[told.widest + 1], beyond = counts->most - nearly(counts->most);
    if (wide >= (beyond > 1 ? beyond : 1) || counts->several < told.fewest) return 0;
    Py_ssize_t place = nearly(counts->several), width = 0;
    if (place > counts->several - 1) place = counts->several - 1;
    for (Py_ssize_t seen = counts->lengths[0]; seen <= place; seen += counts->lengths[width]) width++;
    return width >= told.narrowest && width <= told.widest;
}

PyObject *shapes_of(PyObject *module, PyObject *given)
{
    (void)module;
    if (!told.goes_on) {
        PyErr_SetString(PyExc_TypeError, "the core is not told of shapes");
        return NULL;
    }
    PyObject *raws = PySequence_Fast(given, "lines come in a sequence"), *going_on = raws ? PyList_New(0) : NULL;
    Counts counts = {0};
    for (Py_ssize_t i = 0; going_on && i < PySequence_Fast_GET_SIZE(raws); i++) {
        PyObject *raw = PySequence_Fast_GET_ITEM(raws, i);
        if (!PyUnicode_Check(raw)) {
            PyErr_SetString(PyExc_TypeError, "no text");
            Py_CLEAR(going_on);
            break;
        }
        Py_ssize_t size = PyUnicode_GET_LENGTH(raw);
        if (size && goes_on(raw)) {
            PyObject *number = PyLong_FromSsize_t(i);
            if (!number || PyList_Append(going_on, number) < 0) Py_CLEAR(going_on);
            Py_XDECREF(number);
        }
        if (size < told.several) continue;
        int kind = PyUnicode_KIND(raw);
        const void *data = PyUnicode_DATA(raw);
        counts.most++;
        size = length_without_end(kind, data, size);
        if (size < told.several || !has_several(kind, data, size)) continue;
        counts.several++;
        counts.narrow += size <= told.widest;
        counts.lengths[size <= told.widest ? size : told.widest + 1]++;
    }
    Py_XDECREF(raws);
    if (!going_on) return NULL;
    return Py_BuildValue("OON", may_be_wrapped(&counts) ? Py_True : Py_False, counts.narrow >= told.fewest ? Py_True : Py_False, going_on);
}
