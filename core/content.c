/* The content words of a line: what tells its topic. The definition: `line_memo.Seen.content`. */
#include "core.h"

#define LEAST 4 /* letters of the shortest */

static PyObject *intern; /* `sys.intern`: a corpus has many lines, but not so many words */

int content_setup(void)
{
    PyObject *sys = PyImport_ImportModule("sys");
    PyObject *found = sys ? PyObject_GetAttrString(sys, "intern") : NULL;
    Py_XDECREF(sys);
    if (!found) return -1;
    Py_XSETREF(intern, found);
    return 0;
}

static int add(PyObject *words, Text word)
{
    PyObject *made = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, word.at, word.size);
    PyObject *shared = made ? PyObject_CallOneArg(intern, made) : NULL;
    int bad = !shared || PySet_Add(words, shared) < 0;
    Py_XDECREF(made);
    Py_XDECREF(shared);
    return bad ? -1 : 0;
}

PyObject *content_words(const Line *line)
{
    Text low = line->low;
    PyObject *words = PySet_New(NULL);
    for (Py_ssize_t i = 0, start; words && i < low.size; i++) {
        for (start = i; i < low.size && chars_kind(low.at[i]) & ALNUM;) i++;
        Text word = {low.at + start, i - start};
        if (word.size >= LEAST && !is_function_word(word) && add(words, word) < 0) Py_CLEAR(words);
    }
    PyObject *made = words ? PySequence_Tuple(words) : NULL;
    Py_XDECREF(words);
    return made;
}
