/* Runs programs: a backtracking matcher without recursion on the text. Ways not taken yet lie on a stack, with what counters were
 * when each was put there. */
#include "program.h"
#include <string.h>

/* The instructions, as `programs.Do` has them. */
typedef enum {
    MATCH, CHAR, TEXT, SET, SPLIT, SPLIT_LATER, JUMP, RUN, RUN_LAZY, RUN_KEPT, START, END, LAST, EDGE, NO_EDGE, LOOK, KEEP,
    CASE, OR_CHAR, OR_SET, SWITCH, COUNT, AGAIN, AGAIN_LAZY,
} Do;

/* A program begins with how many words it has, of what kind it is, and a set of what a hit can begin with, from 1, or 0. */
#define HEADER 3
enum { AT_START = 1, UNCASED_SYMBOLS = 2, CASED_TEXT = 4 };
/* Sets that come first. */
enum { WORD = 0, LINE_FEED = 1 };

#define COUNTERS 32
#define NO_SYMBOL UINT32_MAX
/* Instructions and characters of runs after which a program is given up, and ways that may lie on the stack. */
#define MOST_STEPS 2000000
#define MOST_WAYS 200000
#define FEW 256

/* A way not taken yet: where to go on, in the program and in the text. Of a run: `least` is where it may end at the earliest (RUN)
 * or at the latest (RUN_LAZY). Of a counter: what it was. */
typedef struct {
    uint32_t pc, kind, set;
    int32_t at, limit;
} Way;

enum { WAY_SPLIT, WAY_RUN, WAY_LAZY, WAY_COUNTER };

struct Programs {
    const uint32_t *code, *starts;
    size_t size, count;
    Symbols symbols[2]; /* of patterns that mind case, and of others */
    unsigned char *checked; /* by pattern: whether its program was looked through */
    Way *ways;
    size_t room;
};

typedef struct {
    const uint32_t *code;
    const Symbols *symbols;
    const uint16_t *text;
    int32_t size;
    Programs *programs; /* for its stack */
    size_t count;       /* of ways on it */
    size_t steps;
    int32_t counters[COUNTERS];
} Run;

static inline int in_set(const Symbols *symbols, uint32_t set, uint16_t symbol)
{
    return symbols->sets[set * symbols->words + (symbol >> 6)] >> (symbol & 63) & 1;
}

static inline int is_at(const Run *run, int32_t at, uint32_t set)
{
    return at >= 0 && at < run->size && in_set(run->symbols, set, run->text[at]);
}

static int push(Run *run, Way way)
{
    Programs *programs = run->programs;
    if (run->count == programs->room) {
        if (programs->room >= MOST_WAYS) return UNSURE;
        size_t room = programs->room ? programs->room * 2 : FEW;
        Way *ways = PyMem_RawRealloc(programs->ways, room * sizeof *ways);
        if (!ways) return UNSURE;
        programs->ways = ways;
        programs->room = room;
    }
    programs->ways[run->count++] = way;
    return HIT;
}

/* The symbol that must stand where the program goes on, or -1. */
static inline int32_t next_symbol(const uint32_t *code, uint32_t pc)
{
    return code[pc] == CHAR ? (int32_t)code[pc + 1] : code[pc] == TEXT ? (int32_t)code[pc + 2] : -1;
}

/* Where the program goes on after a run that may end anywhere from `least` up to `most`: as late as can be. MISS: nowhere. */
static int run_back(Run *run, uint32_t pc, int32_t least, int32_t most, int32_t *at)
{
    int32_t symbol = next_symbol(run->code, pc);
    if (symbol >= 0)
        while (most >= least && !(most < run->size && run->text[most] == symbol)) most--;
    if (most < least) return MISS;
    *at = most;
    return most > least ? push(run, (Way){pc, WAY_RUN, 0, most - 1, least}) : HIT;
}

/* The same as early as can be; every character from `least` on must be in the set. */
static int run_on(Run *run, uint32_t pc, uint32_t set, int32_t least, int32_t most, int32_t *at)
{
    int32_t symbol = next_symbol(run->code, pc);
    if (symbol >= 0)
        while (!(least < run->size && run->text[least] == symbol)) {
            if (least >= most || !is_at(run, least, set)) return MISS;
            least++;
        }
    *at = least;
    if (least < most && is_at(run, least, set)) return push(run, (Way){pc, WAY_LAZY, set, least + 1, most});
    return HIT;
}

