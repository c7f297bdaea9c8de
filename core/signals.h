/* Signals of a line, and forms that ask for them. The definitions: `cleaner.text.signals`, `cleaner.evidence.form_rules`. */
#ifndef CLEANER_SIGNALS_H
#define CLEANER_SIGNALS_H

#include "core.h"

typedef struct {
    uint64_t bits[2];
} Signals;

static inline Signals both(Signals a, Signals b)
{
    Signals out = {{a.bits[0] | b.bits[0], a.bits[1] | b.bits[1]}};
    return out;
}
static inline void add(Signals *to, Signals more) { *to = both(*to, more); }
static inline int meet(Signals a, Signals b) { return (a.bits[0] & b.bits[0]) || (a.bits[1] & b.bits[1]); }
static inline int same(Signals a, Signals b) { return a.bits[0] == b.bits[0] && a.bits[1] == b.bits[1]; }
static inline Signals among(Signals a, Signals b)
{
    Signals out = {{a.bits[0] & b.bits[0], a.bits[1] & b.bits[1]}};
    return out;
}

/* From and to a Python integer: 0, or -1 with an exception set; a new reference, or NULL. */
int signals_of(PyObject *number, Signals *signals);
PyObject *signals_number(Signals signals);

/* What a rule asks for: all of `must`, none of `never`, and if there are `zones` one of those. As `binding.forms` packs it. */
typedef struct {
    Signals must, never, zones;
} Form;

static inline int holds(const Form *form, Signals line)
{
    uint64_t wrong = (form->must.bits[0] & ~line.bits[0]) | (form->must.bits[1] & ~line.bits[1]);
    if (wrong || meet(form->never, line)) return 0;
    return !(form->zones.bits[0] | form->zones.bits[1]) || meet(form->zones, line);
}

typedef struct {
    PyObject_HEAD
    PyObject *packed, *packed_scores; /* keep what the next two point into */
    const Form *forms;
    const double *scores;
    size_t count;
    Signals context; /* those that change while a document is judged */
} Forms;

double forms_add(const Forms *forms, Signals line);
double forms_at_most(const Forms *forms, Signals line);

#endif
