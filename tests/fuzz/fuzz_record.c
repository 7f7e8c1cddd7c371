/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a record's header. What is read must be written and read again the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct record_header h, again;
    struct err e = {0};
    struct buf first, second;

    if (record_header_decode(data, size, &h, &e))
        return 0;
    buf_init(&first, 2 * RECORD_HEADER_MAX);
    buf_init(&second, 2 * RECORD_HEADER_MAX);
    if (record_header_encode(&h, &first, &e) || record_header_decode(first.data, first.len, &again, &e) ||
        record_header_encode(&again, &second, &e) || strcmp(buf_str(&first), buf_str(&second)))
        abort();
    buf_finish(&second);
    buf_finish(&first);
    return 0;
}
