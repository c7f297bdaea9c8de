/* Each rule, and each category of several rules, with the lines that it hits. The definition: `_makes` in
 * `cleaner.evidence.records`.
 */
#include "records.h"

#include <string.h>

static Make *make_new(Makes *makes, int category)
{
    if (room_for((void **)&makes->at, &makes->room, makes->count, 1, 4, sizeof *makes->at) < 0) return NULL;
    Make *made = makes->at + makes->count++;
    memset(made, 0, sizeof *made);
    made->category = category;
    return made;
}

static int make_add(Make *make, const Row *row, Py_ssize_t line, int stands)
{
    if (!make->rule) make->rule = row;
    make->several |= make->rule != row;
    if (make->count && make->lines[make->count - 1] == line) return 0;
    if (room_for((void **)&make->lines, &make->room, make->count, 1, 4, sizeof *make->lines) < 0) return -1;
    make->lines[make->count++] = (int32_t)line;
    make->standing += (size_t)stands;
    return 0;
}

void makes_free(Makes *makes)
{
    for (size_t k = 0; k < makes->count; k++) PyMem_Free(makes->at[k].lines);
    PyMem_Free(makes->at);
}

/* By rule, then by category, each in the order in which they are first met. */
int makes_gather(const State *state, const uint32_t *elsewhere_of, Makes *makes)
{
    /* By the number of a row, and of a category, the make (from 1). */
    size_t *of_row = PyMem_Calloc(state->judge->count + 1, sizeof *of_row), of_category[64] = {0};
    Makes categories = {0};
    int bad = !of_row;
    if (bad) PyErr_NoMemory();
    for (Py_ssize_t i = 0; !bad && i < state->n; i++) {
        const Choices *choices = &state->choices;
        const Choice *standing = choice_at(choices, state->at[i].standing), *elsewhere = choice_at(choices, elsewhere_of[i]);
        for (size_t k = 0; !bad && k < standing->count + elsewhere->count; k++) {
            const Row *row = k < standing->count ? rows_at(choices, standing)[k] : rows_at(choices, elsewhere)[k - standing->count];
            if (!speaks(row)) continue;
            size_t *mine = of_row + row->number, *shared = of_category + row->category;
            if (!*mine && make_new(makes, row->category)) *mine = makes->count;
            if (!*shared && make_new(&categories, row->category)) *shared = categories.count;
            int stands = k < standing->count;
            bad = !*mine || !*shared || make_add(makes->at + *mine - 1, row, i, stands) < 0 ||
                  make_add(categories.at + *shared - 1, row, i, stands) < 0;
        }
    }
    for (size_t k = 0; !bad && k < categories.count; k++) {
        Make *made = categories.at[k].several ? make_new(makes, 0) : NULL;
        if (categories.at[k].several && !made) bad = 1;
        if (!made) continue;
        *made = categories.at[k];
        memset(categories.at + k, 0, sizeof *categories.at);
    }
    makes_free(&categories);
    PyMem_Free(of_row);
    return bad ? -1 : 0;
}