static inline int32_t at_most(int32_t at, uint32_t more, int32_t size)
{
    return more > (uint32_t)(size - at) ? size : at + (int32_t)more;
}

/* Takes the last way that was not taken, down to `base`: HIT, or MISS if there is none. */
static int back(Run *run, size_t base, uint32_t *pc, int32_t *at)
{
    while (run->count > base) {
        Way way = run->programs->ways[--run->count];
        int found;
        *pc = way.pc;
        switch (way.kind) {
        case WAY_COUNTER:
            run->counters[way.set] = way.at;
            continue;
        case WAY_SPLIT:
            *at = way.at;
            return HIT;
        case WAY_RUN:
            run->steps++;
            found = run_back(run, way.pc, way.limit, way.at, at);
            break;
        default:
            run->steps++;
            found = run_on(run, way.pc, way.set, way.at, way.limit, at);
        }
        if (found != MISS) return found;
    }
    return MISS;
}

/* Runs the program from `pc` and the text from `*at` on: HIT, with where it ended in `*at`, MISS or UNSURE. Called again only by the
 * pattern's looks and groups that stand in one another, which are few. */
static int execute(Run *run, uint32_t pc, int32_t *where)
{
    const uint32_t *code = run->code;
    const uint16_t *text = run->text;
    const int32_t size = run->size;
    const size_t base = run->count;
    int32_t at = *where;
    for (;;) {
        int good = HIT;
        if (++run->steps > MOST_STEPS) return UNSURE;
        switch ((Do)code[pc]) {
        case MATCH:
            run->count = base;
            *where = at;
            return HIT;
        case CHAR:
            if ((good = at < size && text[at] == code[pc + 1])) at++, pc += 2;
            break;
        case TEXT: {
            uint32_t many = code[pc + 1];
            good = many <= (uint32_t)(size - at);
            for (uint32_t i = 0; good && i < many; i++) good = text[at + (int32_t)i] == code[pc + 2 + i];
            if (good) at += (int32_t)many, pc += 2 + many;
            break;
        }
        case SET:
            if ((good = is_at(run, at, code[pc + 1]))) at++, pc += 2;
            break;
        case SPLIT:
            good = push(run, (Way){code[pc + 1], WAY_SPLIT, 0, at, 0});
            pc += 2;
            break;
        case SPLIT_LATER:
            good = push(run, (Way){pc + 2, WAY_SPLIT, 0, at, 0});
            pc = code[pc + 1];
            break;
        case JUMP:
            pc = code[pc + 1];
            break;
        case RUN:
        case RUN_KEPT: {
            int32_t end = at, most = at_most(at, code[pc + 3], size), least = at_most(at, code[pc + 2], size);
            if ((good = code[pc + 2] <= (uint32_t)(size - at))) {
                while (end < most && in_set(run->symbols, code[pc + 1], text[end])) end++;
                run->steps += (size_t)(end - at);
                good = end >= least;
            }
            if (!good) break;
            if (code[pc] == RUN)
                good = run_back(run, pc + 4, least, end, &at);
            else
                at = end;
            pc += 4;
            break;
        }
        case RUN_LAZY: {
            int32_t most = at_most(at, code[pc + 3], size), least = at_most(at, code[pc + 2], size);
            if ((good = code[pc + 2] <= (uint32_t)(size - at))) {
                for (int32_t i = at; good && i < least; i++) good = in_set(run->symbols, code[pc + 1], text[i]);
                run->steps += (size_t)(least - at);
            }
            if (good) good = run_on(run, pc + 4, code[pc + 1], least, most, &at);
            pc += 4;
            break;
        }
        case START:
            good = at == 0;
            pc++;
            break;
        case END:
            good = at == size || (at == size - 1 && text[at] == run->symbols->line_feed);
            pc++;
            break;
        case LAST:
            good = at == size;
            pc++;
            break;
        case EDGE:
        case NO_EDGE:
            good = (is_at(run, at - 1, WORD) != is_at(run, at, WORD)) == (code[pc] == EDGE);
            pc++;
            break;
        case LOOK: {
            int32_t from = at - (int32_t)code[pc + 2];
            int found = from < 0 ? MISS : execute(run, pc + 4, &from);
            if (found == UNSURE) return UNSURE;
            good = (found == HIT) != (code[pc + 1] == 1);
            pc = code[pc + 3];
            break;
        }
        case KEEP:
            good = execute(run, pc + 2, &at);
            pc = code[pc + 1];
            break;
        case CASE:
            if (at < size && text[at] == code[pc + 1])
                at++, pc += 3;
            else
                pc = code[pc + 2];
            break;
        case OR_CHAR:
            if (at < size && text[at] == code[pc + 1]) {
                good = push(run, (Way){code[pc + 2], WAY_SPLIT, 0, at, 0});
                at++, pc += 3;
            } else {
                pc = code[pc + 2];
            }
            break;
        case OR_SET:
            if (is_at(run, at, code[pc + 1])) {
                good = push(run, (Way){code[pc + 2], WAY_SPLIT, 0, at, 0});
                pc += 3;
            } else {
                pc = code[pc + 2];
            }
            break;
        case SWITCH: {
            const uint32_t *table = code + pc + 3;
            uint32_t i = 0, many = code[pc + 1], symbol = at < size ? text[at] : NO_SYMBOL;
            while (i < many && table[2 * i] < symbol) i++;
            if (i < many && table[2 * i] == symbol)
                at++, pc = table[2 * i + 1];
            else
                good = (pc = code[pc + 2]) != 0;
            break;
        }
        case COUNT:
            good = push(run, (Way){0, WAY_COUNTER, code[pc + 1], run->counters[code[pc + 1]], 0});
            run->counters[code[pc + 1]] = 0;
            pc += 2;
            break;
        case AGAIN:
        case AGAIN_LAZY: {
            uint32_t counter = code[pc + 1];
            int32_t done = run->counters[counter];
            int again = (uint32_t)done < code[pc + 2], may = (uint32_t)done < code[pc + 3];
            if (!again && !may) {
                pc = code[pc + 4];
                break;
            }
            if (!again && code[pc] == AGAIN_LAZY) {
                /* To be taken later: the counter is one more then, for which another way is put beneath. */
                good = push(run, (Way){pc, WAY_COUNTER, counter, done, 0});
                if (good == HIT) good = push(run, (Way){pc + 5, WAY_SPLIT, 0, at, 0});
                if (good == HIT) good = push(run, (Way){pc, WAY_COUNTER, counter, done + 1, 0});
                pc = code[pc + 4];
                break;
            }
            if (!again) good = push(run, (Way){code[pc + 4], WAY_SPLIT, 0, at, 0});
            if (good == HIT) good = push(run, (Way){0, WAY_COUNTER, counter, done, 0});
            run->counters[counter] = done + 1;
            pc += 5;
            break;
        }
        default:
            return UNSURE;
        }
        if (good == UNSURE || (good == MISS && (good = back(run, base, &pc, &at)) != HIT)) return good;
    }
}

