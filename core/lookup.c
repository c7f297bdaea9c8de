/* Which patterns a line may have, by its beginning, words, marks and size. The definition: `cleaner.fast.dispatch`. */
#include "lookup.h"
#include <string.h>

#define FEW 512

/* What is found out about one line. Sets of loose entries by their places; of needs, first ones and second ones. */
typedef struct {
    const Lookup *lookup;
    const Line *line;
    uint64_t may[MAX_BLOCKS], met[2][MAX_BLOCKS], perhaps[2][MAX_BLOCKS];
    Pair *led; /* texts to look for, by what words lead to */
    size_t led_count, led_room;
    Pair own_room[FEW];
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

static int lead(Search *search, const Table *table, uint64_t hash, const Py_UCS4 *at, Py_ssize_t size)
{
    const Slot *slot = table_find(table, hash, at, size);
    if (!slot) return 0;
    const Pair *pair = search->lookup->pairs + slot->first;
    for (uint32_t i = 0; i < slot->count; i++, pair++)
        if (push(search, pair->text, pair->need) < 0) return -1;
    return 0;
}

/* What a word leads to: whole, by its first and last letters, by two letters inside. */
static int lead_word(Search *search, Text word)
{
    const Lookup *lookup = search->lookup;
    Py_ssize_t key = word.size < KEY ? word.size : KEY;
    uint64_t start = text_hash(word.at, key);
    uint64_t whole = word.size == key ? start : text_hash(word.at, word.size);
    const Py_UCS4 *tail = word.at + word.size - key;
    if (lead(search, &lookup->words, whole, word.at, word.size) < 0 ||
        lead(search, &lookup->starts, start, word.at, key) < 0 ||
        lead(search, &lookup->ends, text_hash(tail, key), tail, key) < 0)
        return -1;
    for (const Py_UCS4 *at = word.at; at + 1 < word.at + word.size; at++) {
        const Slot *slot = table_find(&lookup->inner, text_hash(at, 2), at, 2);
        if (!slot) continue;
        const Inner *inner = lookup->inners + slot->first;
        for (uint32_t i = 0; i < slot->count; i++, inner++)
            if (text_has(word, lookup->texts[inner->part].text) && push(search, inner->text, inner->need) < 0) return -1;
    }
    return 0;
}

static int lead_mark(Search *search, Py_UCS4 c)
{
    uint64_t hash = text_hash(&c, 1);
    if (!table_find(&search->lookup->marked, hash, &c, 1)) return 0;
    if (lead(search, &search->lookup->marked, hash, &c, 1) < 0) return -1;
    return is_word(c) ? lead_word(search, (Text){&c, 1}) : 0;
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
    for (Py_ssize_t i = 0, start; i < low.size; i++) {
        for (start = i; i < low.size && is_word(low.at[i]);) i++;
        if (i > start && lead_word(search, (Text){low.at + start, i - start}) < 0) return -1;
    }
    return 0;
}

static int holds(const Lookup *lookup, const Line *line, uint32_t text)
{
    const Known *known = lookup->texts + text;
    for (int i = 0; known->text.size > 1 && i < SOME_PAIRS; i++)
        if (!has_bit(line->pairs, known->pairs[i])) return 0;
    Asked *asked = lookup->memo + text;
    if (asked->line != lookup->lines) *asked = (Asked){lookup->lines, text_has(line->low, known->text)};
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
    size_t blocks = lookup->blocks, any = 0;
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

static int may_have(const Lookup *lookup, const Line *line, const Entry *entry)
{
    if (line->low.size < entry->least || line->low.size > entry->most) return 0;
    if (line->count < entry->fewest || line->count > entry->many) return 0;
    return !entry->marks || has_mark(lookup, line, entry->marks - 1);
}

static int has_text(const Lookup *lookup, const Line *line, const Entry *entry)
{
    for (uint32_t i = 0; i < entry->text_count; i++)
        if (holds(lookup, line, lookup->needed[entry->texts + i])) return 1;
    return !entry->text_count;
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
        if (has_text(lookup, search->line, lookup->entries + number) && add(found, number) < 0) return -1;
    }
    return 0;
}

static int add_headed(const Lookup *lookup, const Line *line, Numbers *found)
{
    Py_UCS4 head[HEAD];
    for (Py_ssize_t size = 0; size < HEAD && size < line->low.size;) {
        Py_UCS4 c = line->low.at[size];
        head[size++] = chars_kind(c) & DECIMAL ? '0' : c;
        const Slot *slot = table_find(&lookup->heads, text_hash(head, size), head, size);
        if (!slot) continue;
        for (uint32_t i = 0; i < slot->count; i++) {
            uint32_t number = lookup->headed[slot->first + i];
            const Entry *entry = lookup->entries + number;
            if (may_have(lookup, line, entry) && has_text(lookup, line, entry) && add(found, number) < 0) return -1;
        }
    }
    return 0;
}

int lookup_may(Lookup *lookup, const Line *line, Numbers *found)
{
    lookup->lines++;
    found->at = found->own_room;
    found->count = 0;
    found->room = sizeof found->own_room / sizeof *found->own_room;
    Search search;
    search.lookup = lookup;
    search.line = line;
    search.led = search.own_room;
    search.led_count = 0;
    search.led_room = FEW;
    int some = loose(&search);
    int bad = some < 0 || (some && add_loose(&search, found) < 0) || add_headed(lookup, line, found) < 0;
    if (search.led != search.own_room) PyMem_Free(search.led);
    if (bad) numbers_free(found);
    return bad ? -1 : 0;
}
