/* Which patterns a line may have, by its beginning, words, marks and size. The definition: `cleaner.fast.dispatch`. */
#include "lookup.h"
#include <string.h>

#define AHEAD 3 /* words for which memory is asked before their turn comes */

int lookup_counts(const Lookup *lookup, uint32_t number, Py_ssize_t words)
{
    const Entry *entry = lookup->entries + number;
    return words >= entry->fewest && words <= entry->many;
}

/* What is found out about one line. */
typedef struct {
    const Lookup *lookup;
    const Line *line;
    PyObject *content;
    Numbers *found;
    uint32_t alphabet[4], last[4]; /* which characters the line holds, and with which it ends: see `Entry` */
    uint64_t met[MAX_BLOCKS];      /* needs, those of a loose entry side by side */
    size_t forgotten; /* how often words had been forgotten when the line began */
} Search;

void numbers_free(Numbers *numbers)
{
    if (numbers->at != numbers->own_room) PyMem_Free(numbers->at);
    numbers->at = numbers->own_room;
}

static int holds(const Lookup *lookup, const Line *line, uint32_t text)
{
    const Known *known = lookup->texts + text;
    for (int i = 0; known->size > 1 && i < SOME_PAIRS; i++)
        if (!has_bit(line->pairs, known->pairs[i])) return 0;
    return text_has(line->low, text_of(lookup, text));
}

static int has_mark(const Lookup *lookup, const Line *line, size_t set)
{
    const Marks *marks = lookup->sets + set;
    if ((marks->present[0] & line->present[0]) | (marks->present[1] & line->present[1])) return 1;
    if (line->ascii) return 0;
    for (Py_ssize_t i = 0; i < marks->beyond.size; i++)
        if (has_bit(line->beyond, marks->beyond.at[i] & 255) && text_has(line->low, (Text){marks->beyond.at + i, 1})) return 1;
    return 0;
}

static int within(Py_ssize_t value, int32_t least, int32_t most) { return value >= least && value <= most; }

/* Whether the line has all that an entry asks for by itself, the dearest to find out last. */
static int may_have(const Search *search, uint32_t number)
{
    const Lookup *lookup = search->lookup;
    const Line *line = search->line;
    const Outline *outline = lookup->outlines + number;
    uint32_t more = 0, ends = 0;
    for (int i = 0; i < 4; i++) {
        more |= search->alphabet[i] & ~outline->alphabet[i];
        ends |= search->last[i] & outline->last[i];
    }
    if (more || !ends || (outline->beyond && line->ascii)) return 0;
    if (!within(line->low.size, outline->least, outline->most) || !within(line->count, outline->fewest, outline->many)) return 0;
    if (!within(line->spaces, outline->spaces, outline->wide) || line->digits < outline->digits) return 0;
    const Entry *entry = lookup->entries + number;
    for (int i = 0; i < SOME_MARKS && entry->marks[i]; i++)
        if (!has_mark(lookup, line, entry->marks[i] - 1)) return 0;
    for (const Need *need = entry->needs; need < entry->needs + 2 && need->count; need++) {
        uint32_t i = 0;
        while (i < need->count && !holds(lookup, line, lookup->needed[need->first + i])) i++;
        if (i == need->count) return 0;
    }
    return 1;
}

/* Keeps the numbers in order, each once. */
static int add(Numbers *found, uint32_t number)
{
    size_t at = found->count;
    while (at && found->at[at - 1] > number) at--;
    if (at && found->at[at - 1] == number) return 0;
    if (found->count == found->room) {
        uint32_t *more = PyMem_Malloc(found->room * 2 * sizeof *more);
        if (!more) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(more, found->at, found->count * sizeof *more);
        numbers_free(found);
        found->at = more;
        found->room *= 2;
    }
    memmove(found->at + at + 1, found->at + at, (found->count - at) * sizeof *found->at);
    found->at[at] = number;
    found->count++;
    return 0;
}

/* Takes an entry, if the line may have it. */
static int take(const Search *search, uint32_t number) { return may_have(search, number) ? add(search->found, number) : 0; }

/* Takes note that a need is met. */
static int meet(Search *search, uint32_t need)
{
    if (has_bit(search->met, need)) return 0;
    set_bit(search->met, need);
    return has_bit(search->met, need ^ 1) ? take(search, search->lookup->loose[need >> 1]) : 0;
}

