/* One line: its view, and what is read off it. The definitions: `cleaner.text.view`, `cleaner.text.fold`, `cleaner.text.reading`. */
#include "core.h"
#include <string.h>

static PyObject *peeled; /* `view._peeled` */
static Table function_words;

int line_setup(PyObject *peel, PyObject *words)
{
    Py_INCREF(peel);
    Py_XSETREF(peeled, peel);
    table_free(&function_words);
    return table_make(&function_words, words);
}

void line_free(Line *line)
{
    if (line->room != line->own_room) PyMem_Free(line->room);
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
    if (text.at[text.size - 1] == ']') return 1;
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

static PyObject *as_object(Text text) { return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text.at, text.size); }

/* The view of `line->raw`, as a new reference; its code points go to `room`. NULL: an exception is set, or it has none. */
static PyObject *view_of(Line *line, PyObject *raw, Py_UCS4 *room)
{
    int changed = 0;
    for (Py_ssize_t i = 0; i < line->raw.size; i++) {
        room[i] = chars_plain(line->raw.at[i]);
        changed |= room[i] != line->raw.at[i];
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
        return text;
    }
    Py_DECREF(text);
    return NULL;
}

/* Lower case into `room`, and which characters there are. Returns 0 if one is not surely read as Python reads it. */
static int lower(Line *line, Py_UCS4 *room, int *same)
{
    Py_UCS4 before = ' ';
    *same = line->ascii = 1;
    for (Py_ssize_t i = 0; i < line->text.size; i++) {
        Py_UCS4 c = line->text.at[i], low = chars_lower(c);
        unsigned kind = chars_kind(low);
        if (!(kind & ALIKE) || !(chars_kind(c) & ALIKE)) return 0;
        *same &= low == c;
        room[i] = low;
        if (low < 128) {
            set_bit(line->present, low);
        } else {
            set_bit(line->beyond, low & 255);
            line->ascii = 0;
        }
        if (kind & DECIMAL) {
            set_bit(line->present, '0');
            line->digits++;
        }
        line->spaces += low == ' ';
        set_bit(line->pairs, pair_hash(before, low));
        before = low;
    }
    line->low = (Text){room, line->text.size};
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

int is_function_word(Text word) { return table_find(&function_words, text_hash(word.at, word.size), word.at, word.size) != NULL; }

static void read_tokens(Line *line)
{
    Text low = line->low;
    for (Py_ssize_t i = 0; i < low.size;) {
        const Py_UCS4 *word = low.at + i;
        if (!(chars_kind(*word) & ALNUM)) {
            i++;
            continue;
        }
        Py_ssize_t size = token_end(low, i) - i;
        line->tokens++;
        line->function += is_function_word((Text){word, size});
        i += size;
    }
    for (Py_ssize_t i = 0; !line->ascii && i < low.size; i++)
        line->clauses += (low.at[i] >= 0x3040 && low.at[i] <= 0x30ff) || (low.at[i] >= 0x3400 && low.at[i] <= 0x9fff);
}

int line_read(Line *line, PyObject *raw, PyObject **text, PyObject **low)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(raw);
    memset(line, 0, offsetof(Line, own_room));
    line->room = line->own_room;
    if (!size || size > MAX_LINE) return 0;
    if (size > SMALL && !(line->room = PyMem_Malloc((size_t)size * 3 * sizeof *line->room))) {
        line->room = line->own_room;
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
