/* What is known of single characters: asked of Python once, for the first plane, and kept in a table. */
#include "core.h"

uint16_t chars_kinds[PLANE], chars_plain_of[PLANE], chars_lower_of[PLANE];

static unsigned kind_of(Py_UCS4 c)
{
    unsigned kind = 0;
    if (Py_UNICODE_ISALNUM(c)) kind |= ALNUM;
    if (Py_UNICODE_ISDECIMAL(c)) kind |= DECIMAL;
    if (Py_UNICODE_ISSPACE(c)) kind |= SPACE;
    if (Py_UNICODE_ISUPPER(c)) kind |= UPPER;
    if (Py_UNICODE_ISLOWER(c)) kind |= LOWER;
    if (Py_UNICODE_ISTITLE(c)) kind |= TITLE;
    if (Py_UNICODE_ISALPHA(c)) kind |= ALPHA;
    if (Py_UNICODE_ISDIGIT(c)) kind |= DIGIT;
    return kind;
}

unsigned chars_kind_beyond(Py_UCS4 c)
{
    return kind_of(c);
}

/* Marks the ranges of one kind, given as a sequence of pairs of numbers. */
static int mark(PyObject *ranges, unsigned kind)
{
    Py_ssize_t n = PyTuple_GET_SIZE(ranges);
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned first, last;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(ranges, i), "II", &first, &last)) return -1;
        if (last >= PLANE) {
            PyErr_SetString(PyExc_ValueError, "a character beyond the first plane is of such a kind");
            return -1;
        }
        for (unsigned c = first; c <= last; c++) chars_kinds[c] |= kind;
    }
    return 0;
}

/* Writes the second numbers of pairs into a table, at the places of the first. */
static int map(PyObject *pairs, uint16_t *table)
{
    Py_ssize_t n = PyTuple_GET_SIZE(pairs);
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned from, to;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(pairs, i), "II", &from, &to)) return -1;
        if (from >= PLANE || to >= PLANE) {
            PyErr_SetString(PyExc_ValueError, "a character beyond the first plane is made plain or lower");
            return -1;
        }
        table[from] = (uint16_t)to;
    }
    return 0;
}

/* `facts`: ranges of apart, hidden and unspaced characters; the first and last glyph of icon fonts, and what stands for them; what is made plain; what lower case is beside Unicode's. */
int chars_setup(PyObject *facts)
{
    PyObject *apart, *hidden, *unspaced, *plain, *lower;
    unsigned first, last, icon;
    if (!PyArg_ParseTuple(facts, "O!O!O!(III)O!O!", &PyTuple_Type, &apart, &PyTuple_Type, &hidden, &PyTuple_Type, &unspaced, &first,
                          &last, &icon, &PyTuple_Type, &plain, &PyTuple_Type, &lower))
        return -1;
    if (last >= PLANE || icon >= PLANE) {
        PyErr_SetString(PyExc_ValueError, "glyphs of icon fonts lie in the first plane");
        return -1;
    }
    for (Py_UCS4 c = 0; c < PLANE; c++) {
        Py_UCS4 low = Py_UNICODE_TOLOWER(c);
        chars_kinds[c] = (uint16_t)kind_of(c);
        chars_plain_of[c] = (uint16_t)(c >= first && c <= last ? icon : c);
        chars_lower_of[c] = (uint16_t)(low < PLANE ? low : c);
    }
    if (mark(apart, APART) < 0 || mark(hidden, HIDDEN) < 0 || mark(unspaced, UNSPACED) < 0) return -1;
    return map(plain, chars_plain_of) < 0 || map(lower, chars_lower_of) < 0 ? -1 : 0;
}