/* What a word, or a mark, that stands at `start` leads to. */
static int lead(Search *search, const Word *word, Py_ssize_t start)
{
    Text low = search->line->low;
    const Lead *lead = word_leads(search->lookup->seen, word);
    for (uint32_t i = 0; i < word->count; i++, lead++) {
        if (i >= word->held) {
            if (at(low, start + lead->probe) != lead->letter) continue;
            Text text = text_of(search->lookup, lead->text);
            Py_ssize_t from = start + lead->from;
            if (from < 0 || text.size > low.size - from || memcmp(low.at + from, text.at, (size_t)text.size * sizeof *text.at)) continue;
        }
        if (meet(search, lead->need) < 0) return -1;
    }
    return 0;
}

static int note(const Search *search, Word *word)
{
    if (!word->content || word->line == search->lookup->lines) return 0;
    word->line = search->lookup->lines;
    if (words_forgotten(search->lookup->seen) != search->forgotten) {
        /* Whether this line had the word is forgotten, too. */
        int had = PySequence_Contains(search->content, word->content);
        if (had) return had < 0 ? -1 : 0;
    }
    return PyList_Append(search->content, word->content);
}

/* Notes the content words of a word that `_` parts. */
static int note_parts(const Search *search, Text text)
{
    for (Py_ssize_t i = 0, start; i < text.size; i++) {
        for (start = i; i < text.size && text.at[i] != '_';) i++;
        Text part = {text.at + start, i - start};
        Word *word = i > start ? word_of(search->lookup, part, text_hash(part.at, part.size)) : NULL;
        if (i > start && (!word || note(search, word) < 0)) return -1;
    }
    return 0;
}

static int lead_word(Search *search, const Span *span)
{
    Text text = {search->line->low.at + span->start, span->size};
    Word *word = word_of(search->lookup, text, span->hash);
    if (!word || note(search, word) < 0 || lead(search, word, span->start) < 0) return -1;
    return word->parted ? note_parts(search, text) : 0;
}

static int lead_mark(Search *search, Py_ssize_t start)
{
    Text mark = {search->line->low.at + start, 1};
    uint64_t hash = text_hash(mark.at, 1);
    const Word *word = index_find(&search->lookup->marked, hash) ? word_of(search->lookup, mark, hash) : NULL;
    return word ? lead(search, word, start) : PyErr_Occurred() ? -1 : 0;
}

/* What its marks and its words lead to. */
static int lead_all(Search *search)
{
    const Line *line = search->line;
    Text low = line->low;
    for (Py_ssize_t i = 0; i < low.size; i++)
        if ((low.at[i] > 127 || has_bit(search->lookup->marked_ascii, low.at[i])) && lead_mark(search, i) < 0) return -1;
    for (size_t k = 0; k < line->word_count; k++) {
        const Span *span = line->words + k;
        if (k + AHEAD < line->word_count) leads_soon(search->lookup->seen, span[AHEAD].hash);
        if (lead_word(search, span) < 0) return -1;
    }
    return 0;
}

static void outline(Search *search)
{
    const Line *line = search->line;
    for (int i = 0; i < 4; i++) {
        search->alphabet[i] = (uint32_t)(line->present[i >> 1] >> 32 * (i & 1));
        search->last[i] = 0;
    }
    Py_UCS4 end = at(line->low, line->low.size - 1);
    if (!line->ascii) search->alphabet[3] |= 0x80000000u;
    if (end > 127) end = 127;
    search->last[end >> 5] |= (uint32_t)1 << (end & 31);
}

static int take_headed(const Search *search)
{
    const Lookup *lookup = search->lookup;
    const Line *line = search->line;
    uint64_t hash = HASH_FIRST;
    for (Py_ssize_t size = 0; size < HEAD && size < line->low.size; size++) {
        Py_UCS4 c = line->low.at[size];
        hash = hash_more(hash, chars_kind(c) & DECIMAL ? '0' : c);
        const Place *place = index_find(&lookup->heads, hash_end(hash));
        for (uint32_t i = 0; place && i < place->count; i++)
            if (take(search, lookup->headed[place->first + i]) < 0) return -1;
    }
    return 0;
}

int lookup_may(Lookup *lookup, const Line *line, Numbers *found, PyObject *content)
{
    lookup->lines++;
    for (size_t k = 0; k < line->word_count; k++) word_soon(lookup->seen, line->words[k].hash);
    found->at = found->own_room;
    found->count = 0;
    found->room = sizeof found->own_room / sizeof *found->own_room;
    Search search;
    search.lookup = lookup;
    search.line = line;
    search.content = content;
    search.found = found;
    search.forgotten = words_forgotten(lookup->seen);
    memcpy(search.met, lookup->needless, lookup->blocks * sizeof *search.met);
    outline(&search);
    int bad = lead_all(&search) < 0 || take_headed(&search) < 0;
    for (size_t i = 0; !bad && i < lookup->always_count; i++) bad = take(&search, lookup->always[i]) < 0;
    if (bad) numbers_free(found);
    return bad ? -1 : 0;
}
