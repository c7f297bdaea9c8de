/* The own signals of marks, digits, addresses and code. */
#include "own.h"
#include <string.h>

uint64_t own_bits[SIGNAL_COUNT];
static PyObject *patterns[PATTERN_COUNT];

/* `bits`: the bit of each signal, by name; `given`: `search` or `match` of each pattern. */
int own_setup(PyObject *bits, PyObject *given)
{
#define X(name, text) text,
    static const char *const names[] = {SIGNALS(X)};
#undef X
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        PyObject *bit = PyDict_GetItemString(bits, names[i]);
        if (!bit) {
            PyErr_Format(PyExc_KeyError, "no signal %s", names[i]);
            return -1;
        }
        own_bits[i] = PyLong_AsUnsignedLongLong(bit);
        if (PyErr_Occurred()) return -1;
    }
    if (PyTuple_GET_SIZE(given) != PATTERN_COUNT) {
        PyErr_SetString(PyExc_ValueError, "other patterns are wanted");
        return -1;
    }
    for (int i = 0; i < PATTERN_COUNT; i++) {
        Py_INCREF(PyTuple_GET_ITEM(given, i));
        Py_XSETREF(patterns[i], PyTuple_GET_ITEM(given, i));
    }
    return 0;
}

int asked(int pattern, PyObject *text)
{
    PyObject *hit = PyObject_CallOneArg(patterns[pattern], text);
    if (!hit) return -1;
    int found = hit != Py_None;
    Py_DECREF(hit);
    return found;
}

static int any_of(const Line *line, const char *some)
{
    for (; *some; some++)
        if (has_ascii(line, (unsigned char)*some)) return 1;
    return 0;
}
/* Whether the line in lower case holds a text of ASCII: most hold not even each two of its characters side by side. */
static int holds(const Line *line, const char *part)
{
    for (const char *at = part; at[1]; at++)
        if (!has_bit(line->pairs, pair_hash((unsigned char)at[0], (unsigned char)at[1]))) return 0;
    return text_has_ascii(line->low, part);
}
static int word_at(Text text, Py_ssize_t i) { return is_word(at(text, i)); }
static int token_at(Text text, Py_ssize_t i) { return chars_kind(at(text, i)) & ALNUM; }
static int decimal_at(Text text, Py_ssize_t i) { return chars_kind(at(text, i)) & DECIMAL; }

/* A bar, a dot, a chevron between words. */
static int has_separator(Text low)
{
    static const Py_UCS4 before[] = {'|', 0x2022, 0xb7, 0xbb, 0x203a, 0xa6, 0x2192, '/', 0};
    for (Py_ssize_t i = 0; i < low.size; i++) {
        Py_UCS4 c = low.at[i];
        if (c == '>') {
            if (at(low, i - 1) == ' ' && word_at(low, i - 2) && at(low, i + 1) == ' ' && word_at(low, i + 2)) return 1;
        } else if (one_of(c, before)) {
            if (token_at(low, i + 1) || (at(low, i + 1) == ' ' && token_at(low, i + 2))) return 1;
            if (c != '/' && at(low, i - 1) == ' ' && word_at(low, i - 2)) return 1;
        }
    }
    return 0;
}

static int has_domain_end(Text low)
{
    static const char *const ends[] = {"com", "org", "net", "de", "co.uk", "fr", "es", "it", "io", "info", "edu", "gov"};
    for (Py_ssize_t i = 0; i < low.size; i++) {
        if (low.at[i] != '.') continue;
        Text rest = {low.at + i + 1, low.size - i - 1};
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            if (text_starts(rest, ends[k]) && !word_at(rest, (Py_ssize_t)strlen(ends[k]))) return 1;
    }
    return 0;
}

static int has_year(Text low)
{
    for (Py_ssize_t i = 0; i + 3 < low.size; i++)
        if (((low.at[i] == '1' && low.at[i + 1] == '9') || (low.at[i] == '2' && low.at[i + 1] == '0')) && !decimal_at(low, i - 1) &&
            decimal_at(low, i + 2) && decimal_at(low, i + 3) && !decimal_at(low, i + 4))
            return 1;
    return 0;
}

