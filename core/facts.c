/* What lines are looked up in, taken from what Python made of the tables. */
#include "lookup.h"
#include <string.h>

/* The items of a tuple one after the other; bytes are lent, not copied: `facts` keeps them. */
typedef struct {
    PyObject *facts;
    Py_ssize_t at;
} Items;

static PyObject *next(Items *items, PyTypeObject *type)
{
    PyObject *item = items->at < PyTuple_GET_SIZE(items->facts) ? PyTuple_GET_ITEM(items->facts, items->at) : NULL;
    items->at++;
    if (item && PyObject_TypeCheck(item, type)) return item;
    PyErr_Format(PyExc_TypeError, "item %zd is no %s", items->at - 1, type->tp_name);
    return NULL;
}

static const void *numbers(Items *items, size_t *count, size_t size)
{
    PyObject *bytes = next(items, &PyBytes_Type);
    if (!bytes) return NULL;
    if (count) *count = (size_t)PyBytes_GET_SIZE(bytes) / size;
    return PyBytes_AS_STRING(bytes);
}

static int table(Items *items, Table *table)
{
    PyObject *packed = next(items, &PyTuple_Type);
    return packed ? table_make(table, packed) : -1;
}

/* Copies the texts of a tuple into `letters`, one after the other. Returns where the letters of the next would stand. */
static Py_UCS4 *copy(PyObject *texts, Py_UCS4 *letters, Text *into)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(texts); i++) {
        PyObject *text = PyTuple_GET_ITEM(texts, i);
        Py_ssize_t size = PyUnicode_GET_LENGTH(text);
        if (size && !PyUnicode_AsUCS4(text, letters, size, 0)) return NULL;
        into[i] = (Text){letters, size};
        letters += size;
    }
    return letters;
}

static Py_ssize_t letters_of(PyObject *texts)
{
    Py_ssize_t letters = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(texts); i++) {
        PyObject *text = PyTuple_GET_ITEM(texts, i);
        if (!PyUnicode_Check(text)) {
            PyErr_SetString(PyExc_TypeError, "no text");
            return -1;
        }
        letters += PyUnicode_GET_LENGTH(text);
    }
    return letters;
}

static Known known(Text text)
{
    Known made = {text, {0}};
    for (Py_ssize_t i = 0; text.size > 1 && i < SOME_PAIRS; i++) { /* the first, the last, and some in between */
        const Py_UCS4 *pair = text.at + (text.size - 2) * i / (SOME_PAIRS - 1);
        made.pairs[i] = pair_hash(pair[0], pair[1]);
    }
    return made;
}

static Marks marks(Text text)
{
    Marks made = {{0, 0}, {text.at, 0}};
    /* Those of ASCII come first: Python sorts the characters of a set. */
    for (Py_ssize_t i = 0; i < text.size; i++) {
        if (text.at[i] < 128)
            set_bit(made.present, text.at[i]);
        else {
            made.beyond = (Text){text.at + i, text.size - i};
            break;
        }
    }
    return made;
}

static int take_texts(Lookup *lookup, PyObject *texts, PyObject *sets)
{
    if (!texts || !sets) return -1;
    size_t text_count = (size_t)PyTuple_GET_SIZE(texts), set_count = (size_t)PyTuple_GET_SIZE(sets);
    Py_ssize_t first = letters_of(texts), second = letters_of(sets);
    if (first < 0 || second < 0) return -1;
    lookup->letters = PyMem_Malloc((size_t)(first + second) * sizeof *lookup->letters + 1);
    lookup->texts = PyMem_Malloc(text_count * sizeof *lookup->texts + 1);
    lookup->sets = PyMem_Malloc(set_count * sizeof *lookup->sets + 1);
    Text *all = PyMem_Malloc((text_count + set_count) * sizeof *all + 1);
    int good = 0;
    lookup->memo = PyMem_Calloc(text_count + 1, sizeof *lookup->memo);
    if (!lookup->letters || !lookup->texts || !lookup->memo || !lookup->sets || !all) {
        PyErr_NoMemory();
    } else {
        Py_UCS4 *more = copy(texts, lookup->letters, all);
        good = more && copy(sets, more, all + text_count);
    }
    for (size_t i = 0; good && i < text_count; i++) lookup->texts[i] = known(all[i]);
    for (size_t i = 0; good && i < set_count; i++) lookup->sets[i] = marks(all[text_count + i]);
    PyMem_Free(all);
    return good ? 0 : -1;
}

