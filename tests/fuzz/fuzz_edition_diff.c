/* SPDX-License-Identifier: Apache-2.0
 *
 * Two item files, one behind the other with a line's end between: whatever they are, what differs is told in texts that are
 * whole, and nothing differs from itself.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/must.h"
#include "catalog/item_file.h"
#include "tools/hall/editions/edition_diff_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell(void *ctx, const char *where, const char *before, const char *after)
{
    *(size_t *)ctx += strlen(where) + strlen(before) + strlen(after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    size_t n = end ? (size_t)(end - data) : size, told = 0;
    struct json *a = NULL, *b = NULL;

    if (end && json_parse(data, n, ITEM_FILE_MAX, &a, NULL) == 0 &&
        json_parse(end + 1, size - n - 1, ITEM_FILE_MAX, &b, NULL) == 0 && json_is_obj(a) && json_is_obj(b)) {
        edition_diff_json(a, b, tell, &told);
        edition_diff_json(b, a, tell, &told);
        must(edition_diff_json(a, a, tell, &told) == 0, "nothing differs from itself");
    }
    json_free(a);
    json_free(b);
    return 0;
}
