/* Stretches of code points: compared, looked for, kept in tables. */
#include "core.h"
#include <string.h>
#include <wchar.h>

uint64_t text_hash(const Py_UCS4 *at, Py_ssize_t size)
{
    uint64_t hash = HASH_FIRST;
    for (Py_ssize_t i = 0; i < size; i++) hash = hash_more(hash, at[i]);
    return hash_end(hash);
}

/* Where `c` stands first in so many code points; NULL: nowhere. */
static const Py_UCS4 *find(const Py_UCS4 *from, Py_ssize_t size, Py_UCS4 c)
{
#if WCHAR_MAX > 0xffff /* the C library has it for whole registers at a time */
    return (const Py_UCS4 *)wmemchr((const wchar_t *)from, (wchar_t)c, (size_t)size);
#else
    for (Py_ssize_t i = 0; i < size; i++)
        if (from[i] == c) return from + i;
    return NULL;
#endif
}

int text_has(Text text, Text part)
{
    if (part.size > text.size) return 0;
    if (!part.size) return 1;
    const Py_UCS4 *from = text.at, *end = text.at + text.size - part.size + 1;
    Py_UCS4 last = part.at[part.size - 1];
    while (from < end && (from = find(from, end - from, part.at[0]))) {
        if (from[part.size - 1] == last && !memcmp(from, part.at, (size_t)part.size * sizeof *part.at)) return 1;
        from++;
    }
    return 0;
}

static int starts_at(Text text, Py_ssize_t at, const char *part)
{
    for (; *part; part++, at++)
        if (at >= text.size || text.at[at] != (unsigned char)*part) return 0;
    return 1;
}

int text_starts(Text text, const char *part) { return starts_at(text, 0, part); }

int text_has_ascii(Text text, const char *part)
{
    const Py_UCS4 *from = text.at, *end = text.at + text.size;
    for (; from < end && (from = find(from, end - from, (unsigned char)*part)); from++)
        if (starts_at(text, from - text.at, part)) return 1;
    return 0;
}

int one_of(Py_UCS4 c, const Py_UCS4 *some)
{
    for (; *some; some++)
        if (c == *some) return 1;
    return 0;
}

void table_free(Table *table)
{
    PyMem_Free(table->slots);
    PyMem_Free(table->filter);
    PyMem_Free(table->letters);
    memset(table, 0, sizeof *table);
}

/* Eight for each slot; other bits of the hash than those that choose the slot. */
static size_t filter_bit(const Table *table, uint64_t hash) { return (hash >> 32) & (table->mask << 3 | 7); }

const Slot *table_find(const Table *table, uint64_t hash, const Py_UCS4 *at, Py_ssize_t size)
{
    if (!has_bit(table->filter, filter_bit(table, hash))) return NULL;
    for (size_t i = hash & table->mask;; i = (i + 1) & table->mask) {
        const Slot *slot = table->slots + i;
        if (!slot->count) return NULL;
        if (slot->hash == hash && slot->key.size == size && !memcmp(slot->key.at, at, (size_t)size * sizeof *at)) return slot;
    }
}

static int take_room(Table *table, PyObject *letters, size_t count)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(letters);
    size_t room = 16;
    while (room < count * 2) room *= 2;
    table->slots = PyMem_Calloc(room, sizeof *table->slots);
    table->filter = PyMem_Calloc(room / 8, sizeof *table->filter);
    table->mask = room - 1;
    table->letters = PyMem_Malloc((size_t)size * sizeof *table->letters + 1);
    if (table->slots && table->filter && table->letters)
        return size && !PyUnicode_AsUCS4(letters, table->letters, size, 0) ? -1 : 0;
    PyErr_NoMemory();
    return -1;
}

int table_make(Table *table, PyObject *packed)
{
    PyObject *letters, *bytes;
    if (!PyArg_ParseTuple(packed, "US", &letters, &bytes)) return -1;
    size_t count = (size_t)PyBytes_GET_SIZE(bytes) / sizeof(uint32_t[3]);
    Py_ssize_t left = PyUnicode_GET_LENGTH(letters);
    if (take_room(table, letters, count) < 0) return -1;
    const Py_UCS4 *at = table->letters;
    for (size_t k = 0; k < count; k++) {
        uint32_t row[3];
        memcpy(row, PyBytes_AS_STRING(bytes) + k * sizeof row, sizeof row);
        if ((Py_ssize_t)row[0] > left) {
            PyErr_SetString(PyExc_ValueError, "texts that are longer than their letters");
            return -1;
        }
        Slot made = {text_hash(at, row[0]), {at, row[0]}, row[1], row[2]};
        at += row[0];
        left -= row[0];
        if (!made.count) continue;
        size_t i = made.hash & table->mask;
        while (table->slots[i].count) i = (i + 1) & table->mask;
        table->slots[i] = made;
        set_bit(table->filter, filter_bit(table, made.hash));
    }
    return 0;
}
