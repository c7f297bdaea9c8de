/* What rules say of a document's lines before any is decided. The definition: `cleaner.evidence.findings`. */
#include "judge.h"

#include <string.h>

void found_free(Found *found)
{
    PyMem_Free(found->rules);
    PyMem_Free(found->bits);
    memset(found, 0, sizeof *found);
}

/* Whether one of `categories` is sure within the rule's reach of line `i`. */
static int is_near(const State *state, const Row *row, const uint64_t *sure, Py_ssize_t i)
{
    for (Py_ssize_t k = i - row->within < 0 ? 0 : i - row->within; k < state->n && k <= i + row->within; k++)
        if (k != i && sure[k] & row->categories) return 1;
    return 0;
}

/* Of the rules that stand on a line those that need no look at what is near. */
static int place_alone(State *state, int weak, Py_ssize_t i, uint32_t *found)
{
    Choices *choices = &state->choices;
    const Choice *standing = choice_at(choices, state->at[i].standing);
    *found = state->at[i].standing;
    if (!standing->near && (weak || !standing->weak)) return 0;
    for (size_t k = 0; k < standing->count; k++) {
        const Row *row = rows_at(choices, standing)[k];
        if ((weak || row->sure || row->score < 0) && !row->near && choices_next(choices, row) < 0) return -1;
    }
    return choices_take(choices, found);
}

/* The others of them, where what they ask for is near. */
static int place_near(State *state, int weak, const uint64_t *sure, Py_ssize_t i, uint32_t *found)
{
    Choices *choices = &state->choices;
    size_t count = choice_at(choices, state->at[i].standing)->count;
    for (size_t k = 0; k < count; k++) {
        const Row *row = rows_at(choices, choice_at(choices, state->at[i].standing))[k];
        if (row->near && (weak || row->sure || row->score < 0) && is_near(state, row, sure, i) &&
            choices_with(choices, found, row) < 0)
            return -1;
    }
    return 0;
}

/* The rules without a pattern that ask for what is near, or for repetition. */
static int place_conditional(State *state, int any, const uint64_t *sure, Py_ssize_t i, uint32_t *found)
{
    const Judge *judge = state->judge;
    for (size_t k = 0; k < judge->conditional.count; k++) {
        const Row *row = judge->conditional.at[k];
        if ((!row->near || any) && repeats_of(state, i) >= row->repeat && holds(&row->form, state->at[i].here) &&
            (!row->near || is_near(state, row, sure, i)) && choices_with(&state->choices, found, row) < 0)
            return -1;
    }
    return 0;
}

/* The rules of each line with the conditions that concern its place. */
static int place(State *state, int weak, Found *found)
{
    uint64_t *sure = PyMem_Calloc((size_t)state->n + 1, sizeof *sure);
    if (!sure) {
        PyErr_NoMemory();
        return -1;
    }
    int bad = 0, any = 0;
    for (Py_ssize_t i = 0; !bad && i < state->n; i++) {
        if (!state->at[i].standing) continue;
        bad = place_alone(state, weak, i, found->rules + i) < 0;
        const Choice *rules = choice_at(&state->choices, bad ? 0 : found->rules[i]);
        for (size_t k = 0; rules->sure && k < rules->count; k++) {
            const Row *row = rows_at(&state->choices, rules)[k];
            if (row->sure) sure[i] |= (uint64_t)1 << row->category;
        }
        any |= sure[i] != 0;
    }
    for (Py_ssize_t i = 0; !bad && i < state->n; i++)
        if (choice_at(&state->choices, state->at[i].standing)->near) bad = place_near(state, weak, sure, i, found->rules + i) < 0;
    if (weak && (any || state->repeated))
        for (Py_ssize_t i = 0; !bad && i < state->n; i++) bad = place_conditional(state, any, sure, i, found->rules + i) < 0;
    PyMem_Free(sure);
    return bad ? -1 : 0;
}

static void weigh(State *state, Found *found)
{
    const Names *is = &state->judge->is;
    Py_ssize_t sure = 0;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        const Choice *rules = choice_at(&state->choices, found->rules[i]);
        if (!rules->count) continue;
        sure += rules->sure;
        if (rules->score < 0) {
            add(found->bits + i, is->guarded);
            continue;
        }
        add(found->bits + i, is->hint);
        if (rules->score >= state->judge->of.sure / 2) add(found->bits + i, is->strong_hint);
        if (!(rules->score > 0)) continue;
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
    found->weak = weak;
    if (!found->bits || !found->rules) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < n; i++) found->bits[i] = state->at[i].here;
    if (place(state, weak, found) < 0 || reach_extend(state, found->rules) < 0) return -1;
    weigh(state, found);
    return 0;
}
