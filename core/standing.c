/* Which rules stand on each line, as far as its place and the text's language let them. The definition:
 * `Finder._standing` in `cleaner.evidence.findings`.
 */
#include "judge.h"

PyObject *case_texts(Case *scene)
{
    if (!scene->texts) {
        PyObject *before = scene->texts_before ? scene->texts_before : Py_None;
        scene->texts = PyObject_CallFunctionObjArgs(scene->judge->texts, scene->lines, before, NULL);
    }
    return scene->texts;
}

/* What is left of a rule that asks for the language: it, another, or NULL with an exception set. */
static const Row *heard(Case *scene, Row *row, PyObject **spoken)
{
    if (!*spoken) {
        PyObject *texts = case_texts(scene);
        if (!texts || !(*spoken = PyObject_GetAttrString(texts, "languages"))) return NULL;
    }
    if (!PyAnySet_Check(*spoken)) {
        PyErr_SetString(PyExc_TypeError, "languages are a set");
        return NULL;
    }
    if (!PySet_GET_SIZE(*spoken)) return row;
    int has = PySet_Contains(*spoken, row->language);
    if (has) return has < 0 ? NULL : row;
    if (!row->lessened) {
        PyObject *less = PyObject_CallFunctionObjArgs(scene->judge->heard, row->rule, *spoken, NULL);
        Row *found = less ? row_of(scene->judge, less) : NULL;
        Py_XDECREF(less);
        if (!found) return NULL;
        row->lessened = found;
    }
    return row->lessened;
}

/* 1: a notice is glued to sentences there; 0: none; -1. */
static int is_glued(Case *scene, Py_ssize_t i)
{
    const Names *is = &scene->judge->is;
    Shown *shown = scene->at + i;
    if (!(shown->own & (is->words_15_29.bits[0] | is->words_30.bits[0]))) return 0;
    if (PyUnicode_GET_LENGTH(shown->low) < (Py_ssize_t)scene->judge->of.glued_length) return 0;
    PyObject *texts = case_texts(scene), *number = texts ? PyLong_FromSsize_t(i) : NULL;
    PyObject *span = number ? PyObject_CallFunctionObjArgs(scene->judge->glued, texts, number, NULL) : NULL;
    Py_XDECREF(number);
    if (!span) return -1;
    Py_DECREF(span);
    return span != Py_None;
}

static int stand(Case *scene, Py_ssize_t i, PyObject **spoken)
{
    Shown *shown = scene->at + i;
    Rows *standing = &shown->standing;
    int against = 0;
    for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(shown->rules); k++) {
        Row *row = row_of(scene->judge, PyTuple_GET_ITEM(shown->rules, k));
        if (!row) return -1;
        if (!holds(&row->form, shown->here) || shown->repeats < row->repeat) continue;
        const Row *left = row;
        if (row->language && !(left = heard(scene, row, spoken))) return -1;
        if (rows_add(standing, left) < 0) return -1;
        against |= left->score > 0;
    }
    int glued = against ? is_glued(scene, i) : 0;
    if (glued < 0) return -1;
    if (glued) {
        size_t left = 0;
        for (size_t k = 0; k < standing->count; k++)
            if (standing->at[k]->score <= 0) standing->at[left++] = standing->at[k];
        standing->count = left;
    }
    return 0;
}

int standing_find(Case *scene)
{
    PyObject *spoken = PySet_GET_SIZE(scene->judge->chosen) ? Py_NewRef(scene->judge->chosen) : NULL;
    int bad = 0;
    for (Py_ssize_t i = 0; !bad && i < scene->n; i++)
        if (PyTuple_GET_SIZE(scene->at[i].rules)) bad = stand(scene, i, &spoken) < 0;
    Py_XDECREF(spoken);
    return bad ? -1 : records_part(scene);
}
