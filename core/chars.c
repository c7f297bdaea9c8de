/* What is known of single characters: asked of Python once, a page of the first plane when a line first has one of it, and kept in tables. */
#include "core.h"
#include <string.h>

uint16_t chars_kinds[PLANE], chars_plain_of[PLANE], chars_lower_of[PLANE];

static unsigned kind_of(Py_UCS4 c)
{
    unsigned kind = 0;
    if (Py_UNICODE_ISALNUM(c)) kind |= ALNUM;
    if (Py_UNICODE_ISDECIMAL(c)) kind |= DECIMAL;
    if (Py_UNICODE_ISSPACE(c)) kind |= SPACE;
    if (Py_UNICODE_ISUPPER(c)) kind |= UPPER;
    if (Py_UNICODE_ISLOWER(c)) kind |= LOWER;
    if (Py_UNICODE_ISTITLE(c)) kind |= TITLE;
    if (Py_UNICODE_ISALPHA(c)) kind |= ALPHA;
    if (Py_UNICODE_ISDIGIT(c)) kind |= DIGIT;
    return kind;
}

unsigned chars_kind_beyond(Py_UCS4 c)
{
    return kind_of(c);
}

/* What is so of some characters beside Unicode: of ranges a kind, of single ones what they become. Kept until a page is learned. */
typedef struct {
    unsigned first, second;
} Two;
typedef struct {
    Two *at;
    Py_ssize_t count;
} Twos;
enum { APARTS, HIDDENS, UNSPACEDS, PLAINS, LOWERS, SORTS };
static const uint16_t kind_of_sort[] = {APART, HIDDEN, UNSPACED};
static Twos twos[SORTS];
static Two icons; /* the first and the last glyph of icon fonts, */
static unsigned icon; /* and what stands for them */

uint8_t chars_known[PAGES];

/* The kinds of one page by Unicode, and what its characters become. */
static void ask(Py_UCS4 first)
{
    for (Py_UCS4 c = first; c < first + PAGE; c++) {
        Py_UCS4 low = Py_UNICODE_TOLOWER(c);
        chars_kinds[c] = (uint16_t)kind_of(c);
        chars_plain_of[c] = (uint16_t)(c >= icons.first && c <= icons.second ? icon : c);
        chars_lower_of[c] = (uint16_t)(low < PLANE ? low : c);
    }
    for (int sort = 0; sort < SORTS; sort++)
        for (Two *two = twos[sort].at; two < twos[sort].at + twos[sort].count; two++) {
            if (sort >= PLAINS) {
                uint16_t *table = sort == PLAINS ? chars_plain_of : chars_lower_of;
                if (two->first >= first && two->first < first + PAGE) table[two->first] = (uint16_t)two->second;
                continue;
            }
            unsigned from = two->first > first ? two->first : first;
            for (unsigned c = from; c <= two->second && c < first + PAGE; c++) chars_kinds[c] |= kind_of_sort[sort];
        }
}

/* What a page's characters become may be of pages that are not known either. */
void chars_learn(Py_UCS4 c)
{
    unsigned waiting[PAGES], count = 0;
    chars_known[c / PAGE] = 1;
    waiting[count++] = c / PAGE;
    while (count) {
        Py_UCS4 first = waiting[--count] * PAGE;
        ask(first);
        for (c = first; c < first + PAGE; c++) {
            unsigned others[] = {chars_plain_of[c] / PAGE, chars_lower_of[c] / PAGE};
            for (int i = 0; i < 2; i++) {
                if (chars_known[others[i]]) continue;
                chars_known[others[i]] = 1; /* so each waits once at most */
                waiting[count++] = others[i];
            }
        }
    }
}

/* From a tuple of pairs of characters. */
static int take(PyObject *facts, Twos *taken)
{
    Py_ssize_t n = PyTuple_GET_SIZE(facts);
    Two *made = PyMem_Malloc((size_t)n * sizeof *made + 1);
    if (!made) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *fact = PyTuple_GET_ITEM(facts, i);
        if (PyTuple_Check(fact) && PyArg_ParseTuple(fact, "II", &made[i].first, &made[i].second) && made[i].first < PLANE &&
            made[i].second < PLANE)
            continue;
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "two characters of the first plane");
        PyMem_Free(made);
        return -1;
    }
    PyMem_Free(taken->at);
    *taken = (Twos){made, n};
    return 0;
}

/* `facts`: ranges of apart, hidden and unspaced characters; the first and last glyph of icon fonts, and what stands for them; what is made plain; what lower case is beside Unicode's. */
int chars_setup(PyObject *facts)
{
    PyObject *some[SORTS];
    if (!PyArg_ParseTuple(facts, "O!O!O!(III)O!O!", &PyTuple_Type, some + APARTS, &PyTuple_Type, some + HIDDENS, &PyTuple_Type, some + UNSPACEDS,
                          &icons.first, &icons.second, &icon, &PyTuple_Type, some + PLAINS, &PyTuple_Type, some + LOWERS))
        return -1;
    if (icons.second >= PLANE || icon >= PLANE) {
        PyErr_SetString(PyExc_ValueError, "glyphs of icon fonts lie in the first plane");
        return -1;
    }
    for (int sort = 0; sort < SORTS; sort++)
        if (take(some[sort], twos + sort) < 0) return -1;
    memset(chars_known, 0, sizeof chars_known);
    chars_learn(0);
    return 0;
}
