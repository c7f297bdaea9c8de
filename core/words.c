/* What words lead to, found out once for each: a text has many words, but few that are new. The definition:
 * `dispatch.FastMatcher._for_word`. */
#include "lookup.h"
#include <string.h>

#define WORDS (1 << 16) /* places; when three quarters of them are taken, all words are forgotten */
#define MOST_LETTERS (1 << 20)
#define MOST_PAIRS (1 << 18)
#define FIRST_ITEMS 1024 /* of letters and of pairs, room at first */

struct Words {
    void *room; /* of the slots, which begin with a line of the cache */
    Word *slots;
    size_t count;
    Py_UCS4 *letters;
    size_t letter_count, letter_room;
    Pair *pairs;
    size_t pair_count, pair_room;
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
    words->count = words->letter_count = words->pair_count = 0;
    words->times++;
}

size_t words_forgotten(const Words *words) { return words->times; }

void words_free(Words *words)
{
    if (!words) return;
    if (words->slots) forget(words);
    PyMem_Free(words->room);
    PyMem_Free(words->letters);
    PyMem_Free(words->pairs);
    PyMem_Free(words);
}

const Pair *word_pairs(const Words *words, const Word *word) { return words->pairs + word->first; }

static int add(Words *words, uint32_t text, uint32_t need)
{
    if (room_for((void **)&words->pairs, &words->pair_room, words->pair_count, 1, FIRST_ITEMS, sizeof *words->pairs) < 0) return -1;
    words->pairs[words->pair_count++] = (Pair){text, need};
    return 0;
}

static int add_keyed(const Lookup *lookup, const Index *index, uint64_t hash)
{
    const Place *place = index_find(index, hash);
    if (!place) return 0;
    const Pair *pair = lookup->pairs + place->first;
    for (uint32_t i = 0; i < place->count; i++, pair++)
        if (add(lookup->seen, pair->text, pair->need) < 0) return -1;
    return 0;
}

/* What a word leads to: whole, by its first and last letters, by two letters inside. */
static int add_all(const Lookup *lookup, Text word, uint64_t whole)
{
    Py_ssize_t key = word.size < KEY ? word.size : KEY;
    const Py_UCS4 *tail = word.at + word.size - key;
    if (add_keyed(lookup, &lookup->words, whole) < 0 || add_keyed(lookup, &lookup->starts, text_hash(word.at, key)) < 0 ||
        add_keyed(lookup, &lookup->ends, text_hash(tail, key)) < 0)
        return -1;
    for (const Py_UCS4 *at = word.at; at + 1 < word.at + word.size; at++) {
        const Place *place = index_find(&lookup->inner, text_hash(at, 2));
        if (!place) continue;
        const Inner *inner = lookup->inners + place->first;
        for (uint32_t i = 0; i < place->count; i++, inner++)
            if (text_has(word, text_of(lookup, inner->part)) && add(lookup->seen, inner->text, inner->need) < 0) return -1;
    }
    return 0;
}

/* Puts those pairs first whose text stands in the word itself. Returns how many they are. */
static size_t sorted(const Lookup *lookup, Pair *pairs, size_t count, Text word)
{
    size_t held = 0;
    for (size_t i = 0; i < count; i++) {
        if (!text_has(word, text_of(lookup, pairs[i].text))) continue;
        Pair pair = pairs[i];
        pairs[i] = pairs[held];
        pairs[held++] = pair;
    }
    return held;
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
    size_t first = words->pair_count;
    Word new = {.hash = hash, .letters = (uint32_t)words->letter_count, .first = (uint32_t)first, .parted = (unsigned)is_parted(word)};
    if (put_near(&new, word)) new.letters = HERE;
    if (room_for((void **)&words->letters, &words->letter_room, words->letter_count, (size_t)word.size, FIRST_ITEMS, sizeof *words->letters) < 0 ||
        add_all(lookup, word, hash) < 0 || (!new.parted && content_word(word, &new.content) < 0)) {
        words->pair_count = first;
        return NULL;
    }
    if (new.letters != HERE) {
        memcpy(words->letters + new.letters, word.at, (size_t)word.size * sizeof *word.at);
        words->letter_count += (size_t)word.size;
    }
    new.size = (uint32_t)word.size & INT32_MAX;
    new.count = (uint32_t)(words->pair_count - first);
    if (new.count) new.held = (uint32_t)sorted(lookup, words->pairs + first, new.count, word);
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

void pairs_soon(const Words *words, uint64_t hash)
{
    const Word *slot = words->slots + (hash & (WORDS - 1));
    if (slot->hash != hash) return;
    if (slot->count) SOON(words->pairs + slot->first);
    if (slot->content) SOON(slot->content);
}

Word *word_of(const Lookup *lookup, Text word, uint64_t hash)
{
    Words *words = lookup->seen;
    if (words->count >= WORDS / 4 * 3 || words->letter_count > MOST_LETTERS || words->pair_count > MOST_PAIRS) forget(words);
    size_t i = hash & (WORDS - 1);
    for (; words->slots[i].size; i = (i + 1) & (WORDS - 1)) {
        Word *slot = words->slots + i;
        if (slot->hash == hash && slot->size == (size_t)word.size && is_word_of(words, slot, word)) return slot;
    }
    return made(lookup, word, hash, words->slots + i);
}
