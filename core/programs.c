/* Programs as they stand in the store, and lines as programs read them. */
#include "run.h"
#include <string.h>

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
        int sound = program_is_sound(programs, pc);
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
