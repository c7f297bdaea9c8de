/* How many words a line has, if it is a sentence. The definition: `cleaner.text.sentences`, and `Facts._said`. */
#include "own.h"
#include <string.h>

/* Sets of characters, in the order in which Python tells them: a bit each. */
enum { ENDS = 1, CLOSERS = 2, OPENERS = 4, COMMAS = 8, UNSPACED_SCRIPT = 16, HAN_STOPS = 32, HAN_CLOSERS = 64, HAN_COMMAS = 128, CLASSES = 8 };

static unsigned char classes[PLANE];
static Sentences least; /* how many words or characters are asked for */

static int is(Py_UCS4 c, unsigned set) { return c < PLANE && classes[c] & set; }
static int is_space(Py_UCS4 c) { return (chars_kind(c) & SPACE) != 0; }
static int is_letter(Py_UCS4 c) { return (chars_kind(c) & (ALNUM | DECIMAL)) == ALNUM; }

int sentences_setup(PyObject *sets, PyObject *numbers)
{
    if (PyTuple_GET_SIZE(sets) != CLASSES) {
        PyErr_SetString(PyExc_ValueError, "other sets of characters are wanted");
        return -1;
    }
    for (int set = 0; set < CLASSES; set++)
        if (!PyTuple_Check(PyTuple_GET_ITEM(sets, set))) {
            PyErr_SetString(PyExc_TypeError, "a set of characters is a tuple of ranges");
            return -1;
        }
    memset(classes, 0, sizeof classes);
    for (int set = 0; set < CLASSES; set++) {
        PyObject *ranges = PyTuple_GET_ITEM(sets, set);
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(ranges); i++) {
            unsigned first, last;
            if (!PyArg_ParseTuple(PyTuple_GET_ITEM(ranges, i), "II", &first, &last)) return -1;
            for (unsigned c = first; c <= last && c < PLANE; c++) classes[c] |= (unsigned char)(1 << set);
        }
    }
    return PyArg_ParseTuple(numbers, "nnnnnn", &least.words, &least.unmarked, &least.with_comma, &least.unspaced,
                            &least.han_with_comma, &least.han_with_stop)
               ? 0
               : -1;
}

/* The end of a note's mark, `[12]`, that begins at `i`; else `i`. */
static Py_ssize_t note_end(Text text, Py_ssize_t i)
{
    Py_ssize_t k = i + 1;
    if (at(text, i) != '[') return i;
    while (k < i + 4 && chars_kind(at(text, k)) & DECIMAL) k++;
    return k > i + 1 && at(text, k) == ']' ? k + 1 : i;
}

/* Whether nothing but closing marks and the marks of notes follows from `i` on, few of both. */
static int closes(Text text, Py_ssize_t i)
{
    for (int closers = 0; i < text.size && text.at[i] != '['; i++)
        if (closers++ == 4 || !(text.at[i] == ' ' || is(text.at[i], CLOSERS))) return 0;
    for (int notes = 0; i < text.size; notes++) {
        Py_ssize_t end = note_end(text, i);
        if (notes == 4 || end == i) return 0;
        i = end + (at(text, end) == ' ');
    }
    return 1;
}

/* Whether the text ends as a sentence does, and not in an ellipsis. */
static int is_finished(Text text)
{
    Py_ssize_t i = text.size > 24 ? text.size - 24 : 0, last = text.size - 1;
    while (i < text.size && !(is(text.at[i], ENDS) && closes(text, i + 1))) i++;
    if (i == text.size) return 0;
    while (last >= 0 && text.size - 1 - last < 4 && (text.at[last] == ' ' || is(text.at[last], CLOSERS))) last--;
    return !(at(text, last) == 0x2026 || (at(text, last) == '.' && at(text, last - 1) == '.' && at(text, last - 2) == '.'));
}

/* Whether a sentence ends inside, and another begins. */
static int has_inner_end(Text text)
{
    for (Py_ssize_t i = 3; i < text.size; i++) {
        if (!is(text.at[i], ENDS)) continue;
        Py_ssize_t before = i - 1, after = i + 1;
        while (before > i - 3 && is(at(text, before), CLOSERS)) before--;
        if (before < 2 || !is_letter(text.at[before]) || !is_letter(text.at[before - 1]) || !is_letter(text.at[before - 2])) continue;
        while (after < i + 3 && is(at(text, after), CLOSERS)) after++;
        after = note_end(text, after);
        if (at(text, after) != ' ') continue;
        while (at(text, after) == ' ') after++;
        for (int openers = 0; openers < 2 && is(at(text, after), OPENERS); openers++) after++;
        if (chars_kind(at(text, after)) & ALNUM) return 1;
    }
    return 0;
}

