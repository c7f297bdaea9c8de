/* What the lines around a line weigh together. The definition: `cleaner.evidence.surroundings`. */
#include "core.h"

#define MAX_LEVELS 8

typedef struct {
    Py_ssize_t reach;
    Py_ssize_t count;
    double least[MAX_LEVELS]; /* from the highest */
    uint32_t bits[MAX_LEVELS];
} Reach;

/* (lines on each side, ((mean, bits), ...)); 0, or -1 with an exception set. */
static int take_reach(PyObject *fact, Reach *reach)
{
    PyObject *levels;
    if (!PyArg_ParseTuple(fact, "nO!", &reach->reach, &PyTuple_Type, &levels)) return -1;
    reach->count = PyTuple_GET_SIZE(levels);
    if (reach->reach < 1 || reach->count > MAX_LEVELS) {
        PyErr_SetString(PyExc_ValueError, "no reach, or too many levels");
        return -1;
    }
    for (Py_ssize_t i = 0; i < reach->count; i++) {
        unsigned bits;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(levels, i), "dI", reach->least + i, &bits)) return -1;
        reach->bits[i] = bits;
    }
    return 0;
}

static inline Py_ssize_t least(Py_ssize_t a, Py_ssize_t b) { return a < b ? a : b; }

/* `sums[i]`: the scores of the first `i` of `n` lines. */
static uint32_t levels_of(const Reach *reach, const double *scores, const double *sums, Py_ssize_t n, Py_ssize_t i)
{
    Py_ssize_t left = least(i, reach->reach), right = least(n - 1 - i, reach->reach);
    double mean = (sums[i + right + 1] - sums[i - left] - scores[i]) / (double)(left + right);
    for (Py_ssize_t k = 0; k < reach->count; k++)
        if (mean >= reach->least[k]) return reach->bits[k];
    return 0;
}

static PyObject *levels(const Reach *reaches, Py_ssize_t count, const double *scores, const double *sums, Py_ssize_t n,
                        PyObject *shift)
{
    PyObject *out = PyList_New(n);
    for (Py_ssize_t i = 0; out && i < n; i++) {
        uint32_t bits = 0;
        for (Py_ssize_t k = 0; n > 1 && k < count; k++) bits |= levels_of(reaches + k, scores, sums, n, i);
        PyObject *low = PyLong_FromUnsignedLong(bits);
        PyObject *made = low ? PyNumber_Lshift(low, shift) : NULL;
        Py_XDECREF(low);
        if (!made)
            Py_CLEAR(out);
        else
            PyList_SET_ITEM(out, i, made);
    }
    return out;
}

PyObject *around_levels(PyObject *module, PyObject *args)
{
    enum { MOST = 8 };
    PyObject *given, *facts, *shift, *out = NULL;
    Reach reaches[MOST];
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!O!", &PyList_Type, &given, &PyTuple_Type, &facts, &PyLong_Type, &shift)) return NULL;
    Py_ssize_t n = PyList_GET_SIZE(given), count = PyTuple_GET_SIZE(facts);
    if (count > MOST) return PyErr_Format(PyExc_ValueError, "more than %d reaches", MOST);
    for (Py_ssize_t k = 0; k < count; k++)
        if (take_reach(PyTuple_GET_ITEM(facts, k), reaches + k) < 0) return NULL;
    double *scores = PyMem_Malloc((size_t)(2 * n + 1) * sizeof *scores);
    if (!scores) return PyErr_NoMemory();
    double *sums = scores + n;
    sums[0] = 0;
    int good = 1;
    for (Py_ssize_t i = 0; good && i < n; i++) {
        scores[i] = PyFloat_AsDouble(PyList_GET_ITEM(given, i));
        sums[i + 1] = sums[i] + scores[i];
        good = !PyErr_Occurred() && n == PyList_GET_SIZE(given);
    }
    if (good) out = levels(reaches, count, scores, sums, n, shift);
    PyMem_Free(scores);
    return out;
}
