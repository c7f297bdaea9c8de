/* What words lead to, found out once for each: a text has many words, but few that are new. The definition:
 * `dispatch.FastMatcher._for_word`. */
#include "lookup.h"
#include <string.h>

#define WORDS (1 << 16) /* places; when three quarters of them are taken, all words are forgotten */
#define MOST_LETTERS (1 << 20)
#define MOST_LEADS (1 << 18)
#define FIRST_ITEMS 1024 /* of letters and of leads, room at first */

struct Words {
    void *room; /* of the slots, which begin with a line of the cache */
    Word *slots;
    size_t count;
    Py_UCS4 *letters;
    size_t letter_count, letter_room;
    Lead *leads;
    size_t lead_count, lead_room;
    size_t times; /* how often all words were forgotten */
};

Words *words_new(void)
{
    Words *words = PyMem_Calloc(1, sizeof *words);
    if (words && (words->room = PyMem_Calloc(WORDS + 1, sizeof *words->slots))) {
        words->slots = cache_line_in(words->room);
        return words;
    }
    words_free(words);
    PyErr_NoMemory();
    return NULL;
}

static void forget(Words *words)
{
    for (size_t i = 0; words->count && i < WORDS; i++) Py_XDECREF(words->slots[i].content);
    memset(words->slots, 0, WORDS * sizeof *words->slots);
    words->count = words->letter_count = words->lead_count = 0;
    words->times++;
}

size_t words_forgotten(const Words *words) { return words->times; }

void words_free(Words *words)
{
    if (!words) return;
    if (words->slots) forget(words);
    PyMem_Free(words->room);
    PyMem_Free(words->letters);
    PyMem_Free(words->leads);
    PyMem_Free(words);
}

const Lead *word_leads(const Words *words, const Word *word) { return words->leads + word->first; }

/* Whether a text that begins at `from`, counted from a word's beginning, is what the word is, as far as both reach; `whole`: and has the
 * ends of the word for ends of words. */
static int fits(Text text, Text word, Py_ssize_t from, int whole)
{
    Py_ssize_t end = from + text.size < word.size ? from + text.size : word.size;
    for (Py_ssize_t i = from > 0 ? from : 0; i < end; i++)
        if (text.at[i - from] != word.at[i]) return 0;
    return !whole || !(is_word(at(text, -1 - from)) || is_word(at(text, word.size - from)));
}

/* The letter of a text by which it is soonest told whether it stands around a word: far out, since next to a word are spaces. */
static Py_ssize_t telling(Text text, Text word, Py_ssize_t from)
{
    Py_ssize_t before = -from, behind = from + text.size - word.size;
    return before > 1 || behind < 1 ? 0 : behind > 1 || before < 1 ? text.size - 1 : 0;
}

/* Adds what a key leads to, which is `size` letters of a word from `key` on, and makes `slot` count it. A text is around the word in as many
 * ways as it holds the key. */
static int add_keyed(const Lookup *lookup, const Index *index, Text word, Py_ssize_t key, Py_ssize_t size, int whole, Word *slot)
{
    Words *words = lookup->seen;
    const Place *place = index_find(index, text_hash(word.at + key, size));
    const Pair *pair = place ? lookup->pairs + place->first : NULL;
    for (uint32_t k = 0; place && k < place->count; k++, pair++) {
        Text text = text_of(lookup, pair->text);
        for (Py_ssize_t from = key; from + text.size >= key + size; from--) {
            if (!fits(text, word, from, whole)) continue;
            if (room_for((void **)&words->leads, &words->lead_room, words->lead_count, 1, FIRST_ITEMS, sizeof *words->leads) < 0) return -1;
            Py_ssize_t probe = telling(text, word, from);
            Lead *last = words->leads + words->lead_count++, *first = words->leads + slot->first + slot->held;
            Lead made = {pair->text, pair->need, (int32_t)from, (int32_t)(from + probe), text.at[probe]};
            slot->count++;
            if (from >= 0 && from + text.size <= word.size) {
                *last = *first;
                last = first;
                slot->held++;
            }
            *last = made;
        }
    }
    return 0;
}

