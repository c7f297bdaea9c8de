/* Runs programs: a backtracking matcher without recursion on the text. Ways not taken yet lie on a stack, with what counters were
 * when each was put there. */
#include "run.h"

#define NO_SYMBOL UINT32_MAX
/* Instructions and characters of runs after which a program is given up, and ways that may lie on the stack. */
#define MOST_STEPS 2000000
#define MOST_WAYS 200000
#define FEW 256

enum { WAY_SPLIT, WAY_RUN, WAY_LAZY, WAY_COUNTER };

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
int execute(Run *run, uint32_t pc, int32_t *where)
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
