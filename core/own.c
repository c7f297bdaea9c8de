/* The own signals of a line. The definition: `cleaner.text.form`; what few lines need is asked of its patterns. */
#include "own.h"

/* Sets of characters; each ends in 0. */
static const Py_UCS4 STOPS[] = {'.', '!', '?', 0x2026, 0x3002, 0xff01, 0xff1f, 0x61f, 0x964, 0};
static const Py_UCS4 CLOSERS[] = {'"', '\'', ')', ']', 0x300d, 0x300f, 0x201d, 0};
static const Py_UCS4 END_TRIM[] = {' ', '"', '\'', ')', ']', 0x300d, 0x300f, 0};
static const Py_UCS4 QUESTIONS[] = {'?', 0xff1f, 0x61f, 0};
static const Py_UCS4 EXCLAIMS[] = {'!', 0xff01, 0};
static const Py_UCS4 COLONS[] = {':', 0xff1a, 0};
static const Py_UCS4 COMMAS[] = {',', ';', 0xff0c, 0xff1b, 0};
static const Py_UCS4 ARROWS[] = {0x2192, 0xbb, 0x203a, '>', 0x25ba, 0x25b6, 0x2193, 0x2190, 0xab, 0x2039, 0x25b8, 0x27f6, 0};
static const Py_UCS4 BULLETS[] = {'-', '*', '+', 0x2022, 0x25cf, 0x25aa, 0x25a0, 0x25e6, 0x2023, 0x2219, 0};
static const Py_UCS4 OPENERS[] = {'"', '\'', '(', '[', 0};
static const Py_UCS4 QUOTES[] = {'"', '\'', 0x300c, 0x300e, 0};
static const Py_UCS4 BRACKETS[] = {'(', '[', 0xff08, 0x3010, 0};
static const Py_UCS4 BRACKETS_END[] = {')', ']', 0xff09, 0x3011, 0};
static const Py_UCS4 WIDE_STOPS[] = {0x3002, 0xff01, 0xff1f, 0};
static const Py_UCS4 WIDE_CLOSERS[] = {0x300d, 0x300f, ')', 0};

static int letter(Py_UCS4 c) { return (chars_kind(c) & (ALNUM | DECIMAL)) == ALNUM; }
static Py_UCS4 last(Text text) { return at(text, text.size - 1); }

static uint64_t size_bits(Py_ssize_t n)
{
    if (n <= 1) return B(WORDS_1) | B(SHORT);
    if (n <= 3) return B(WORDS_2_3) | B(SHORT);
    if (n <= 7) return B(WORDS_4_7) | B(SHORT);
    if (n <= 14) return B(WORDS_8_14) | B(MEDIUM);
    if (n <= 29) return B(WORDS_15_29) | B(MEDIUM);
    return B(WORDS_30);
}

static int stops(Text low)
{
    Py_ssize_t i = low.size - 1;
    for (int closers = 0; i >= 0; i--, closers++) {
        if (one_of(low.at[i], STOPS)) return 1;
        if (closers == 3 || !one_of(low.at[i], CLOSERS)) return 0;
    }
    return 0;
}

static uint64_t ending(Text low)
{
    Text core = low;
    while (core.size && one_of(last(core), END_TRIM)) core.size--;
    Py_UCS4 end = core.size ? last(core) : last(low);
    uint64_t bits = 0;
    if (end == 0x2026) return B(ELLIPSIS);
    if (core.size >= 3 && end == '.' && at(core, core.size - 2) == '.' && at(core, core.size - 3) == '.') return B(ELLIPSIS);
    if (stops(low)) bits |= B(STOP);
    if (one_of(end, QUESTIONS)) bits |= B(QUESTION);
    else if (one_of(end, EXCLAIMS)) bits |= B(EXCLAIM);
    else if (one_of(end, COLONS)) bits |= B(COLON);
    else if (one_of(end, COMMAS)) bits |= B(COMMA);
    if (one_of(last(low), ARROWS) || one_of(low.at[0], ARROWS)) bits |= B(ARROW);
    return bits;
}

static int all_capitals(Text text)
{
    int upper = 0, letters = 0;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        unsigned kind = chars_kind(text.at[i]);
        if (kind & (LOWER | TITLE)) return 0;
        upper |= kind & UPPER;
        letters += (kind & ALPHA) != 0;
    }
    return upper && letters >= 3;
}

/* Whether most words begin with a capital, of those that are long or hold one. */
static int is_title(Text text)
{
    Py_ssize_t words = 0, capitals = 0;
    for (Py_ssize_t i = 0; i < text.size;) {
        if (!(chars_kind(text.at[i]) & ALNUM)) {
            i++;
            continue;
        }
        Py_ssize_t end = token_end(text, i);
        int upper = 0, lower = 0;
        for (Py_ssize_t k = i; k < end; k++) {
            unsigned kind = chars_kind(text.at[k]);
            upper |= (kind & (UPPER | TITLE)) != 0;
            lower |= (kind & LOWER) != 0;
        }
        if (end - i > 3 || upper || !lower) {
            words++;
            capitals += (chars_kind(text.at[i]) & UPPER) != 0;
        }
        i = end;
    }
    return words && (double)capitals >= 0.8 * (double)words;
}

