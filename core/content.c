/* The content words of a line: what tells its topic. The definition: `Facts.content`. */
#include "core.h"

#define LEAST 4 /* letters of the shortest */

int content_word(Text word, PyObject **made)
{
    *made = NULL;
    if (word.size < LEAST || is_function_word(word)) return 0;
    *made = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, word.at, word.size);
    return *made ? 0 : -1;
}
