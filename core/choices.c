/* Choices of rules, each kept once: lines that are hit alike share one. */
#include "judge.h"

#include <string.h>

enum { FIRST = 16 };

const Choice no_rules = {0};

void choices_free(Choices *choices)
{
    PyMem_Free(choices->at);
    PyMem_Free(choices->rows);
    PyMem_Free(choices->places);
    PyMem_Free(choices->next);
    memset(choices, 0, sizeof *choices);
}

static uint64_t hash_of(const Row *const *rows, size_t count)
{
    uint64_t hash = count;
    for (size_t k = 0; k < count; k++) hash = (hash ^ rows[k]->number) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
    return hash;
}

static int is_that(const Choices *choices, uint32_t number, const Row *const *rows, size_t count)
{
    const Choice *choice = choices->at + number;
    return choice->count == count && !memcmp(choices->rows + choice->start, rows, count * sizeof *rows);
}

/* Twice as many places, and all choices put there. */
static int spread(Choices *choices)
{
    size_t many = choices->mask ? 2 * (choices->mask + 1) : 4 * FIRST;
    uint32_t *places = PyMem_Calloc(many, sizeof *places);
    if (!places) {
        PyErr_NoMemory();
        return -1;
    }
    PyMem_Free(choices->places);
    choices->places = places;
    choices->mask = many - 1;
    for (size_t number = 1; number < choices->count; number++) {
        const Choice *choice = choices->at + number;
        size_t k = hash_of(choices->rows + choice->start, choice->count) & choices->mask;
        while (places[k]) k = (k + 1) & choices->mask;
        places[k] = (uint32_t)number;
    }
    return 0;
}

int choices_next(Choices *choices, const Row *row)
{
    if (room_for((void **)&choices->next, &choices->next_room, choices->next_count, 1, FIRST, sizeof *choices->next) < 0) {
        choices->next_count = 0; /* none of it is left for a later choice */
        return -1;
    }
    choices->next[choices->next_count++] = row;
    return 0;
}

int choices_take(Choices *choices, uint32_t *number)
{
    const Row *const *rows = choices->next;
    size_t count = choices->next_count;
    choices->next_count = 0;
    *number = 0;
    if (!count) return 0;
    /* The first one, which is that of no rules, has no place. */
    if (!choices->count) choices->count = 1;
    if (2 * choices->count > choices->mask && spread(choices) < 0) return -1;
    size_t k = hash_of(rows, count) & choices->mask;
    while (choices->places[k] && !is_that(choices, choices->places[k], rows, count)) k = (k + 1) & choices->mask;
    if ((*number = choices->places[k])) return 0;
    if (room_for((void **)&choices->at, &choices->room, choices->count, 1, FIRST, sizeof *choices->at) < 0) return -1;
    Choice made = {.start = choices->row_count, .count = count};
    for (size_t r = 0; r < count; r++) {
        if (room_for((void **)&choices->rows, &choices->row_room, choices->row_count, 1, FIRST, sizeof *choices->rows) < 0) return -1;
        choices->rows[choices->row_count++] = rows[r];
        made.score += rows[r]->score;
        made.sure |= rows[r]->sure;
        made.near |= rows[r]->near;
        made.reaching |= rows[r]->reaching;
        made.weak |= !(rows[r]->sure || rows[r]->score < 0);
        made.against += rows[r]->score > 0;
    }
    choices->at[choices->count] = made;
    *number = choices->places[k] = (uint32_t)choices->count++;
    return 0;
}

int choices_with(Choices *choices, uint32_t *number, const Row *row)
{
    const Choice *before = choice_at(choices, *number);
    choices->next_count = 0;
    for (size_t k = 0; k < before->count; k++)
        if (choices_next(choices, rows_at(choices, before)[k]) < 0) return -1;
    return choices_next(choices, row) < 0 ? -1 : choices_take(choices, number);
}