static uint64_t letters(const Line *line)
{
    uint64_t bits = 0;
    Py_ssize_t i = 0;
    while (i < line->text.size && one_of(line->text.at[i], OPENERS)) i++;
    unsigned first = i < line->text.size ? chars_kind(line->text.at[i]) : 0;
    if (first & LOWER) bits |= B(LOWER_START);
    else if (first & DIGIT) bits |= B(DIGIT_START);
    if (all_capitals(line->text)) bits |= B(CAPS);
    if (line->tokens >= 2 && is_title(line->text)) bits |= B(TITLE_CASE);
    return bits;
}

static int markup(const Line *line, PyObject *raw, uint64_t *bits)
{
    Text start = line->raw;
    while (start.size && chars_kind(start.at[0]) & SPACE) start.at++, start.size--;
    Py_UCS4 first = at(start, 0), second = at(start, 1);
    if ((one_of(first, BULLETS) && !((first == '*' || first == '-') && second == first)) || letter_bullet(start)) {
        *bits |= B(BULLET);
    } else if (first == '#') {
        Py_ssize_t i = 0;
        while (at(start, i) == '#') i++;
        if (at(start, i) == ' ') *bits |= B(HEADING);
    }
    int hit = text_has_ascii(line->raw, "](") ? asked(LINK_ONLY, raw) : 0;
    if (hit < 0) return -1;
    if (hit) *bits |= B(LINK);
    int may = text_has_ascii(line->raw, "|") || text_has_ascii(line->raw, "\t") || text_has_ascii(line->raw, "    ");
    if ((hit = may ? asked(TABLE, raw) : 0) < 0) return -1;
    if (hit) *bits |= B(TABLE_ROW);
    if (one_of(line->text.at[0], QUOTES)) *bits |= B(QUOTE);
    if (one_of(line->text.at[0], BRACKETS) && one_of(last(line->text), BRACKETS_END)) *bits |= B(BRACKET);
    return 0;
}

/* Whether a sentence ends inside. */
static int inner_stop(Text low)
{
    for (Py_ssize_t i = 0; i + 1 < low.size; i++) {
        Py_UCS4 c = low.at[i];
        if (c > 127) {
            Py_UCS4 next = low.at[i + 1];
            if (one_of(c, WIDE_STOPS) && !(chars_kind(next) & SPACE) && !one_of(next, WIDE_CLOSERS)) return 1;
            continue;
        }
        if ((c != '.' && c != '!' && c != '?') || i < 3) continue;
        if (!letter(low.at[i - 1]) || !letter(low.at[i - 2]) || !letter(low.at[i - 3])) continue;
        Py_ssize_t k = i + 1;
        while (k < i + 3 && (at(low, k) == '"' || at(low, k) == '\'' || at(low, k) == ')')) k++;
        if (at(low, k++) != ' ') continue;
        Py_UCS4 next = at(low, k);
        if (letter(next)) return 1;
        if ((next == '"' || next == '\'' || next == '(') && letter(at(low, k + 1))) return 1;
    }
    return 0;
}

int own_signals(const Line *line, PyObject *raw, PyObject *low, uint64_t *bits)
{
    Py_ssize_t n = line->tokens;
    if (!n) {
        Py_UCS4 first = line->low.at[0];
        *bits = B(NO_WORDS) | B(WORDS_1) | B(SHORT) | (first == '}' || first == ')' || first == ']' ? B(CODE) : 0);
        return 0;
    }
    int rich = line->function * 4 >= n;
    if (line->clauses) {
        if (n < (line->clauses + 1) / 2) n = (line->clauses + 1) / 2;
        rich = line->clauses >= 20;
    }
    *bits = size_bits(n) | ending(line->low) | letters(line);
    if (mark_signals(line, low, bits) < 0 || markup(line, raw, bits) < 0) return -1;
    if (rich) *bits |= B(RICH);
    else if (n >= 4 && line->function * 8 < n) *bits |= B(POOR);
    if (*bits & B(STOP) && (line->function * 6 >= n || rich)) {
        if (n >= 5) *bits |= B(SENTENCE);
        if (n >= 12) *bits |= B(PROSE);
        if (n >= 40) *bits |= B(LONG_PROSE);
    }
    if (n >= 8 && inner_stop(line->low)) *bits |= B(TWO_SENTENCES);
    return 0;
}

enum { SHARED = 1 << 10 };

PyObject *own_number(uint64_t own)
{
    static PyObject *shared[SHARED];
    PyObject **place = shared + (own * 0x9e3779b97f4a7c15u >> 54);
    if (!*place || PyLong_AsUnsignedLongLong(*place) != own) {
        PyObject *made = PyLong_FromUnsignedLongLong(own);
        if (!made) return NULL;
        Py_XSETREF(*place, made);
    }
    return Py_NewRef(*place);
}
