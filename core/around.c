/* What the lines around a line weigh together. The definition: `cleaner.evidence.surroundings`. */
#include "signals.h"

/* (lines on each side, ((mean, signals), ...)), the highest mean first. */
static int reach_take(PyObject *fact, Reach *reach)
{
    PyObject *levels, *signals;
    if (!is_fact(fact) || !PyArg_ParseTuple(fact, "nO!", &reach->lines, &PyTuple_Type, &levels)) return -1;
    reach->count = PyTuple_GET_SIZE(levels);
    if (reach->lines < 1 || reach->count > MOST_LEVELS) {
        PyErr_SetString(PyExc_ValueError, "no reach, or too many levels");
        return -1;
    }
    for (Py_ssize_t i = 0; i < reach->count; i++)
        if (!is_fact(PyTuple_GET_ITEM(levels, i)) ||
            !PyArg_ParseTuple(PyTuple_GET_ITEM(levels, i), "dO", reach->least + i, &signals) ||
            signals_of(signals, reach->signals + i) < 0)
            return -1;
    return 0;
}

int reaches_take(PyObject *facts, Reaches *reaches)
{
    Py_ssize_t count = PyTuple_GET_SIZE(facts);
    if (count > MOST_REACHES) {
        PyErr_SetString(PyExc_ValueError, "too many reaches");
        return -1;
    }
    for (; reaches->count < count; reaches->count++)
        if (reach_take(PyTuple_GET_ITEM(facts, reaches->count), reaches->at + reaches->count) < 0) return -1;
    return 0;
}

static inline Py_ssize_t least(Py_ssize_t a, Py_ssize_t b) { return a < b ? a : b; }

static Signals level_of(const Reach *reach, const double *scores, const double *sums, Py_ssize_t n, Py_ssize_t i)
{
    Py_ssize_t left = least(i, reach->lines), right = least(n - 1 - i, reach->lines);
    double mean = (sums[i + right + 1] - sums[i - left] - scores[i]) / (double)(left + right);
    for (Py_ssize_t k = 0; k < reach->count; k++)
        if (mean >= reach->least[k]) return reach->signals[k];
    return (Signals){{0, 0}};
}

void around_add(const Reaches *reaches, const double *scores, double *sums, Py_ssize_t n, Signals *bits)
{
    sums[0] = 0;
    for (Py_ssize_t i = 0; i < n; i++) sums[i + 1] = sums[i] + scores[i];
    for (Py_ssize_t i = 0; n > 1 && i < n; i++)
        for (Py_ssize_t k = 0; k < reaches->count; k++) add(bits + i, level_of(reaches->at + k, scores, sums, n, i));
}
