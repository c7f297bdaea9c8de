/* How far blocks and rests reach. The definition: `cleaner.evidence.reach`. */
#include "judge.h"

static int is_no_member(const Case *scene, Py_ssize_t i)
{
    const Names *is = &scene->judge->is;
    Signals bits = both(both(is->prose, is->words_30), both(is->table, is->money));
    return scene->at[i].sentence || meet(scene->at[i].here, bits);
}

/* 1: the pattern that ends a block hits line `i`; 0; -1. */
static int ends_at(Case *scene, const Row *row, Py_ssize_t i)
{
    if (!row->pattern) return 0;
    PyObject *answer = PyObject_CallFunctionObjArgs(scene->judge->ends, row->rule, scene->at[i].line, NULL);
    int ends = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    return ends;
}

/* Whether a line underlines the one above it, and makes that a heading (setext). */
static int is_underline(PyObject *low)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(low);
    Py_UCS4 first = PyUnicode_READ_CHAR(low, 0);
    if (size < 3 || (first != '-' && first != '=')) return 0;
    for (Py_ssize_t i = 1; i < size; i++)
        if (PyUnicode_READ_CHAR(low, i) != first) return 0;
    return 1;
}

/* 1: the line above line `i`, where a block must end, is its member; 0: it stays; -1. */
static int is_member(Case *scene, Py_ssize_t i, const long *gaps)
{
    const Names *is = &scene->judge->is;
    Signals topic = {{0, 0}};
    if ((gaps[i] && !gaps[i - 1]) || meet(scene->at[i - 1].here, is->stop)) return 1;
    if (!meet(scene->at[i - 1].here, is->medium)) return 0;
    return topic_of(scene, i - 1, &topic) < 0 ? -1 : meet(topic, is->foreign);
}

/* The index after the last line of the block; -1 with an exception set. */
static Py_ssize_t block_end(Case *scene, const Row *row, Py_ssize_t start, const long *gaps)
{
    const Names *is = &scene->judge->is;
    /* Where the first line is a heading or an item, all are. */
    int headed = start + 1 < scene->n && meet(scene->at[start + 1].here, is->heading), listed = 1;
    Py_ssize_t i = start + 1;
    for (; i < scene->n; i++) {
        if (is_no_member(scene, i)) {
            Py_ssize_t last = i - 1;
            if (last == start + 1 && i - start > row->lines) return i;
            if (last - 1 > start && is_underline(scene->at[last].low)) return last - 1;
            if (last > start + 1 && listed && !meet(scene->at[last].here, is->bullet)) return last;
            int member = is_member(scene, i, gaps);
            if (member < 0) return -1;
            return member ? i : start + 1 > last ? start + 1 : last;
        }
        if (i - start > row->lines || (!headed && meet(scene->at[i].here, is->heading))) return i;
        listed = listed && (i == start + 1 || meet(scene->at[i - 1].here, is->bullet));
        if (row->blank && gaps[i]) return i;
        int ends = ends_at(scene, row, i);
        if (ends) return ends < 0 ? -1 : i;
    }
    return i;
}

/* The state of one call. */
typedef struct {
    Py_ssize_t *before; /* sentences before each line, and before the end */
    Py_ssize_t *ends;   /* how far each rule has reached, by the number of its row */
    size_t *counts;     /* how many rules each line had at first */
    long *gaps;
} Reach;

static int reach_from(Case *scene, Rows *found, Reach *reach, Py_ssize_t i)
{
    double sum = 0;
    for (size_t k = 0; k < reach->counts[i]; k++) sum += found[i].at[k]->score;
    if (sum < 1.0) return 0;
    for (size_t k = 0; k < reach->counts[i]; k++) {
        const Row *row = found[i].at[k];
        if (!row->reaching) continue;
        Py_ssize_t end;
        if (row->block)
            end = block_end(scene, row, i, reach->gaps);
        else
            end = reach->before[i] > reach->before[scene->n] - reach->before[i] ? scene->n : i + 1;
        if (end < 0) return -1;
        Py_ssize_t *known = reach->ends + row->number;
        for (Py_ssize_t k2 = i + 1 > *known ? i + 1 : *known; k2 < end; k2++)
            if (!scene->at[k2].sentence && !scene->at[k2].short_sentence && rows_add(found + k2, row) < 0) return -1;
        if (end > *known) *known = end;
    }
    return 0;
}

static void reach_free(Reach *reach)
{
    PyMem_Free(reach->before);
    PyMem_Free(reach->ends);
    PyMem_Free(reach->counts);
    PyMem_Free(reach->gaps);
}

int reach_extend(Case *scene, Rows *found)
{
    size_t n = (size_t)scene->n;
    int any = 0;
    for (size_t i = 0; i < n && !any; i++)
        for (size_t k = 0; k < found[i].count; k++) any |= found[i].at[k]->reaching;
    if (!any) return 0;
    Reach reach = {
        PyMem_Calloc(n + 1, sizeof *reach.before),
        PyMem_Calloc(scene->judge->count + 1, sizeof *reach.ends),
        PyMem_Calloc(n + 1, sizeof *reach.counts),
        PyMem_Calloc(n + 1, sizeof *reach.gaps),
    };
    if (!reach.before || !reach.ends || !reach.counts || !reach.gaps) {
        reach_free(&reach);
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        reach.counts[i] = found[i].count;
        reach.gaps[i] = scene->at[i].gap;
        reach.before[i + 1] = reach.before[i] + scene->at[i].sentence;
    }
    int bad = 0;
    for (size_t i = 0; !bad && i < n; i++)
        if (reach.counts[i]) bad = reach_from(scene, found, &reach, (Py_ssize_t)i) < 0;
    reach_free(&reach);
    return bad ? -1 : 0;
}
