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

int content_word(Text word, PyObject **shared)
{
    *shared = NULL;
    if (word.size < LEAST || is_function_word(word)) return 0;
    PyObject *made = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, word.at, word.size);
    if (made) *shared = PyObject_CallOneArg(intern, made);
    Py_XDECREF(made);
    return *shared ? 0 : -1;
}
