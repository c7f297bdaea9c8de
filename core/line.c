/* One line: its view, and what is read off it. The definitions: `cleaner.text.view`, `cleaner.text.fold`, `cleaner.text.reading`. */
#include "core.h"
#include <string.h>

static PyObject *peeled, *composed; /* `view._peeled`, `fold.plain` */
static Table function_words;

int line_setup(PyObject *peel, PyObject *plain, PyObject *words)
{
    Py_INCREF(peel);
    Py_XSETREF(peeled, peel);
    Py_INCREF(plain);
    Py_XSETREF(composed, plain);
    table_free(&function_words);
    return table_make(&function_words, words);
}

void line_free(Line *line)
{
    if (line->room != line->own_room) PyMem_Free(line->room);
    if (line->words != line->own_words) PyMem_Free(line->words);
}

/* `o` as the bullet of a list: spaces, then a capital of Latin or a digit. */
int letter_bullet(Text text)
{
    if (at(text, 0) != 'o' || at(text, 1) != ' ') return 0;
    Py_ssize_t i = 1;
    while (at(text, i) == ' ') i++;
    Py_UCS4 c = at(text, i);
    return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde) || (c >= '0' && c <= '9');
}

static int needs_peel(Text text)
{
    Py_UCS4 first = text.at[0], before = 0;
    if (text.at[text.size - 1] == ']' || text.at[text.size - 1] == '}') return 1;
    if (!(chars_kind(first) & ALNUM) && !(first == '_' || first == '"' || first == '\'' || first == '(')) return 1;
    if (first == 'o' && letter_bullet(text)) return 1;
    for (Py_ssize_t i = 0; i < text.size; before = text.at[i++]) {
        Py_UCS4 c = text.at[i];
        if (c > 127) {
            if ((chars_kind(c) & HIDDEN) || c == 0x27e8) return 1;
        } else if (c == 0x1b || c == '*' || c == '_' || c == '`' || c == '\\') {
            return 1;
        } else if (c == '[' ? before == ' ' || before == '(' : c == 'B' && before == '(') {
            return 1;
        } else if (c == before ? c == ' ' || c == '~' : c == '(' && before == ']') {
            return 1;
        }
    }
    return 0;
}

static Text stripped(Text text)
{
    while (text.size && text.at[0] == ' ') text.at++, text.size--;
    while (text.size && text.at[text.size - 1] == ' ') text.size--;
    return text;
}

/* Has what the tables say of these characters in them. */
static void meet(Text text)
{
    for (Py_ssize_t i = 0; i < text.size; i++)
        if (text.at[i] < PLANE && !chars_known[text.at[i] / PAGE]) chars_learn(text.at[i]);
}

static PyObject *as_object(Text text) { return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text.at, text.size); }

/* The view of `line->raw`, as a new reference; its code points go to `room`. NULL: an exception is set, or it has none. */
static PyObject *view_of(Line *line, PyObject *raw, Py_UCS4 *room)
{
    int changed = 0, apart = 0;
    if (PyUnicode_MAX_CHAR_VALUE(raw) >= PAGE) meet(line->raw);
    for (Py_ssize_t i = 0; i < line->raw.size; i++) {
        room[i] = chars_plain(line->raw.at[i]);
        changed |= room[i] != line->raw.at[i];
        apart |= chars_kind(room[i]) & APART;
    }
    if (apart) {
        PyObject *whole = PyObject_CallOneArg(composed, raw);
        int good = whole && PyUnicode_GET_LENGTH(whole) == line->raw.size && PyUnicode_AsUCS4(whole, room, line->raw.size, 0);
        Py_XDECREF(whole);
        if (!good) return NULL;
        meet((Text){room, line->raw.size});
        changed = 1;
    }
    line->text = stripped((Text){room, line->raw.size});
    if (!line->text.size) return NULL;
    if (!needs_peel(line->text)) {
        if (changed || line->text.size != line->raw.size) return as_object(line->text);
        Py_INCREF(raw);
        return raw;
    }
    PyObject *whole = as_object(line->text);
    if (!whole) return NULL;
    PyObject *text = PyObject_CallOneArg(peeled, whole);
    Py_DECREF(whole);
    if (!text) return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    if (size && size <= line->raw.size && PyUnicode_AsUCS4(text, room, line->raw.size, 0)) {
        line->text = (Text){room, size};
        meet(line->text);
        if (size < line->raw.size || memcmp(room, line->raw.at, (size_t)size * sizeof *room)) return text;
        Py_DECREF(text); /* nothing was peeled off: one object for both */
        return Py_NewRef(raw);
    }
    Py_DECREF(text);
    return NULL;
}

/* Lower case into `room`, and what is seen of characters and words on the way. Returns 0 for a text that holds a
 * NUL. */
