/* Arrays that grow. */
#include "core.h"

int room_for(void **array, size_t *room, size_t count, size_t more, size_t first, size_t size)
{
    size_t wanted = *room ? *room : first;
    while (wanted < count + more) wanted *= 2;
    if (wanted == *room) return 0;
    void *made = PyMem_Realloc(*array, wanted * size);
    if (!made) {
        PyErr_NoMemory();
        return -1;
    }
    *array = made;
    *room = wanted;
    return 0;
}
