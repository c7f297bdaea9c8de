/* Attributes of Python's objects, by interned names; those of facts, of which a document has many, right where the object
 * holds them. */
#include "core.h"
#include <string.h>
#include <structmember.h>

#define NAME(name) #name,
static const char *const spelled[] = {ATTRIBUTES(NAME)};
#undef NAME
static PyObject *names[ATTRIBUTE_COUNT];

/* Where objects of a type hold an attribute; no type: nowhere that is known. */
static struct {
    PyTypeObject *type;
    Py_ssize_t offset;
} places[ATTRIBUTE_COUNT];
static PyTypeObject *facts_type;

int attributes_setup(void)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        if (!names[i] && !(names[i] = PyUnicode_InternFromString(spelled[i]))) return -1;
    return 0;
}

/* Learns where a type holds attributes, from `first` up to `last`: all must be its slots. */
static int learn(PyTypeObject *type, int first, int last)
{
    for (int i = first; i <= last; i++) {
        PyObject *found = PyObject_GetAttr((PyObject *)type, names[i]);
        if (!found) return -1;
        const PyMemberDef *member = Py_TYPE(found) == &PyMemberDescr_Type ? ((PyMemberDescrObject *)found)->d_member : NULL;
        Py_ssize_t offset = member && member->type == T_OBJECT_EX ? member->offset : 0;
        Py_DECREF(found);
        if (offset < (Py_ssize_t)sizeof(PyObject) || offset + (Py_ssize_t)sizeof(PyObject *) > type->tp_basicsize) {
            PyErr_Format(PyExc_TypeError, "%s has no slot %s", type->tp_name, spelled[i]);
            return -1;
        }
        places[i].type = type;
        places[i].offset = offset;
    }
    return 0;
}

int slots_setup(PyObject *facts)
{
    if (facts_type == (PyTypeObject *)facts) return 0;
    if (!PyType_Check(facts)) {
        PyErr_SetString(PyExc_TypeError, "facts are told by their type");
        return -1;
    }
    if (learn((PyTypeObject *)facts, OF_raw, OF_notice) < 0) {
        memset(places, 0, sizeof places);
        return -1;
    }
    Py_INCREF(facts);
    Py_XSETREF(facts_type, (PyTypeObject *)facts);
    return 0;
}

PyObject *facts_new(void)
{
    if (facts_type) return facts_type->tp_alloc(facts_type, 0);
    PyErr_SetString(PyExc_TypeError, "the core is not told of facts");
    return NULL;
}

void slot_put(PyObject *made, Attribute name, PyObject *value)
{
    *(PyObject **)((char *)made + places[name].offset) = value;
}

PyObject *attribute_of(PyObject *from, Attribute name)
{
    if (places[name].type == Py_TYPE(from)) {
        PyObject *held = *(PyObject **)((char *)from + places[name].offset);
        if (held) return Py_NewRef(held);
    }
    return PyObject_GetAttr(from, names[name]);
}

PyObject *attribute_call(PyObject *of, Attribute name, PyObject *with)
{
    return PyObject_CallMethodObjArgs(of, names[name], with, NULL);
}
