/* Names of attributes as interned texts: Python finds those at once, and has to look for any other. */
#include "core.h"

#define NAME(name) #name,
static const char *const spelled[] = {ATTRIBUTES(NAME)};
#undef NAME
static PyObject *names[ATTRIBUTE_COUNT];

int attributes_setup(void)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        if (!names[i] && !(names[i] = PyUnicode_InternFromString(spelled[i]))) return -1;
    return 0;
}

PyObject *attribute_of(PyObject *from, Attribute name) { return PyObject_GetAttr(from, names[name]); }

PyObject *attribute_call(PyObject *of, Attribute name, PyObject *with)
{
    return PyObject_CallMethodObjArgs(of, names[name], with, NULL);
}
