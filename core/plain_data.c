/* Plain data read from bytes. The definition: `cleaner.fast.plain_data.loads`. */
#include "core.h"
#include <string.h>

#define DEEPEST 20

typedef struct {
    const unsigned char *at, *end;
} Data;

static PyObject *torn(void)
{
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "torn data");
    return NULL;
}

static uint64_t number(Data *data, size_t size)
{
    uint64_t found = 0;
    for (size_t i = 0; i < size; i++) found |= (uint64_t)data->at[i] << 8 * i;
    data->at += size;
    return found;
}

static size_t left(const Data *data) { return (size_t)(data->end - data->at); }

static PyObject *take(Data *data, int deep);

/* So many items, in a tuple or a list. */
static PyObject *take_items(Data *data, size_t count, int list, int deep)
{
    if (count > left(data)) return torn(); /* each takes a byte at least: no memory for what a damaged number asks for */
    PyObject *made = list ? PyList_New((Py_ssize_t)count) : PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; made && i < count; i++) {
        PyObject *item = take(data, deep);
        if (!item)
            Py_CLEAR(made);
        else if (list)
            PyList_SET_ITEM(made, (Py_ssize_t)i, item);
        else
            PyTuple_SET_ITEM(made, (Py_ssize_t)i, item);
    }
    return made;
}

static PyObject *take_dict(Data *data, size_t count, int deep)
{
    PyObject *made = PyDict_New();
    for (size_t i = 0; made && i < count; i++) {
        PyObject *key = take(data, deep), *value = key ? take(data, deep) : NULL;
        if (!value || PyDict_SetItem(made, key, value) < 0) Py_CLEAR(made);
        Py_XDECREF(key);
        Py_XDECREF(value);
    }
    return made;
}

static PyObject *take(Data *data, int deep)
{
    if (!left(data)) return torn();
    unsigned char kind = *data->at++;
    switch (kind) {
    case 'N': Py_RETURN_NONE;
    case 'T': Py_RETURN_TRUE;
    case 'F': Py_RETURN_FALSE;
    case 'i':
        return left(data) < 8 ? torn() : PyLong_FromLongLong((long long)number(data, 8));
    case 'd': {
        if (left(data) < 8) return torn();
        uint64_t bits = number(data, 8);
        double value;
        memcpy(&value, &bits, sizeof value);
        return PyFloat_FromDouble(value);
    }
    case 'I': case 's': case 'y': case '(': case '[': case '{': break;
    default:
        return torn();
    }
    if (left(data) < 4) return torn();
    size_t count = number(data, 4);
    if (kind == '(' || kind == '[') return deep ? take_items(data, count, kind == '[', deep - 1) : torn();
    if (kind == '{') return deep ? take_dict(data, count, deep - 1) : torn();
    if (count > left(data)) return torn();
    const char *from = (const char *)data->at;
    data->at += count;
    if (kind == 'y') return PyBytes_FromStringAndSize(from, (Py_ssize_t)count);
    if (kind == 's') return PyUnicode_DecodeUTF8(from, (Py_ssize_t)count, "surrogatepass");
    return PyObject_CallMethod((PyObject *)&PyLong_Type, "from_bytes", "y#s", from, (Py_ssize_t)count, "little");
}

PyObject *plain_data_loads(PyObject *module, PyObject *given)
{
    (void)module;
    Py_buffer buffer;
    if (PyObject_GetBuffer(given, &buffer, PyBUF_SIMPLE) < 0) return NULL;
    Data data = {buffer.buf, (const unsigned char *)buffer.buf + buffer.len};
    PyObject *found = take(&data, DEEPEST);
    if (found && left(&data)) {
        Py_CLEAR(found);
        torn();
    }
    PyBuffer_Release(&buffer);
    return found;
}
