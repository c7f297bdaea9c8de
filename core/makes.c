/* Each rule, and each category of several rules, with the lines that it hits. The definition: `_makes` in
 * `cleaner.evidence.records`.
 */
#include "records.h"

#include <string.h>

/* Those that are being gathered, and by the number of a row, and of a category, which (from 1). */
typedef struct {
    Makes rules, categories;
    size_t *of_row, of_category[64];
} Gathered;

static Make *make_new(Makes *makes, int category)
{
    if (room_for((void **)&makes->at, &makes->room, makes->count, 1, 4, sizeof *makes->at) < 0) return NULL;
    Make *made = makes->at + makes->count++;
    memset(made, 0, sizeof *made);
    made->category = category;
    made->last = -1;
    return made;
}

/* One more line; it is put down where there is room for it, and else counted. */
static void make_add(Make *make, const Row *row, int32_t line, int stands)
{
    if (!make->rule) make->rule = row;
    make->several |= make->rule != row;
    if (make->last == line) return;
    make->last = line;
    if (make->lines) make->lines[make->count] = line;
    make->count++;
    make->standing += (size_t)stands;
}

void makes_free(Makes *makes)
{
    for (size_t k = 0; k < makes->count; k++) PyMem_Free(makes->at[k].lines);
    PyMem_Free(makes->at);
}

/* Go through all lines once. */
static int add_all(const State *state, const uint32_t *elsewhere_of, Gathered *to)
{
    const Choices *choices = &state->choices;
    for (Py_ssize_t i = 0; i < state->n; i++) {
        const Choice *standing = choice_at(choices, state->at[i].standing), *elsewhere = choice_at(choices, elsewhere_of[i]);
        for (size_t k = 0; k < standing->count + elsewhere->count; k++) {
            const Row *row = k < standing->count ? rows_at(choices, standing)[k] : rows_at(choices, elsewhere)[k - standing->count];
            if (!speaks(row)) continue;
            size_t *mine = to->of_row + row->number, *shared = to->of_category + row->category;
            if (!*mine && make_new(&to->rules, row->category)) *mine = to->rules.count;
            if (!*shared && make_new(&to->categories, row->category)) *shared = to->categories.count;
            if (!*mine || !*shared) return -1;
            make_add(to->rules.at + *mine - 1, row, (int32_t)i, k < standing->count);
            make_add(to->categories.at + *shared - 1, row, (int32_t)i, k < standing->count);
        }
    }
    return 0;
}

/* Makes just the room that those want which may be lists, and begins to count anew. Returns how many they are, or -1. */
static Py_ssize_t make_room(Makes *makes, double least, int several)
{
    Py_ssize_t lists = 0;
    for (Make *make = makes->at; make < makes->at + makes->count; make++) {
        if ((double)make->count >= least && (make->several || !several)) {
            if (!(make->lines = PyMem_Malloc(make->count * sizeof *make->lines))) {
                PyErr_NoMemory();
                return -1;
            }
            lists++;
        }
        make->count = make->standing = 0;
        make->last = -1;
    }
    return lists;
}

/* By rule, then by category, each in the order in which they are first met. */
static int gather(const State *state, const uint32_t *elsewhere_of, Gathered *to)
{
    double least = state->judge->of.list;
    if (add_all(state, elsewhere_of, to) < 0) return -1;
    Py_ssize_t rules = make_room(&to->rules, least, 0), categories = rules < 0 ? -1 : make_room(&to->categories, least, 1);
    if (categories < 0) return -1;
    if (!rules && !categories) return 0;
    if (add_all(state, elsewhere_of, to) < 0) return -1;
    for (size_t k = 0; k < to->categories.count; k++) {
        if (!to->categories.at[k].lines) continue;
        Make *made = make_new(&to->rules, 0);
        if (!made) return -1;
        *made = to->categories.at[k];
        to->categories.at[k].lines = NULL;
    }
    return 0;
}

int makes_gather(const State *state, const uint32_t *elsewhere_of, Makes *makes)
{
    Gathered gathered = {.of_row = PyMem_Calloc(state->judge->count + 1, sizeof *gathered.of_row)};
    int bad = !gathered.of_row;
    if (bad) PyErr_NoMemory();
    bad = bad || gather(state, elsewhere_of, &gathered) < 0;
    *makes = gathered.rules;
    makes_free(&gathered.categories);
    PyMem_Free(gathered.of_row);
    return bad ? -1 : 0;
}