static int take_outlines(Lookup *lookup, size_t count)
{
    if (!(lookup->room = PyMem_Malloc((count + 1) * sizeof *lookup->outlines))) {
        PyErr_NoMemory();
        return -1;
    }
    lookup->outlines = cache_line_in(lookup->room);
    for (size_t i = 0; i < count; i++) {
        const Entry *entry = lookup->entries + i;
        Outline *outline = lookup->outlines + i;
        *outline = (Outline){{0}, {0}, entry->least, entry->most, entry->fewest, entry->many, entry->spaces, entry->wide, entry->digits, entry->beyond};
        memcpy(outline->alphabet, entry->alphabet, sizeof outline->alphabet);
        memcpy(outline->last, entry->last, sizeof outline->last);
    }
    return 0;
}

static int take(Lookup *lookup, Items *items)
{
    size_t needless, count;
    if (!(lookup->entries = numbers(items, &count, sizeof *lookup->entries)) || take_outlines(lookup, count) < 0 ||
        !(lookup->loose = numbers(items, &lookup->plane, 4)) ||
        !(lookup->headed = numbers(items, NULL, 1)) || !(lookup->needed = numbers(items, NULL, 1)) ||
        !(lookup->pairs = numbers(items, NULL, 1)) || !(lookup->inners = numbers(items, NULL, 1)) ||
        !(lookup->needless = numbers(items, &needless, 16)) || !(lookup->lengths = numbers(items, NULL, 1)) ||
        !(lookup->counts = numbers(items, NULL, 1)) || !(lookup->length_bounds = numbers(items, NULL, 1)) ||
        !(lookup->count_bounds = numbers(items, NULL, 1)) ||
        !(lookup->asked = numbers(items, &lookup->asked_count, 4)) || !(lookup->asking = numbers(items, NULL, 1)))
        return -1;
    lookup->blocks = needless;
    if (lookup->blocks > MAX_BLOCKS || lookup->plane > lookup->blocks * 64) {
        PyErr_SetString(PyExc_ValueError, "too many loose patterns");
        return -1;
    }
    if (table(items, &lookup->heads) < 0 || table(items, &lookup->words) < 0 || table(items, &lookup->starts) < 0 ||
        table(items, &lookup->ends) < 0 || table(items, &lookup->inner) < 0 || table(items, &lookup->marked) < 0)
        return -1;
    for (Py_UCS4 c = 0; c < 128; c++)
        if (table_find(&lookup->marked, text_hash(&c, 1), &c, 1)) set_bit(lookup->marked_ascii, c);
    PyObject *texts = next(items, &PyTuple_Type);
    return take_texts(lookup, texts, texts ? next(items, &PyTuple_Type) : NULL);
}

Lookup *lookup_new(PyObject *facts)
{
    Lookup *lookup = PyMem_Calloc(1, sizeof *lookup);
    if (!lookup) {
        PyErr_NoMemory();
        return NULL;
    }
    Py_INCREF(facts);
    lookup->facts = facts;
    Items items = {facts, 0};
    if (take(lookup, &items) == 0 && (lookup->seen = words_new())) return lookup;
    lookup_free(lookup);
    return NULL;
}

void lookup_free(Lookup *lookup)
{
    if (!lookup) return;
    Table *tables[] = {&lookup->heads, &lookup->words, &lookup->starts, &lookup->ends, &lookup->inner, &lookup->marked};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) table_free(tables[i]);
    PyMem_Free(lookup->room);
    PyMem_Free(lookup->texts);
    PyMem_Free(lookup->memo);
    PyMem_Free(lookup->sets);
    PyMem_Free(lookup->letters);
    words_free(lookup->seen);
    Py_XDECREF(lookup->facts);
    PyMem_Free(lookup);
}
