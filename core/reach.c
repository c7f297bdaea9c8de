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

/* The index after the last line of the block; -1 with an exception set. */
static Py_ssize_t block_end(Case *scene, const Row *row, Py_ssize_t start, const long *gaps)
{
    const Names *is = &scene->judge->is;
    Py_ssize_t i = start + 1;
    for (; i < scene->n && i - start <= row->lines; i++) {
        if (is_no_member(scene, i)) {
            Signals topic = {{0, 0}};
            int member = (gaps[i] && !gaps[i - 1]) || meet(scene->at[i - 1].here, is->stop);
            if (!member && meet(scene->at[i - 1].here, is->medium)) {
                if (topic_of(scene, i - 1, &topic) < 0) return -1;
                member = meet(topic, is->foreign);
            }
            return member ? i : start + 1 > i - 1 ? start + 1 : i - 1;
        }
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
