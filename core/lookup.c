/* Which patterns a line may have, by its beginning, words, marks and size. The definition: `cleaner.fast.dispatch`. */
#include "lookup.h"
#include <string.h>

#define FEW 512
#define AHEAD 3 /* words for which memory is asked before their turn comes */

/* What is found out about one line. Sets of loose entries by their places; of needs, first ones and second ones. */
typedef struct {
    const Lookup *lookup;
    const Line *line;
    PyObject *content;
    uint32_t alphabet[4], last[4]; /* which characters the line holds, and with which it ends: see `Entry` */
    uint64_t may[MAX_BLOCKS], met[2][MAX_BLOCKS], perhaps[2][MAX_BLOCKS];
    Pair *led; /* texts to look for, by what words lead to */
    size_t led_count, led_room;
    Pair own_room[FEW];
    size_t forgotten; /* how often words had been forgotten when the line began */
} Search;

static int push(Search *search, uint32_t text, uint32_t need)
{
    const Lookup *lookup = search->lookup;
    int second = need >= lookup->plane;
    size_t place = second ? need - lookup->plane : need;
    if (!has_bit(search->may, place) || has_bit(search->met[second], place)) return 0;
    if (search->led_count == search->led_room) {
        size_t room = search->led_room * 2;
        Pair *more = PyMem_Malloc(room * sizeof *more);
        if (!more) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(more, search->led, search->led_count * sizeof *more);
        if (search->led != search->own_room) PyMem_Free(search->led);
        search->led = more;
        search->led_room = room;
    }
    set_bit(search->perhaps[second], place);
    search->led[search->led_count++] = (Pair){text, need};
    return 0;
}

