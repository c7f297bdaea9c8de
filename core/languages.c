/* What tells the language of a text, counted. The definition: `counted` in `cleaner.text.language`. */
#include "core.h"
#include <string.h>

enum { MOST_SCRIPTS = 32, MOST_LANGUAGES = 64, LETTERS_END = 0x2000 };

/* What a stretch of characters, or one character, counts for: a script or a language, by its place. */
typedef struct {
    unsigned first, last, place;
} Range;

static struct {
    Table words;
    PyObject *having; /* the languages of one word after the other, a byte each */
    Range *ranges, *letters;
    Py_ssize_t range_count, letter_count, scripts, languages, enough, script_enough;
    long word; /* what a word weighs, shared by its languages */
} told;

typedef struct {
    long scripts[MOST_SCRIPTS], words[MOST_LANGUAGES], letters[MOST_LANGUAGES], alphabetic, tokens, known;
} Counts;

/* From a tuple of triples. `most`: places are below it; `end`: characters are, and beyond ASCII. */
static Range *take_ranges(PyObject *facts, Py_ssize_t most, unsigned end)
{
    Py_ssize_t n = PyTuple_GET_SIZE(facts);
    Range *made = PyMem_Malloc((size_t)n * sizeof *made + 1);
    if (!made) PyErr_NoMemory();
    for (Py_ssize_t i = 0; made && i < n; i++) {
        PyObject *fact = PyTuple_GET_ITEM(facts, i);
        Range *range = made + i;
        int good = PyTuple_Check(fact) && PyArg_ParseTuple(fact, "III", &range->first, &range->last, &range->place);
        if (good && range->first >= 128 && range->first <= range->last && range->last < end && (Py_ssize_t)range->place < most) continue;
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "characters, and a place among those that they count for");
        PyMem_Free(made);
        made = NULL;
    }
    return made;
}

/* Whether all that the words lead to are languages. */
static int words_fit(const Table *words, PyObject *having, Py_ssize_t languages)
{
    size_t size = (size_t)PyBytes_GET_SIZE(having);
    for (size_t i = 0; i <= words->mask; i++)
        if (words->slots[i].first > size || words->slots[i].count > size - words->slots[i].first) return 0;
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)PyBytes_AS_STRING(having)[i] >= languages) return 0;
    return 1;
}

PyObject *languages_setup(PyObject *module, PyObject *args)
{
    PyObject *words, *having, *ranges, *letters;
    Py_ssize_t scripts, languages, enough, script_enough;
    long word;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!lO!nO!nnn", &PyTuple_Type, &words, &PyBytes_Type, &having, &word, &PyTuple_Type, &ranges,
                          &scripts, &PyTuple_Type, &letters, &languages, &enough, &script_enough))
        return NULL;
    if (scripts < 0 || scripts > MOST_SCRIPTS || languages < 0 || languages > MOST_LANGUAGES || enough < 0 || script_enough < 0 || word < 0) {
        PyErr_SetString(PyExc_ValueError, "more scripts or languages than the core counts");
        return NULL;
    }
    Table table = {0};
    Range *some = NULL, *others = NULL;
    if (table_make(&table, words) < 0 || !(some = take_ranges(ranges, scripts, 0x110000)) ||
        !(others = take_ranges(letters, languages, LETTERS_END)) || !words_fit(&table, having, languages)) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "a word of no language");
        table_free(&table);
        PyMem_Free(some);
        PyMem_Free(others);
        return NULL;
    }
    table_free(&told.words);
    PyMem_Free(told.ranges);
    PyMem_Free(told.letters);
    told.words = table;
    Py_INCREF(having);
    Py_XSETREF(told.having, having);
    told.ranges = some;
    told.letters = others;
    told.range_count = PyTuple_GET_SIZE(ranges);
    told.letter_count = PyTuple_GET_SIZE(letters);
    told.scripts = scripts;
    told.languages = languages;
    told.enough = enough;
    told.script_enough = script_enough;
    told.word = word;
    Py_RETURN_NONE;
}