/* Whether something follows a comma, or a dash stands between blanks. */
static int has_comma(Text text)
{
    int comma = 0;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        Py_UCS4 c = text.at[i];
        if (comma && !is_space(c)) return 1;
        if (is(c, COMMAS)) comma = 1;
        if ((c == '-' || c == 0x2013 || c == 0x2014) && i && i + 1 < text.size && is_space(text.at[i - 1]) && is_space(text.at[i + 1]))
            return 1;
    }
    return 0;
}

/* Whether a letter has another case. A few become several letters in upper case, and have no single one. */
static int is_cased(Py_UCS4 c)
{
    static const Py_UCS4 several[] = {
        0xdf, 0xdf, 0x149, 0x149, 0x1f0, 0x1f0, 0x390, 0x390, 0x3b0, 0x3b0, 0x587, 0x587, 0x1e96, 0x1e9a, 0x1f50, 0x1f50, 0x1f52, 0x1f52,
        0x1f54, 0x1f54, 0x1f56, 0x1f56, 0x1fb2, 0x1fb2, 0x1fb4, 0x1fb4, 0x1fb6, 0x1fb7, 0x1fc2, 0x1fc2, 0x1fc4, 0x1fc4, 0x1fc6, 0x1fc7,
        0x1fd2, 0x1fd3, 0x1fd6, 0x1fd7, 0x1fe2, 0x1fe4, 0x1fe6, 0x1fe7, 0x1ff2, 0x1ff2, 0x1ff4, 0x1ff4, 0x1ff6, 0x1ff7, 0xfb00, 0xfb06,
        0xfb13, 0xfb17,
    };
    if (Py_UNICODE_TOLOWER(c) != Py_UNICODE_TOUPPER(c)) return 1;
    for (size_t k = 0; k < sizeof several / sizeof *several; k += 2)
        if (c >= several[k] && c <= several[k + 1]) return 1;
    return 0;
}

/* What is counted of the words of a line, which blanks part; those without a letter or a number are none. */
typedef struct {
    Py_ssize_t all, small, cased, small_letters; /* but for `all`, without the first; by their first characters and letters */
} WordCounts;

static void count_word(Text word, WordCounts *words)
{
    Py_UCS4 letter = 0;
    int counts = 0;
    for (Py_ssize_t i = 0; i < word.size && !(counts && letter); i++) {
        unsigned kind = chars_kind(word.at[i]);
        counts |= kind & ALNUM;
        if (!letter && kind & ALPHA) letter = word.at[i];
    }
    if (!counts || !words->all++) return;
    words->small += (chars_kind(word.at[0]) & LOWER) != 0;
    if (!letter) return;
    words->cased += is_cased(letter);
    words->small_letters += (chars_kind(letter) & LOWER) != 0;
}

static WordCounts words_of(Text text)
{
    WordCounts words = {0};
    for (Py_ssize_t i = 0, start; i < text.size; i++) {
        for (start = i; i < text.size && !is_space(text.at[i]);) i++;
        if (i > start) count_word((Text){text.at + start, i - start}, &words);
    }
    return words;
}

/* Whether at least a third of the words after the first begin small, where the script has small letters. */
static int runs_on(const WordCounts *words)
{
    Py_ssize_t most = words->all - 1;
    return 3 * words->small >= most || 2 * words->cased < most + 1 || 3 * words->small_letters >= most;
}

static int is_han_sentence(Text text, Py_ssize_t count)
{
    if (is_finished(text)) return 1;
    int comma = 0;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        comma |= is(text.at[i], HAN_COMMAS);
        if (count < least.han_with_stop || !is(text.at[i], HAN_STOPS)) continue;
        Py_ssize_t k = i + 1;
        while (k < i + 3 && is(at(text, k), HAN_CLOSERS)) k++;
        if (k < text.size && !is(text.at[k], HAN_STOPS | HAN_CLOSERS) && !is_space(text.at[k])) return 1;
    }
    return comma && count >= least.han_with_comma;
}

Py_ssize_t sentence_words(const Line *line, uint64_t own)
{
    Text text = line->text;
    Py_ssize_t unspaced = 0, han = 0;
    int ascii = 1;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        if (text.at[i] < 128) continue;
        ascii = 0;
        unspaced += is(text.at[i], UNSPACED_SCRIPT) != 0;
        han += (chars_kind(text.at[i]) & UNSPACED) != 0;
    }
    /* Most lines are labels, of which that much can be said at once. */
    if (own & (B(TABLE_ROW) | B(CODE)) || (ascii && own & B(SHORT) && !(own & B(STOP)))) return 0;
    if (unspaced >= least.unspaced && unspaced * 2 > text.size) return unspaced / 5;
    if (han * 3 > text.size) return is_han_sentence(text, han) ? han / 2 : 0;
    WordCounts words = words_of(text);
    Py_ssize_t n = words.all;
    if (n < 2 || !runs_on(&words)) return 0;
    int is_one = is_finished(text) || n >= least.unmarked || (n >= least.words && has_inner_end(text)) || (n >= least.with_comma && has_comma(text));
    return is_one ? n : 0;
}
