/* Programs looked through before they run: a disk may have damaged them. */
#include "run.h"

/* How many words an instruction takes, or 0 if there is none that fits into `left`. */
static size_t words_of(const uint32_t *at, size_t left)
{
    static const unsigned char sizes[] = {
        [MATCH] = 1, [CHAR] = 2, [TEXT] = 2, [SET] = 2, [SPLIT] = 2, [SPLIT_LATER] = 2, [JUMP] = 2, [RUN] = 4, [RUN_LAZY] = 4,
        [RUN_KEPT] = 4, [START] = 1, [END] = 1, [LAST] = 1, [EDGE] = 1, [NO_EDGE] = 1, [LOOK] = 4, [KEEP] = 2, [CASE] = 3,
        [OR_CHAR] = 3, [OR_SET] = 3, [SWITCH] = 3, [COUNT] = 2, [AGAIN] = 5, [AGAIN_LAZY] = 5,
    };
    if (*at >= sizeof sizes || sizes[*at] > left) return 0;
    size_t size = sizes[*at], more = *at == TEXT ? at[1] : *at == SWITCH ? 2 * (size_t)at[1] : 0;
    return more > left - size || ((*at == TEXT || *at == SWITCH) && !more) ? 0 : size + more;
}

/* The words of an instruction that say where to go on: how many, and of SWITCH besides each second word of its table. */
static size_t targets_of(const uint32_t *at, size_t targets[2])
{
    switch ((Do)*at) {
    case SPLIT: case SPLIT_LATER: case JUMP: case KEEP:
        return targets[0] = 1, 1;
    case CASE: case OR_CHAR: case OR_SET:
        return targets[0] = 2, 1;
    case LOOK:
        return targets[0] = 3, 1;
    case AGAIN: case AGAIN_LAZY:
        return targets[0] = 4, 1;
    case SWITCH:
        return targets[0] = 2, at[2] != 0;
    default:
        return 0;
    }
}

static int fits(const Symbols *symbols, const uint32_t *at)
{
    switch ((Do)*at) {
    case SET: case RUN: case RUN_LAZY: case RUN_KEPT: case OR_SET:
        return at[1] < symbols->count;
    case LOOK:
        return at[2] <= MAX_LINE;
    case COUNT: case AGAIN: case AGAIN_LAZY:
        return at[1] < COUNTERS;
    default:
        return 1;
    }
}

int program_is_sound(const Programs *programs, uint32_t pc)
{
    const uint32_t *code = programs->code + pc;
    size_t left = programs->size - pc, size = left > HEADER ? code[0] : 0, last = 0, targets[2];
    if (size <= HEADER || size > left) return 0;
    const Symbols *symbols = programs->symbols + ((code[1] & UNCASED_SYMBOLS) != 0);
    if (code[2] > symbols->count) return 0;
    unsigned char *begins = PyMem_Calloc(size, 1);
    if (!begins) return -1;
    int good = 1;
    for (size_t i = HEADER, words; good && i < size; i += words) {
        begins[i] = 1;
        last = i;
        words = words_of(code + i, size - i);
        good = words && fits(symbols, code + i);
    }
    good = good && (code[last] == MATCH || code[last] == JUMP);
    for (size_t i = HEADER; good && i < size; i += words_of(code + i, size - i)) {
        size_t many = targets_of(code + i, targets);
        if (many) good = code[i + targets[0]] - pc < size && begins[code[i + targets[0]] - pc];
        for (size_t n = 0; good && code[i] == SWITCH && n < code[i + 1]; n++) {
            uint32_t to = code[i + 4 + 2 * n] - pc;
            good = to < size && begins[to];
        }
    }
    PyMem_Free(begins);
    return good;
}
