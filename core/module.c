/* The module `cleaner.fast._core`: `setup`; `Looker`, which looks at lines (looker.c); `Judge` and `State` (judge.h). */
#include "judge.h"
#include "lookup.h"

#define INTERFACE 15 /* see `binding._INTERFACE` */

static PyObject *setup(PyObject *module, PyObject *args)
{
    PyObject *chars, *peel, *plain, *words, *bits, *patterns, *sets, *numbers;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!OOO!O!O!(O!O!)", &PyTuple_Type, &chars, &peel, &plain, &PyTuple_Type, &words, &PyDict_Type, &bits,
                          &PyTuple_Type, &patterns, &PyTuple_Type, &sets, &PyTuple_Type, &numbers))
        return NULL;
    if (chars_setup(chars) < 0 || line_setup(peel, plain, words) < 0 || own_setup(bits, patterns) < 0 ||
        sentences_setup(sets, numbers) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *setup_facts(PyObject *module, PyObject *args)
{
    PyObject *facts, *shared;
    unsigned long long two;
    Py_ssize_t length;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOKn", &facts, &shared, &two, &length)) return NULL;
    if (line_facts_setup(facts, shared, two, length) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"setup", setup, METH_VARARGS, "setup(characters, peel, plain, function words, bits of signals, patterns, (sets of\n"
                                    "characters, numbers)): once, before all else."},
    {"setup_facts", setup_facts, METH_VARARGS, "setup_facts(Facts, what hits say, signals, characters): see `cleaner.fast.binding`."},
    {"setup_shapes", shapes_setup, METH_VARARGS, "setup_shapes(...): see `cleaner.fast.binding`."},
    {"loads", plain_data_loads, METH_O, "loads(bytes): as `cleaner.fast.plain_data.loads`."},
    {"shapes", shapes_of, METH_O, "shapes(raws): as `cleaner.text.wrapping.shapes`."},
    {"setup_languages", languages_setup, METH_VARARGS, "setup_languages(...): see `cleaner.fast.languages`."},
    {"languages_counted", languages_counted, METH_O, "languages_counted(text): as `cleaner.text.language.counted`."},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "cleaner.fast._core", "See core.h.", -1, methods, NULL, NULL, NULL, NULL};

static int add_type(PyObject *module, const char *name, PyType_Spec *spec)
{
    PyObject *type = PyType_FromSpec(spec);
    int bad = !type || PyModule_AddObjectRef(module, name, type) < 0;
    Py_XDECREF(type);
    return bad ? -1 : 0;
}

/* What both sides must agree on: see `binding._module`. */
static int add_interface(PyObject *module)
{
    PyObject *facts = Py_BuildValue("(iiiiii)", INTERFACE, MAX_LINE, HEAD, KEY, PAIRS, SOME_PAIRS);
    int bad = !facts || PyModule_AddObjectRef(module, "INTERFACE", facts) < 0;
    Py_XDECREF(facts);
    return bad ? -1 : 0;
}

PyMODINIT_FUNC PyInit__core(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (!module || attributes_setup() < 0 || add_type(module, "Looker", &looker_spec) < 0 ||
        add_type(module, "Judge", &judge_spec) < 0 || add_type(module, "State", &state_spec) < 0 ||
        PyModule_AddStringConstant(module, "SOURCE", CLEANER_SOURCE) < 0 || add_interface(module) < 0)
        Py_CLEAR(module);
    return module;
}
