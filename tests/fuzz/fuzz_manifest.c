/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as one of the signed files or as signatures; the first byte says which. What is read must be written and read
 * again the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Writes a value, reads that, writes it again: the same bytes. */
#define THERE_AND_BACK(type, name)                                                                                          \
    static void name(const uint8_t *data, size_t size)                                                                      \
    {                                                                                                                       \
        struct manifest_##type one, two;                                                                                    \
        struct buf first, second;                                                                                           \
        if (manifest_##type##_decode(data, size, &one, NULL))                                                               \
            return;                                                                                                         \
        buf_init(&first, MANIFEST_MAX);                                                                                     \
        buf_init(&second, MANIFEST_MAX);                                                                                    \
        if (manifest_##type##_encode(&one, &first, NULL) || manifest_##type##_decode(first.data, first.len, &two, NULL) ||  \
            manifest_##type##_encode(&two, &second, NULL) || strcmp(buf_str(&first), buf_str(&second)))                     \
            abort();                                                                                                        \
        buf_finish(&second);                                                                                                \
        buf_finish(&first);                                                                                                 \
    }
THERE_AND_BACK(root, root)
THERE_AND_BACK(catalog, catalog)
THERE_AND_BACK(head, head)
THERE_AND_BACK(signatures, signatures)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    switch (data[0]) {
    case 'r':
        root(data + 1, size - 1);
        break;
    case 'c':
        catalog(data + 1, size - 1);
        break;
    case 'h':
        head(data + 1, size - 1);
        break;
    default:
        signatures(data + 1, size - 1);
    }
    return 0;
}
