/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as JSON: what is accepted dumps to text that is accepted again and dumps the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct json *doc = NULL, *again = NULL;
    struct buf first, second;
    if (json_parse(data, len, JSON_SIZE_MAX, &doc, NULL) < 0)
        return 0;
    buf_init(&first, 8 * JSON_SIZE_MAX);
    buf_init(&second, 8 * JSON_SIZE_MAX);
    if (json_dump(doc, &first) < 0 || json_parse(first.data, first.len, first.len, &again, NULL) < 0)
        abort();
    if (json_dump(again, &second) < 0 || strcmp(buf_str(&first), buf_str(&second)))
        abort();
    json_free(doc);
    json_free(again);
    buf_finish(&first);
    buf_finish(&second);
    return 0;
}