static void meet(Search *search, uint32_t need)
{
    int second = need >= search->lookup->plane;
    size_t place = second ? need - search->lookup->plane : need;
    set_bit(search->met[second], place);
    set_bit(search->perhaps[second], place);
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

static int lead_word(Search *search, Text text, uint64_t hash)
{
    Word *word = word_of(search->lookup, text, hash);
    if (!word || note(search, word) < 0) return -1;
    const Pair *pair = word_pairs(search->lookup->seen, word);
    for (size_t i = 0; i < word->held; i++, pair++) meet(search, pair->need);
    for (size_t i = word->held; i < word->count; i++, pair++)
        if (push(search, pair->text, pair->need) < 0) return -1;
    return word->parted ? note_parts(search, text) : 0;
}

static int lead_mark(Search *search, Py_UCS4 c)
{
    uint64_t hash = text_hash(&c, 1);
    const Place *place = index_find(&search->lookup->marked, hash);
    if (!place) return 0;
    const Pair *pair = search->lookup->pairs + place->first;
    for (uint32_t i = 0; i < place->count; i++, pair++)
        if (push(search, pair->text, pair->need) < 0) return -1;
    return is_word(c) ? lead_word(search, (Text){&c, 1}, hash) : 0;
}

/* What its marks and its words lead to. */
static int lead_all(Search *search)
{
    const Line *line = search->line;
    Text low = line->low;
    for (Py_UCS4 c = 0; c < 128; c++)
        if (has_bit(search->lookup->marked_ascii, c) && has_ascii(line, c) && lead_mark(search, c) < 0) return -1;
    for (Py_ssize_t i = 0; !line->ascii && i < low.size; i++)
        if (low.at[i] > 127 && lead_mark(search, low.at[i]) < 0) return -1;
    for (size_t k = 0; k < line->word_count; k++) {
        const Span *span = line->words + k;
        if (k + AHEAD < line->word_count) pairs_soon(search->lookup->seen, span[AHEAD].hash);
        if (lead_word(search, (Text){low.at + span->start, span->size}, span->hash) < 0) return -1;
    }
    return 0;
}

static int holds(const Lookup *lookup, const Line *line, uint32_t text)
{
    const Known *known = lookup->texts + text;
    for (int i = 0; known->size > 1 && i < SOME_PAIRS; i++)
        if (!has_bit(line->pairs, known->pairs[i])) return 0;
    Asked *asked = lookup->memo + text;
    if (asked->line != lookup->lines) *asked = (Asked){lookup->lines, text_has(line->low, text_of(lookup, text))};
    return asked->held;
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

static size_t class_of(const int32_t *bounds, Py_ssize_t value)
{
    size_t i = 0;
    while (bounds[i] < value) i++;
    return i;
}

/* Leaves in `may` the loose entries that the line may have. Returns whether there are any; -1: an exception is set. */
static int loose(Search *search)
{
    const Lookup *lookup = search->lookup;
    const Line *line = search->line;
    size_t blocks = lookup->blocks;
    uint64_t any = 0;
    const uint64_t *by_length = lookup->lengths + blocks * class_of(lookup->length_bounds, line->low.size);
    const uint64_t *by_count = lookup->counts + blocks * class_of(lookup->count_bounds, line->count);
    for (size_t b = 0; b < blocks; b++) {
        search->may[b] = by_length[b] & by_count[b];
        search->met[0][b] = search->perhaps[0][b] = lookup->needless[b];
        search->met[1][b] = search->perhaps[1][b] = lookup->needless[blocks + b];
    }
    for (size_t i = 0; i < lookup->asked_count; i++)
        if (!has_mark(lookup, line, lookup->asked[i]))
            for (size_t b = 0; b < blocks; b++) search->may[b] &= ~lookup->asking[blocks * i + b];
    if (lead_all(search) < 0) return -1;
    /* Texts are looked for only where that can still decide: both needs of an entry must be met. */
    for (size_t b = 0; b < blocks; b++) any |= search->may[b] &= search->perhaps[0][b] & search->perhaps[1][b];
    for (size_t i = 0; any && i < search->led_count; i++) {
        Pair led = search->led[i];
        int second = led.need >= lookup->plane;
        size_t place = second ? led.need - lookup->plane : led.need;
        if (has_bit(search->may, place) && !has_bit(search->met[second], place) && holds(lookup, line, led.text))
            set_bit(search->met[second], place);
    }
    any = 0;
    for (size_t b = 0; b < blocks; b++) any |= search->may[b] &= search->met[0][b] & search->met[1][b];
    return any != 0;
}

int lookup_counts(const Lookup *lookup, uint32_t number, Py_ssize_t words)
{
    const Entry *entry = lookup->entries + number;
    return words >= entry->fewest && words <= entry->many;
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
    if (entry->marks && !has_mark(lookup, line, entry->marks - 1)) return 0;
    for (const Need *need = entry->needs; need < entry->needs + 2 && need->count; need++) {
        uint32_t i = 0;
        while (i < need->count && !holds(lookup, line, lookup->needed[need->first + i])) i++;
        if (i == need->count) return 0;
    }
    return 1;
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

void numbers_free(Numbers *numbers)
{
    if (numbers->at != numbers->own_room) PyMem_Free(numbers->at);
    numbers->at = numbers->own_room;
}

static int add_loose(const Search *search, Numbers *found)
{
    const Lookup *lookup = search->lookup;
    for (size_t place = 0; place < lookup->plane; place++) {
        if (!search->may[place >> 6]) {
            place |= 63;
            continue;
        }
        if (!has_bit(search->may, place)) continue;
        uint32_t number = lookup->loose[place];
        if (may_have(search, number) && add(found, number) < 0) return -1;
    }
    return 0;
}

static int add_headed(const Search *search, Numbers *found)
{
    const Lookup *lookup = search->lookup;
    const Line *line = search->line;
    uint64_t hash = HASH_FIRST;
    for (Py_ssize_t size = 0; size < HEAD && size < line->low.size; size++) {
        Py_UCS4 c = line->low.at[size];
        hash = hash_more(hash, chars_kind(c) & DECIMAL ? '0' : c);
        const Place *place = index_find(&lookup->heads, hash_end(hash));
        for (uint32_t i = 0; place && i < place->count; i++) {
            uint32_t number = lookup->headed[place->first + i];
            if (may_have(search, number) && add(found, number) < 0) return -1;
        }
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
    search.led = search.own_room;
    search.led_count = 0;
    search.led_room = FEW;
    search.forgotten = words_forgotten(lookup->seen);
    outline(&search);
    int some = loose(&search);
    int bad = some < 0 || (some && add_loose(&search, found) < 0) || add_headed(&search, found) < 0;
    if (search.led != search.own_room) PyMem_Free(search.led);
    if (bad) numbers_free(found);
    return bad ? -1 : 0;
}
