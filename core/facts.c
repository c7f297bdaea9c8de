/* What lines are looked up in, taken from what Python made of the tables. */
#include "lookup.h"
#include <string.h>

/* The items of a tuple one after the other; bytes are lent, not copied: `facts` keeps them. */
typedef struct {
    PyObject *facts;
    Py_ssize_t at;
} Items;

static PyObject *next(Items *items)
{
    PyObject *item = items->at < PyTuple_GET_SIZE(items->facts) ? PyTuple_GET_ITEM(items->facts, items->at) : NULL;
    items->at++;
    if (!item) PyErr_Format(PyExc_TypeError, "there is no item %zd", items->at - 1);
    return item;
}

/* Of bytes, or of a view of some. */
static const void *numbers(Items *items, size_t *count, size_t size)
{
    PyObject *item = next(items);
    if (!item) return NULL;
    const Py_buffer *view = PyMemoryView_Check(item) ? PyMemoryView_GET_BUFFER(item) : NULL;
    if (!view && !PyBytes_Check(item)) {
        PyErr_Format(PyExc_TypeError, "item %zd is no bytes", items->at - 1);
        return NULL;
    }
    const void *at = view ? view->buf : PyBytes_AS_STRING(item);
    if (view && (!PyBuffer_IsContiguous(view, 'C') || (uintptr_t)at % sizeof(uint64_t))) {
        PyErr_Format(PyExc_ValueError, "item %zd stands askew", items->at - 1);
        return NULL;
    }
    if (count) *count = (size_t)(view ? view->len : PyBytes_GET_SIZE(item)) / size;
    return at;
}

static int index_of(Items *items, Index *index)
{
    size_t places, bits;
    index->places = numbers(items, &places, sizeof *index->places);
    index->filter = index->places ? numbers(items, &bits, 1) : NULL;
    if (!index->filter) return -1;
    index->mask = places - 1;
    if (places < 8 || places & index->mask || bits != places) {
        PyErr_SetString(PyExc_ValueError, "no table");
        return -1;
    }
    return 0;
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

/* Copies the texts of a tuple into `letters`, one after the other. */
static int copy(PyObject *texts, Py_UCS4 *letters, Marks *into)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(texts); i++) {
        PyObject *text = PyTuple_GET_ITEM(texts, i);
        Py_ssize_t size = PyUnicode_GET_LENGTH(text);
        if (size && !PyUnicode_AsUCS4(text, letters, size, 0)) return -1;
        into[i] = marks((Text){letters, size});
        letters += size;
    }
    return 0;
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

static int take_sets(Lookup *lookup, PyObject *sets)
{
    if (sets && !PyTuple_Check(sets)) PyErr_SetString(PyExc_TypeError, "sets come in a tuple");
    Py_ssize_t letters = sets && PyTuple_Check(sets) ? letters_of(sets) : -1;
    if (letters < 0) return -1;
    lookup->set_letters = PyMem_Malloc((size_t)letters * sizeof *lookup->set_letters + 1);
    lookup->sets = PyMem_Malloc((size_t)PyTuple_GET_SIZE(sets) * sizeof *lookup->sets + 1);
    if (lookup->set_letters && lookup->sets) return copy(sets, lookup->set_letters, lookup->sets);
    PyErr_NoMemory();
    return -1;
}

static int take_texts(Lookup *lookup, Items *items)
{
    size_t count, letters;
    if (!(lookup->texts = numbers(items, &count, sizeof *lookup->texts)) ||
        !(lookup->letters = numbers(items, &letters, sizeof *lookup->letters)))
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (lookup->texts[i].at <= letters && lookup->texts[i].size <= letters - lookup->texts[i].at) continue;
        PyErr_SetString(PyExc_ValueError, "texts that are longer than their letters");
        return -1;
    }
    return 0;
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
    size_t count;
    if (!(lookup->entries = numbers(items, &count, sizeof *lookup->entries)) || take_outlines(lookup, count) < 0 ||
        !(lookup->loose = numbers(items, NULL, 1)) || !(lookup->always = numbers(items, &lookup->always_count, 4)) ||
        !(lookup->headed = numbers(items, NULL, 1)) || !(lookup->needed = numbers(items, NULL, 1)) ||
        !(lookup->pairs = numbers(items, NULL, 1)) || !(lookup->needless = numbers(items, &lookup->blocks, sizeof *lookup->needless)))
        return -1;
    if (lookup->blocks > MAX_BLOCKS) {
        PyErr_SetString(PyExc_ValueError, "too many loose patterns");
        return -1;
    }
    Index *indexes[] = {&lookup->heads, &lookup->words, &lookup->starts, &lookup->ends, &lookup->inner, &lookup->marked};
    for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
        if (index_of(items, indexes[i]) < 0) return -1;
    for (Py_UCS4 c = 0; c < 128; c++)
        if (index_find(&lookup->marked, text_hash(&c, 1))) set_bit(lookup->marked_ascii, c);
    return take_texts(lookup, items) < 0 ? -1 : take_sets(lookup, next(items));
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
    PyMem_Free(lookup->room);
    PyMem_Free(lookup->sets);
    PyMem_Free(lookup->set_letters);
    words_free(lookup->seen);
    Py_XDECREF(lookup->facts);
    PyMem_Free(lookup);
}
