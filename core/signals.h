/* Signals of a line, and what hangs on them. The definitions: `cleaner.text.signals`, `cleaner.evidence.form_rules`,
 * `cleaner.evidence.surroundings`. Functions return 0, or -1 with an exception set, where nothing else is said.
 */
#ifndef CLEANER_SIGNALS_H
#define CLEANER_SIGNALS_H

#include "core.h"

typedef struct {
    uint64_t bits[2];
} Signals;

static inline Signals both(Signals a, Signals b) { return (Signals){{a.bits[0] | b.bits[0], a.bits[1] | b.bits[1]}}; }
static inline Signals among(Signals a, Signals b) { return (Signals){{a.bits[0] & b.bits[0], a.bits[1] & b.bits[1]}}; }
static inline Signals without(Signals a, Signals b) { return (Signals){{a.bits[0] & ~b.bits[0], a.bits[1] & ~b.bits[1]}}; }
static inline int same(Signals a, Signals b) { return a.bits[0] == b.bits[0] && a.bits[1] == b.bits[1]; }
static inline int meet(Signals a, Signals b) { return (a.bits[0] & b.bits[0]) || (a.bits[1] & b.bits[1]); }
static inline void add(Signals *to, Signals more) { *to = both(*to, more); }

/* Whether a fact is a tuple, as all that are parsed must be; sets the exception if it is not. */
static inline int is_fact(PyObject *fact)
{
    if (PyTuple_Check(fact)) return 1;
    PyErr_SetString(PyExc_TypeError, "facts come in a tuple");
    return 0;
}

/* From a Python integer; and to one: a new reference, or NULL. */
int signals_of(PyObject *number, Signals *signals);
PyObject *signals_number(Signals signals);

/* ---- forms.c: what rules without a pattern say ---- */

/* What a rule asks for: all of `must`, none of `never`, and if there are `zones` one of those. */
typedef struct {
    Signals must, never, zones;
    double score;
} Form;
typedef struct {
    Form *at;
    size_t count;
} Forms;

/* All of it but the zones. */
static inline int suits(const Form *form, Signals line)
{
    return same(among(form->must, line), form->must) && !meet(form->never, line);
}

static inline int holds(const Form *form, Signals line)
{
    Signals none = {{0, 0}};
    return suits(form, line) && (same(form->zones, none) || meet(form->zones, line));
}

int forms_take(PyObject *facts, Forms *forms);
void forms_free(Forms *forms);
/* What they add to a line; and the most that they could once the signals of `context` are known. */
double forms_add(const Forms *forms, Signals line);
double forms_at_most(const Forms *forms, Signals context, Signals line);

/* ---- around.c: what the lines around weigh ---- */

enum { MOST_LEVELS = 8, MOST_REACHES = 8 };
typedef struct {
    Py_ssize_t lines, count;
    double least[MOST_LEVELS];
    Signals signals[MOST_LEVELS];
} Reach;
typedef struct {
    Reach at[MOST_REACHES];
    Py_ssize_t count;
} Reaches;

int reaches_take(PyObject *facts, Reaches *reaches);
/* Adds them to the `bits` of `n` lines, which weigh `scores` by themselves; `sums`: room for one more than these. */
void around_add(const Reaches *reaches, const double *scores, double *sums, Py_ssize_t n, Signals *bits);

#endif