/* ---- programs looked through before they run: a disk may have damaged them ---- */

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

/* Whether a program at `pc` goes nowhere but to its own instructions, and asks for nothing that is not there. -1: no memory. */
static int is_sound(const Programs *programs, uint32_t pc)
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

/* ---- lines as symbols ---- */

void read_begin(Read *read, Text low, Text text)
{
    read->low = low;
    read->text = text;
    read->room = NULL;
    memset(read->made, 0, sizeof read->made);
}

void read_end(Read *read)
{
    if (read->room && read->room != read->own_room) PyMem_RawFree(read->room);
}

/* The text that a program of that kind reads, or NULL with an exception set. */
static const uint16_t *read_as(Read *read, const Symbols *symbols, uint32_t kind)
{
    int which = !(kind & UNCASED_SYMBOLS) ? 0 : kind & CASED_TEXT ? 1 : 2;
    if (read->made[which]) return read->made[which];
    size_t size = (size_t)read->low.size;
    if (!read->room) {
        read->room = size <= SMALL ? read->own_room : PyMem_RawMalloc(3 * size * sizeof *read->room);
        if (!read->room) {
            PyErr_NoMemory();
            return NULL;
        }
    }
    uint16_t *made = read->made[which] = read->room + (size_t)which * size;
    const Py_UCS4 *from = kind & CASED_TEXT ? read->text.at : read->low.at;
    for (size_t i = 0; i < size; i++) made[i] = symbols->rows[(size_t)symbols->pages[from[i] >> 8] << 8 | (from[i] & 255)];
    return made;
}

