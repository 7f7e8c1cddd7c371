/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a record's header. What is read must be written and read again the same.
 */
#include "tests/fuzz/again.h"
#include "wire/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(again, struct record_header, record_header_decode(bytes, len, value, NULL), record_header_encode(value, out, NULL),
      RECORD_HEADER_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    again(data, size);
    return 0;
}