static int lower(Line *line, Py_UCS4 *room, int *same)
{
    Text text = line->text;
    uint64_t low_half = 0, high_half = 0, hash = HASH_FIRST;
    Py_UCS4 before = ' ';
    Py_ssize_t word = -1, spaces = 0, digits = 0;
    int different = 0, beyond = 0;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        Py_UCS4 c = text.at[i], low = chars_lower(c);
        unsigned kind = chars_kind(low);
        if (!c) return 0; /* what stands outside of a text is 0 here */
        different |= low != c;
        room[i] = low;
        low_half |= (uint64_t)(low < 64) << (low & 63);
        high_half |= (uint64_t)((low & ~63u) == 64) << (low & 63);
        if (low > 127) {
            set_bit(line->beyond, low & 255);
            beyond = 1;
        }
        digits += (kind & DECIMAL) != 0;
        spaces += low == ' ';
        set_bit(line->pairs, pair_hash(before, low));
        before = low;
        if (kind & ALNUM || low == '_') {
            if (word < 0) word = i;
            hash = hash_more(hash, low);
        } else if (word >= 0) {
            line->words[line->word_count++] = (Span){(uint32_t)word, (uint32_t)(i - word), hash_end(hash)};
            word = -1;
            hash = HASH_FIRST;
        }
    }
    if (word >= 0) line->words[line->word_count++] = (Span){(uint32_t)word, (uint32_t)(text.size - word), hash_end(hash)};
    *same = !different;
    line->ascii = !beyond;
    line->spaces = spaces;
    line->digits = digits;
    line->present[0] = low_half;
    line->present[1] = high_half;
    if (digits) set_bit(line->present, '0');
    line->low = (Text){room, text.size};
    return 1;
}

/* Words as limits count them: runs of letters and digits joined by one of `'.,-`, and pairs of unspaced characters. */
static Py_ssize_t count_words(Text low)
{
    Py_ssize_t count = 0, unspaced = 0;
    int word = 0; /* 1: inside a run; 2: behind one, with a joint in between */
    for (Py_ssize_t i = 0; i < low.size; i++) {
        Py_UCS4 c = low.at[i];
        unsigned kind = chars_kind(c);
        if (kind & UNSPACED) {
            unspaced++;
            word = 0;
        } else if (kind & ALNUM) {
            count += !word;
            word = 1;
        } else {
            word = word == 1 && (c == '\'' || c == '.' || c == ',' || c == '-') ? 2 : 0;
        }
    }
    return count + (unspaced + 1) / 2;
}

/* The end of the token that begins at `i`: letters and digits, and more of them behind an apostrophe. */
Py_ssize_t token_end(Text text, Py_ssize_t i)
{
    while (i < text.size && chars_kind(text.at[i]) & ALNUM) i++;
    if (i + 1 < text.size && text.at[i] == '\'' && chars_kind(text.at[i + 1]) & ALNUM)
        for (i++; i < text.size && chars_kind(text.at[i]) & ALNUM;) i++;
    return i;
}

static int function_word(Text word, uint64_t hash) { return table_find(&function_words, hash, word.at, word.size) != NULL; }

int is_function_word(Text word) { return function_word(word, text_hash(word.at, word.size)); }

/* Counts the tokens from `i` up to `end`. */
static void count_tokens(Line *line, Py_ssize_t i, Py_ssize_t end)
{
    Text low = line->low;
    while (i < end) {
        if (!(chars_kind(low.at[i]) & ALNUM)) {
            i++;
            continue;
        }
        Py_ssize_t size = token_end(low, i) - i;
        line->tokens++;
        line->function += is_function_word((Text){low.at + i, size});
        i += size;
    }
}

/* A word is one token, unless `_` parts it or an apostrophe joins it with the next. */
static void read_tokens(Line *line)
{
    Text low = line->low;
    int parted = has_ascii(line, '_'), joined = has_ascii(line, '\'');
    for (size_t k = 0; k < line->word_count; k++) {
        const Span *span = line->words + k;
        Text word = {low.at + span->start, span->size};
        Py_ssize_t end = span->start + span->size;
        if (parted || (joined && at(low, end) == '\'')) {
            /* On to the next word that is surely a token's beginning. */
            while (k + 1 < line->word_count && (parted || (at(low, end) == '\'' && line->words[k + 1].start == end + 1))) {
                k++;
                end = line->words[k].start + line->words[k].size;
            }
            count_tokens(line, span->start, end);
            continue;
        }
        line->tokens++;
        line->function += function_word(word, span->hash);
    }
    for (Py_ssize_t i = 0; !line->ascii && i < low.size; i++)
        line->clauses += (low.at[i] >= 0x3040 && low.at[i] <= 0x30ff) || (low.at[i] >= 0x3400 && low.at[i] <= 0x9fff);
}

int line_read(Line *line, PyObject *raw, PyObject **text, PyObject **low)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(raw);
    memset(line, 0, offsetof(Line, own_words));
    line->room = line->own_room;
    line->words = line->own_words;
    if (!size || size > MAX_LINE) return 0;
    if (size > SMALL && !(line->room = PyMem_Malloc((size_t)size * 3 * sizeof *line->room))) {
        line->room = line->own_room;
        PyErr_NoMemory();
        return -1;
    }
    if (size > SMALL && !(line->words = PyMem_Malloc(((size_t)size / 2 + 1) * sizeof *line->words))) {
        line->words = line->own_words;
        PyErr_NoMemory();
        return -1;
    }
    if (!PyUnicode_AsUCS4(raw, line->room, size, 0)) return -1;
    line->raw = (Text){line->room, size};
    if (!(*text = view_of(line, raw, line->room + size))) return PyErr_Occurred() ? -1 : 0;
    int same;
    if (!lower(line, line->room + 2 * size, &same)) {
        Py_CLEAR(*text);
        return 0;
    }
    *low = same ? *text : as_object(line->low);
    if (same) Py_INCREF(*low);
    if (!*low) {
        Py_CLEAR(*text);
        return -1;
    }
    line->count = count_words(line->low);
    read_tokens(line);
    return 1;
}