int programs_search(Programs *programs, uint32_t number, Read *read, Py_ssize_t from, Py_ssize_t *start, Py_ssize_t *end)
{
    uint32_t pc = number < programs->count ? programs->starts[number] : 0;
    if (!pc || pc >= programs->size) return UNSURE;
    if (!programs->checked[number]) {
        int sound = is_sound(programs, pc);
        if (sound < 0) PyErr_NoMemory();
        if (sound <= 0) return sound < 0 ? -1 : UNSURE;
        programs->checked[number] = 1;
    }
    uint32_t kind = programs->code[pc + 1], first = programs->code[pc + 2];
    const Symbols *symbols = programs->symbols + ((kind & UNCASED_SYMBOLS) != 0);
    const uint16_t *text = read_as(read, symbols, kind);
    if (!text) return -1;
    Run run;
    run.code = programs->code;
    run.symbols = symbols;
    run.text = text;
    run.size = (int32_t)read->low.size;
    run.programs = programs;
    run.count = run.steps = 0;
    int32_t last = kind & AT_START ? 0 : run.size;
    for (int32_t at = (int32_t)from; at <= last; at++) {
        if (first && !is_at(&run, at, first - 1)) continue;
        int32_t to = at;
        int found = execute(&run, pc + HEADER, &to);
        run.count = 0;
        if (found == HIT) {
            *start = at;
            *end = to;
        }
        if (found != MISS) return found;
    }
    return MISS;
}

/* ---- where they are kept ---- */

static int symbols_set(Symbols *symbols, PyObject *packed, Py_ssize_t at, Py_ssize_t size)
{
    Py_buffer pages, rows, sets;
    PyObject *part = PyTuple_GetSlice(packed, at, at + 3);
    int good = part && PyArg_ParseTuple(part, "y*y*y*", &pages, &rows, &sets);
    Py_XDECREF(part);
    if (!good) return -1;
    good = pages.len == 0x1100 * 2 && rows.len % 512 == 0 && size > 0 && size % 8 == 0 && sets.len % size == 0 && sets.len > LINE_FEED * size;
    symbols->pages = pages.buf;
    symbols->rows = rows.buf;
    symbols->sets = sets.buf;
    symbols->words = (size_t)size / 8;
    symbols->count = (size_t)(size > 0 ? sets.len / size : 0);
    for (size_t i = 0; good && i < 0x1100; i++) good = symbols->pages[i] < rows.len / 512;
    for (Py_ssize_t i = 0; good && i < rows.len / 2; i++) good = symbols->rows[i] < (size_t)size * 8;
    if (good) symbols->line_feed = symbols->rows[(size_t)symbols->pages[0] << 8 | '\n'];
    PyBuffer_Release(&pages);
    PyBuffer_Release(&rows);
    PyBuffer_Release(&sets);
    if (!good) PyErr_SetString(PyExc_ValueError, "no symbols");
    return good ? 0 : -1;
}

Programs *programs_new(PyObject *packed)
{
    Py_buffer code, starts;
    Py_ssize_t cased, others;
    PyObject *some = PyTuple_GetSlice(packed, 0, 2);
    if (!some || PyTuple_GET_SIZE(packed) != 9 || !PyTuple_Check(PyTuple_GET_ITEM(packed, 8)) ||
        !PyArg_ParseTuple(PyTuple_GET_ITEM(packed, 8), "nn", &cased, &others) || !PyArg_ParseTuple(some, "y*y*", &code, &starts)) {
        Py_XDECREF(some);
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "no programs");
        return NULL;
    }
    Py_DECREF(some);
    Programs *programs = PyMem_Calloc(1, sizeof *programs);
    if (!programs) {
        PyErr_NoMemory();
    } else {
        programs->code = code.buf;
        programs->size = (size_t)code.len / 4;
        programs->starts = starts.buf;
        programs->count = (size_t)starts.len / 4;
        if (!(programs->checked = PyMem_Calloc(programs->count + 1, 1))) PyErr_NoMemory();
        if (!programs->checked || symbols_set(programs->symbols, packed, 2, cased) < 0 || symbols_set(programs->symbols + 1, packed, 5, others) < 0) {
            programs_free(programs);
            programs = NULL;
        }
    }
    PyBuffer_Release(&code);
    PyBuffer_Release(&starts);
    return programs;
}

void programs_free(Programs *programs)
{
    if (!programs) return;
    PyMem_RawFree(programs->ways);
    PyMem_Free(programs->checked);
    PyMem_Free(programs);
}

size_t programs_count(const Programs *programs) { return programs->count; }
