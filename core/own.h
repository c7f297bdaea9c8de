/* Names of own signals, and the patterns that are asked of Python. */
#ifndef CLEANER_OWN_H
#define CLEANER_OWN_H

#include "core.h"

#define SIGNALS(X) \
    X(WORDS_1, "words-1") X(WORDS_2_3, "words-2-3") X(WORDS_4_7, "words-4-7") X(WORDS_8_14, "words-8-14") \
    X(WORDS_15_29, "words-15-29") X(WORDS_30, "words-30") X(SHORT, "short") X(MEDIUM, "medium") X(NO_WORDS, "no-words") \
    X(STOP, "stop") X(QUESTION, "question") X(EXCLAIM, "exclaim") X(COLON, "colon") X(COMMA, "comma") \
    X(ELLIPSIS, "ellipsis") X(ARROW, "arrow") X(CAPS, "caps") X(TITLE_CASE, "title") X(LOWER_START, "lower-start") \
    X(ANY_DIGIT, "digit") X(DIGIT_START, "digit-start") X(YEAR, "year") X(MONEY, "money") X(SEPARATOR, "separator") \
    X(URL, "url") X(EMAIL, "email") X(HANDLE, "handle") X(COPYRIGHT, "copyright") X(QUOTE, "quote") X(BRACKET, "bracket") \
    X(BULLET, "bullet") X(LINK, "link") X(HEADING, "heading") X(TABLE_ROW, "table") X(POOR, "poor") X(RICH, "rich") \
    X(SENTENCE, "sentence") X(PROSE, "prose") X(LONG_PROSE, "long-prose") X(TWO_SENTENCES, "two-sentences") X(CODE, "code")

#define X(name, text) name,
enum { SIGNALS(X) SIGNAL_COUNT };
#undef X

/* Those of `text.form`'s patterns that are asked of few lines, in the order in which Python hands them over. */
enum { MONEY_SIGN, URL_FORM, EMAIL_FORM, HANDLE_FORM, LINK_ONLY, TABLE, CODE_SIGNS, CODE_WORD, CODE_FORM, PATTERN_COUNT };

extern uint64_t own_bits[SIGNAL_COUNT];
#define B(name) own_bits[name]

/* Whether a pattern hits; -1: an exception is set. */
int asked(int pattern, PyObject *text);
/* Adds the signals of marks, digits and addresses. -1: an exception is set. */
int mark_signals(const Line *line, PyObject *low, uint64_t *bits);

#endif