static int has_money_sign(const Line *line)
{
    static const Py_UCS4 signs[] = {'$', 0x20ac, 0xa3, 0xa5, 0x20b9, 0x20a9, 0x20bd, 0x20ba, 0};
    if (has_ascii(line, '$')) return 1;
    if (holds(line, "usd") || holds(line, "eur") || holds(line, "gbp")) return 1;
    for (Py_ssize_t i = 0; !line->ascii && i < line->low.size; i++)
        if (one_of(line->low.at[i], signs)) return 1;
    return 0;
}

static int has_digit(const Line *line)
{
    if (has_ascii(line, '0') || any_of(line, "123456789")) return 1;
    for (Py_ssize_t i = 0; !line->ascii && i < line->low.size; i++)
        if (chars_kind(line->low.at[i]) & DIGIT) return 1;
    return 0;
}

static int has_copyright(const Line *line)
{
    if (has_ascii(line, '(') && holds(line, "(c)")) return 1;
    Py_UCS4 sign = 0xa9;
    return !line->ascii && text_has(line->low, (Text){&sign, 1});
}

/* A call that ends the line: a bracket behind a word, at most 80 characters before the last one. */
static int ends_in_call(Text low)
{
    for (Py_ssize_t i = low.size - 2; i >= 1 && low.size - 2 - i <= 80; i--)
        if (low.at[i] == '(' && is_word(low.at[i - 1])) return 1;
    return 0;
}

/* Whether `text.form`'s pattern for words of code may hit: the line begins with one of them. */
static int starts_as_code(Text low)
{
    static const char *const words[] = {"def ", "class ", "import ", "from ", "return ", "const ", "let ", "var ", "if ", "for ",
                                        "while ", "public ", "function ", "echo ", "sudo ", "pip ", "npm ", "git ", "select "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts(low, words[i])) return 1;
    return 0;
}

/* Whether its pattern for other forms may. */
static int looks_as_form(Text low)
{
    Py_ssize_t i = 0;
    if (low.at[0] == '@') return 1;
    while (word_at(low, i)) i++;
    Py_UCS4 next = at(low, i);
    return i && (!next || next == ':' || next == '(' || next == ',' || next == ';');
}

static int is_code(const Line *line, PyObject *object)
{
    Text low = line->low;
    Py_UCS4 first = low.at[0], end = low.at[low.size - 1];
    if (end == ';' || end == '{' || first == '}' || first == ')' || first == ']') return 1;
    if (end == ')' && ends_in_call(low)) return 1;
    int hit = any_of(line, "=<>$") ? asked(CODE_SIGNS, object) : 0;
    if (!hit && starts_as_code(low)) hit = asked(CODE_WORD, object);
    if (!hit && looks_as_form(low)) hit = asked(CODE_FORM, object);
    return hit;
}

/* Adds `bit` if the pattern hits, where it may. */
static int add(int may, int pattern, PyObject *low, uint64_t bit, uint64_t *bits)
{
    int hit = may ? asked(pattern, low) : 0;
    if (hit > 0) *bits |= bit;
    return hit < 0 ? -1 : 0;
}

int mark_signals(const Line *line, PyObject *low, uint64_t *bits)
{
    if ((!line->ascii || any_of(line, "|/>")) && has_separator(line->low)) *bits |= B(SEPARATOR);
    int address = holds(line, "http") ||
                  (has_ascii(line, '.') && (holds(line, "www.") || has_domain_end(line->low)));
    int at_sign = has_ascii(line, '@');
    if (add(address, URL_FORM, low, B(URL), bits) < 0 ||
        add(at_sign && has_ascii(line, '.'), EMAIL_FORM, low, B(EMAIL), bits) < 0 ||
        add(at_sign || has_ascii(line, '#'), HANDLE_FORM, low, B(HANDLE), bits) < 0)
        return -1;
    if (has_copyright(line)) *bits |= B(COPYRIGHT);
    if (has_digit(line)) {
        *bits |= B(ANY_DIGIT);
        if (has_year(line->low)) *bits |= B(YEAR);
        if (add(has_money_sign(line), MONEY_SIGN, low, B(MONEY), bits) < 0) return -1;
    }
    int code = any_of(line, "(){}];=<>$!_") ? is_code(line, low) : 0;
    if (code > 0) *bits |= B(CODE);
    return code < 0 ? -1 : 0;
}
