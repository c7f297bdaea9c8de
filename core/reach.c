/* How far blocks and rests reach. The definition: `cleaner.evidence.reach`. */
#include "judge.h"

static int is_no_member(const State *state, Py_ssize_t i)
{
    const Names *is = &state->judge->is;
    Signals bits = both(both(is->prose, is->words_30), both(is->table, is->money));
    return state->at[i].sentence || meet(state->at[i].here, bits);
}

/* 1: the pattern that ends a block hits line `i`; 0; -1. */
static int ends_at(State *state, const Row *row, Py_ssize_t i)
{
    if (!row->pattern) return 0;
    PyObject *lines = shown_lines(state), *line = lines ? PySequence_GetItem(lines, i) : NULL;
    if (!line) return -1;
    PyObject *answer = PyObject_CallFunctionObjArgs(state->judge->ends, row->rule, line, NULL);
    int ends = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    Py_DECREF(line);
    return ends;
}

/* Whether a line is a heading by Markdown: it has its mark, or the next line underlines it (setext). */
static int is_heading(const State *state, Py_ssize_t i)
{
    if (meet(state->at[i].here, state->judge->is.heading)) return 1;
    return i + 1 < state->n && state->at[i + 1].underline;
}

/* The end of a block that paragraph `i` ends; -1 with an exception set. */
static Py_ssize_t end_above(State *state, Py_ssize_t start, Py_ssize_t i, int items)
{
    const Names *is = &state->judge->is;
    Py_ssize_t last = i - 1;
    Signals here = state->at[last].here, topic = {{0, 0}};
    if (last > start + 1 && items && !meet(here, is->bullet)) return last;
    if ((state->at[i].gap && !state->at[last].gap) || meet(here, is->stop)) return i;
    if (meet(here, is->medium) && topic_of(state, last, &topic) < 0) return -1;
    return meet(topic, is->foreign) ? i : start + 1 > last ? start + 1 : last;
}

/* The index after the last line of the block; -1 with an exception set. */
static Py_ssize_t block_end(State *state, const Row *row, Py_ssize_t start)
{
    /* Where the first line of a block is a heading or an item, all are. */
    int headed = start + 1 < state->n && is_heading(state, start + 1), items = 1;
    for (Py_ssize_t i = start + 1; i < state->n; i++) {
        int full = i - start > row->lines;
        /* A block of one line that was to be one holds no heading. */
        if (is_no_member(state, i)) return full && i == start + 2 ? i : end_above(state, start, i, items);
        if (full || (!headed && is_heading(state, i))) return i;
        items = items && (i == start + 1 || meet(state->at[i - 1].here, state->judge->is.bullet));
        if (row->blank && state->at[i].gap) return i;
        int ends = ends_at(state, row, i);
        if (ends) return ends < 0 ? -1 : i;
    }
    return state->n;
}

/* The state of one call. */
typedef struct {
    int32_t *before;  /* sentences before each line, and before the end */
    Py_ssize_t *ends; /* how far each rule has reached, by the number of its row */
    uint32_t *first;  /* the rules that each line had at first */
} Reached;

static int reach_from(State *state, uint32_t *found, Reached *reach, Py_ssize_t i)
{
    Choices *choices = &state->choices;
    const Choice *rules = choice_at(choices, reach->first[i]);
    if (rules->score < state->judge->of.sure || !rules->reaching) return 0;
    for (size_t k = 0; k < choice_at(choices, reach->first[i])->count; k++) {
        const Row *row = rows_at(choices, choice_at(choices, reach->first[i]))[k];
        if (!row->reaching) continue;
        Py_ssize_t end;
        if (row->block)
            end = block_end(state, row, i);
        else
            end = reach->before[i] > reach->before[state->n] - reach->before[i] ? state->n : i + 1;
        if (end < 0) return -1;
        Py_ssize_t *known = reach->ends + row->number;
        for (Py_ssize_t k2 = i + 1 > *known ? i + 1 : *known; k2 < end; k2++)
            if (!state->at[k2].sentence && !state->at[k2].short_sentence && choices_with(choices, found + k2, row) < 0) return -1;
        if (end > *known) *known = end;
    }
    return 0;
}

static void reach_free(Reached *reach)
{
    PyMem_Free(reach->before);
    PyMem_Free(reach->ends);
    PyMem_Free(reach->first);
}

int reach_extend(State *state, uint32_t *found)
{
    size_t n = (size_t)state->n;
    int any = 0;
    for (size_t i = 0; i < n && !any; i++) any = choice_at(&state->choices, found[i])->reaching;
    if (!any) return 0;
    Reached reach = {
        PyMem_Calloc(n + 1, sizeof *reach.before),
        PyMem_Calloc(state->judge->count + 1, sizeof *reach.ends),
        PyMem_Calloc(n + 1, sizeof *reach.first),
    };
    if (!reach.before || !reach.ends || !reach.first) {
        reach_free(&reach);
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        reach.first[i] = found[i];
        reach.before[i + 1] = reach.before[i] + state->at[i].sentence;
    }
    int bad = 0;
    for (size_t i = 0; !bad && i < n; i++)
        if (reach.first[i]) bad = reach_from(state, found, &reach, (Py_ssize_t)i) < 0;
    reach_free(&reach);
    return bad ? -1 : 0;
}
