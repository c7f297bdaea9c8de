/* Attributes of Python's objects, by interned names; those of facts, of which a document has many, right where the object
 * holds them. */
#include "core.h"
#include <string.h>
#include <structmember.h>

#define NAME(name) #name,
static const char *const spelled[] = {ATTRIBUTES(NAME)};
#undef NAME
static PyObject *names[ATTRIBUTE_COUNT];

/* Where facts hold an attribute; 0: nowhere that is known. */
static Py_ssize_t offsets[ATTRIBUTE_COUNT];
static PyTypeObject *facts_type;

int attributes_setup(void)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        if (!names[i] && !(names[i] = PyUnicode_InternFromString(spelled[i]))) return -1;
    return 0;
}

/* Finds where a type holds the attributes of facts: all must be its own slots. */
static int find_slots(PyTypeObject *type, Py_ssize_t *found_at)
{
    for (int i = OF_raw; i <= OF_notice; i++) {
        PyObject *found = PyObject_GetAttr((PyObject *)type, names[i]);
        if (!found) return -1;
        const PyMemberDef *member = Py_TYPE(found) == &PyMemberDescr_Type ? ((PyMemberDescrObject *)found)->d_member : NULL;
        int is_its = member && member->type == T_OBJECT_EX && PyType_IsSubtype(type, PyDescr_TYPE(found));
        Py_ssize_t offset = is_its ? member->offset : 0;
        Py_DECREF(found);
        if (offset < (Py_ssize_t)sizeof(PyObject) || offset + (Py_ssize_t)sizeof(PyObject *) > type->tp_basicsize) {
            PyErr_Format(PyExc_TypeError, "%s has no slot %s", type->tp_name, spelled[i]);
            return -1;
        }
        found_at[i] = offset;
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
    Py_ssize_t found_at[ATTRIBUTE_COUNT] = {0};
    if (find_slots((PyTypeObject *)facts, found_at) < 0) return -1;
    memcpy(offsets, found_at, sizeof offsets);
    Py_INCREF(facts);
    Py_XSETREF(facts_type, (PyTypeObject *)facts);
    return 0;
}

PyObject *facts_new(void)
{
    return facts_type->tp_alloc(facts_type, 0);
}

void slot_put(PyObject *made, Attribute name, PyObject *value)
{
    *(PyObject **)((char *)made + offsets[name]) = value;
}

int is_told(PyObject *some)
{
    if (PyTuple_Check(some) && PyTuple_GET_SIZE(some) == TOLD && PyTuple_Check(PyTuple_GET_ITEM(some, RULES))) return 1;
    PyErr_SetString(PyExc_TypeError, "rules say four things of a line");
    return 0;
}

PyObject *attribute_of(PyObject *from, Attribute name)
{
    if (offsets[name] && Py_TYPE(from) == facts_type) {
        PyObject *held = *(PyObject **)((char *)from + offsets[name]);
        if (held) return Py_NewRef(held);
    }
    return PyObject_GetAttr(from, names[name]);
}

PyObject *attribute_call(PyObject *of, Attribute name, PyObject *with)
{
    return PyObject_CallMethodObjArgs(of, names[name], with, NULL);
}