/* What a word leads to: whole, by its first and last letters, by two letters inside; what a mark does. */
static int add_all(const Lookup *lookup, Text word, Word *slot)
{
    Py_ssize_t key = word.size < KEY ? word.size : KEY;
    if (add_keyed(lookup, &lookup->words, word, 0, word.size, 1, slot) < 0 || add_keyed(lookup, &lookup->starts, word, 0, key, 1, slot) < 0 ||
        add_keyed(lookup, &lookup->ends, word, word.size - key, key, 1, slot) < 0 ||
        (word.size == 1 && add_keyed(lookup, &lookup->marked, word, 0, 1, 0, slot) < 0))
        return -1;
    for (Py_ssize_t i = 0; i + 1 < word.size; i++)
        if (add_keyed(lookup, &lookup->inner, word, i, 2, 1, slot) < 0) return -1;
    return 0;
}

static int is_parted(Text word)
{
    for (Py_ssize_t i = 0; i < word.size; i++)
        if (word.at[i] == '_') return 1;
    return 0;
}

/* Puts the letters of a word into its slot, if they find room there. */
static int put_near(Word *slot, Text word)
{
    if (word.size > NEAR_LETTERS) return 0;
    for (Py_ssize_t i = 0; i < word.size; i++) {
        if (word.at[i] > 255) return 0;
        slot->near[i] = (unsigned char)word.at[i];
    }
    return 1;
}

static int is_word_of(const Words *words, const Word *slot, Text word)
{
    if (slot->letters != HERE) return !memcmp(words->letters + slot->letters, word.at, (size_t)word.size * sizeof *word.at);
    for (Py_ssize_t i = 0; i < word.size; i++)
        if (slot->near[i] != word.at[i]) return 0;
    return 1;
}

static Word *made(const Lookup *lookup, Text word, uint64_t hash, Word *slot)
{
    Words *words = lookup->seen;
    uint32_t first = (uint32_t)words->lead_count;
    Word new = {.hash = hash, .letters = (uint32_t)words->letter_count, .first = first, .parted = (unsigned)is_parted(word)};
    if (put_near(&new, word)) new.letters = HERE;
    if (room_for((void **)&words->letters, &words->letter_room, words->letter_count, (size_t)word.size, FIRST_ITEMS, sizeof *words->letters) < 0 ||
        add_all(lookup, word, &new) < 0 || (!new.parted && content_word(word, &new.content) < 0)) {
        words->lead_count = first;
        return NULL;
    }
    if (new.letters != HERE) {
        memcpy(words->letters + new.letters, word.at, (size_t)word.size * sizeof *word.at);
        words->letter_count += (size_t)word.size;
    }
    new.size = (uint32_t)word.size & INT32_MAX;
    words->count++;
    *slot = new;
    return slot;
}

#if defined(__GNUC__)
#define SOON(at) __builtin_prefetch(at)
#else
#define SOON(at) (void)(at)
#endif

void word_soon(const Words *words, uint64_t hash) { SOON(words->slots + (hash & (WORDS - 1))); }

void leads_soon(const Words *words, uint64_t hash)
{
    const Word *slot = words->slots + (hash & (WORDS - 1));
    if (slot->hash != hash) return;
    if (slot->count) SOON(words->leads + slot->first);
    if (slot->content) SOON(slot->content);
}

Word *word_of(const Lookup *lookup, Text word, uint64_t hash)
{
    Words *words = lookup->seen;
    if (words->count >= WORDS / 4 * 3 || words->letter_count > MOST_LETTERS || words->lead_count > MOST_LEADS) forget(words);
    size_t i = hash & (WORDS - 1);
    for (; words->slots[i].size; i = (i + 1) & (WORDS - 1)) {
        Word *slot = words->slots + i;
        if (slot->hash == hash && slot->size == (size_t)word.size && is_word_of(words, slot, word)) return slot;
    }
    return made(lookup, word, hash, words->slots + i);
}
