/* What rules say of a document's lines before any is decided. The definition: `cleaner.evidence.findings`. */
#include "judge.h"

#include <string.h>

void found_free(Found *found, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; found->rules && i < n; i++) rows_free(found->rules + i);
    PyMem_Free(found->rules);
    PyMem_Free(found->bits);
    PyMem_Free(found->scores);
    PyMem_Free(found->sure);
    memset(found, 0, sizeof *found);
}

/* Whether one of `categories` is sure within the rule's reach of line `i`. */
static int is_near(const State *state, const Row *row, const uint64_t *sure, Py_ssize_t i)
{
    for (Py_ssize_t k = i - row->within < 0 ? 0 : i - row->within; k < state->n && k <= i + row->within; k++)
        if (k != i && sure[k] & row->categories) return 1;
    return 0;
}

/* The rules of each line with the conditions that concern its place. */
static int place(State *state, int weak, Found *found)
{
    const Judge *judge = state->judge;
    uint64_t *sure = PyMem_Calloc((size_t)state->n + 1, sizeof *sure);
    if (!sure) {
        PyErr_NoMemory();
        return -1;
    }
    int bad = 0, any = 0;
    for (Py_ssize_t i = 0; !bad && i < state->n; i++) {
        const Rows *standing = &state->at[i].standing;
        for (size_t k = 0; !bad && k < standing->count; k++) {
            const Row *row = standing->at[k];
            if (!(weak || row->sure || row->score < 0) || row->near) continue;
            bad = rows_add(found->rules + i, row) < 0;
            if (row->sure) sure[i] |= (uint64_t)1 << row->category;
        }
        any |= sure[i] != 0;
    }
    for (Py_ssize_t i = 0; !bad && i < state->n; i++) {
        const Rows *standing = &state->at[i].standing;
        for (size_t k = 0; !bad && k < standing->count; k++) {
            const Row *row = standing->at[k];
            if (row->near && (weak || row->sure || row->score < 0) && is_near(state, row, sure, i))
                bad = rows_add(found->rules + i, row) < 0;
        }
    }
    if (weak && (any || state->repeated))
        for (Py_ssize_t i = 0; !bad && i < state->n; i++)
            for (size_t k = 0; !bad && k < judge->conditional.count; k++) {
                const Row *row = judge->conditional.at[k];
                if ((!row->near || any) && state->at[i].repeats >= row->repeat && holds(&row->form, state->at[i].here) &&
                    (!row->near || is_near(state, row, sure, i)))
                    bad = rows_add(found->rules + i, row) < 0;
            }
    PyMem_Free(sure);
    return bad ? -1 : 0;
}

static void weigh(State *state, Found *found)
{
    const Names *is = &state->judge->is;
    Py_ssize_t sure = 0;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        const Rows *rules = found->rules + i;
        if (!rules->count) continue;
        double score = 0;
        for (size_t k = 0; k < rules->count; k++) {
            score += rules->at[k]->score;
            found->sure[i] |= (unsigned char)rules->at[k]->sure;
        }
        found->scores[i] = score;
        sure += found->sure[i];
        if (score < 0) {
            add(found->bits + i, is->guarded);
            continue;
        }
        add(found->bits + i, is->hint);
        if (score >= state->judge->of.sure / 2) add(found->bits + i, is->strong_hint);
        if (!(score > 0)) continue;
        if (i) add(found->bits + i - 1, is->next_hint);
        if (i < state->n - 1) add(found->bits + i + 1, is->prev_hint);
    }
    double from = state->judge->of.page_from, page = ((double)sure - from) / (state->judge->of.page_at - from);
    found->page = page < 0 ? 0 : page > 1 ? 1 : page;
}

int found_make(State *state, int weak, Found *found)
{
    size_t n = (size_t)state->n;
    found->bits = PyMem_Calloc(n + 1, sizeof *found->bits);
    found->rules = PyMem_Calloc(n + 1, sizeof *found->rules);
    found->scores = PyMem_Calloc(n + 1, sizeof *found->scores);
    found->sure = PyMem_Calloc(n + 1, sizeof *found->sure);
    if (!found->bits || !found->rules || !found->scores || !found->sure) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < n; i++) found->bits[i] = state->at[i].here;
    if (place(state, weak, found) < 0 || reach_extend(state, found->rules) < 0) return -1;
    weigh(state, found);
    return 0;
}