/* A letter as words have them: of `\w`, but no digit of `\d`, and not `_`. Not by the tables of `chars.c`: a run of few lines
 * does without those. */
static int is_letter(Py_UCS4 c)
{
    if (c < 128) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return Py_UNICODE_ISALNUM(c) && !Py_UNICODE_ISDECIMAL(c);
}

static Py_ssize_t letters_end(Text text, Py_ssize_t i)
{
    while (i < text.size && is_letter(text.at[i])) i++;
    return i;
}

static void count_words(Text text, Counts *counts)
{
    for (Py_ssize_t i = 0, end; i < text.size; i = end) {
        if (!is_letter(text.at[i])) {
            end = i + 1;
            continue;
        }
        end = letters_end(text, i);
        if (at(text, end) == '\'') {
            Py_ssize_t more = letters_end(text, end + 1);
            if (more > end + 1) end = more;
        }
        counts->tokens++;
        const Slot *slot = table_find(&told.words, text_hash(text.at + i, end - i), text.at + i, end - i);
        if (!slot) continue;
        counts->known++;
        const unsigned char *places = (const unsigned char *)PyBytes_AS_STRING(told.having) + slot->first;
        for (uint32_t k = 0; k < slot->count; k++) counts->words[places[k]] += told.word / (long)slot->count;
    }
}

static void count_scripts(Text text, Counts *counts)
{
    for (Py_ssize_t i = 0; i < text.size && i < told.script_enough; i++) {
        Py_UCS4 c = text.at[i];
        counts->alphabetic += c < 128 ? is_letter(c) : Py_UNICODE_ISALPHA(c) != 0;
        for (Py_ssize_t k = 0; c >= 128 && k < told.range_count; k++)
            if (c >= told.ranges[k].first && c <= told.ranges[k].last) counts->scripts[told.ranges[k].place]++;
    }
}

static void count_letters(Text text, Counts *counts)
{
    unsigned times[LETTERS_END] = {0};
    for (Py_ssize_t i = 0; i < text.size; i++)
        if (text.at[i] < LETTERS_END) times[text.at[i]]++;
    for (Py_ssize_t k = 0; k < told.letter_count; k++)
        for (unsigned c = told.letters[k].first; c <= told.letters[k].last; c++) counts->letters[told.letters[k].place] += (long)times[c];
}

static PyObject *as_tuple(const long *numbers, Py_ssize_t n)
{
    PyObject *made = PyTuple_New(n);
    for (Py_ssize_t i = 0; made && i < n; i++) {
        PyObject *number = PyLong_FromLong(numbers[i]);
        if (number) PyTuple_SET_ITEM(made, i, number);
        else Py_CLEAR(made);
    }
    return made;
}

PyObject *languages_counted(PyObject *module, PyObject *object)
{
    (void)module;
    if (!PyUnicode_Check(object) || !told.having) {
        PyErr_SetString(PyExc_TypeError, "no text, or nothing is known of languages");
        return NULL;
    }
    Py_ssize_t size = PyUnicode_GET_LENGTH(object);
    if (size > told.enough) size = told.enough;
    Py_UCS4 *room = PyMem_Malloc((size_t)size * sizeof *room + 1);
    if (!room) return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < size; i++) room[i] = PyUnicode_READ_CHAR(object, i);
    Text text = {room, size};
    Counts counts = {0};
    int ascii = 1;
    for (Py_ssize_t i = 0; ascii && i < size; i++) ascii = room[i] < 128;
    count_words(text, &counts);
    if (!ascii) {
        count_scripts(text, &counts);
        count_letters(text, &counts);
    }
    PyMem_Free(room);
    PyObject *scripts = as_tuple(counts.scripts, told.scripts), *words = as_tuple(counts.words, told.languages);
    PyObject *letters = as_tuple(counts.letters, told.languages), *made = NULL;
    if (scripts && words && letters)
        made = Py_BuildValue("OlllOO", scripts, counts.alphabetic, counts.tokens, counts.known, words, letters);
    Py_XDECREF(scripts);
    Py_XDECREF(words);
    Py_XDECREF(letters);
    return made;
}
