/* Whether a line speaks of what the document's prose speaks of. The definition: `cleaner.evidence.topic`. */
#include "judge.h"

static PyObject *content_of(PyObject *facts)
{
    PyObject *words = PyObject_GetAttrString(facts, "content");
    if (words && !PyTuple_Check(words)) {
        PyErr_SetString(PyExc_TypeError, "content words are a tuple");
        Py_CLEAR(words);
    }
    return words;
}

/* The content words of all prose, as a set. */
static int collect(Case *scene)
{
    if (scene->said) return 0;
    PyObject *said = PySet_New(NULL);
    for (Py_ssize_t k = 0; said && k < PyList_GET_SIZE(scene->prose); k++) {
        PyObject *words = content_of(PyList_GET_ITEM(scene->prose, k));
        if (!words) Py_CLEAR(said);
        for (Py_ssize_t w = 0; said && w < PyTuple_GET_SIZE(words); w++)
            if (PySet_Add(said, PyTuple_GET_ITEM(words, w)) < 0) Py_CLEAR(said);
        Py_XDECREF(words);
    }
    scene->said = said;
    return said ? 0 : -1;
}

static int ask(Case *scene, Shown *shown)
{
    shown->topic = 0;
    if (shown->own & scene->judge->is.prose.bits[0]) return 0;
    PyObject *words = content_of(shown->facts);
    if (!words) return -1;
    Py_ssize_t all = PyTuple_GET_SIZE(words), known = 0;
    int bad = all && collect(scene) < 0;
    for (Py_ssize_t w = 0; !bad && w < all; w++) {
        int has = PySet_Contains(scene->said, PyTuple_GET_ITEM(words, w));
        bad = has < 0;
        known += has > 0;
    }
    Py_DECREF(words);
    if (bad) return -1;
    if (all) {
        double share = (double)known / (double)all;
        shown->topic = share <= 0.25 ? 1 : share >= 0.75 ? 2 : 0;
    }
    return 0;
}

int topic_of(Case *scene, Py_ssize_t i, Signals *bits)
{
    Shown *shown = scene->at + i;
    if (shown->topic < 0 && ask(scene, shown) < 0) return -1;
    if (shown->topic == 1) add(bits, scene->judge->is.foreign);
    if (shown->topic == 2) add(bits, scene->judge->is.topical);
    return 0;
}
