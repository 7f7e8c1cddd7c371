/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as GeoJSON with districts: what is read is written within its bounds, as JSON.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "tools/hall/rules/outline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct outline *o = NULL;
    struct outline_size written;
    struct json *j = NULL;
    struct buf out;

    if (outline_read(data, size, DATUM_GCJ02, &o, NULL) != 0)
        return 0;
    buf_init(&out, OUTLINE_BYTES_MAX);
    if (outline_write(o, &out, &written, NULL) != 0 || written.to > OUTLINE_POINTS_MAX || written.to > written.from ||
        json_parse(out.data, out.len, OUTLINE_BYTES_MAX, &j, NULL) != 0)
        abort();
    json_free(j);
    buf_finish(&out);
    outline_free(o);
    return 0;
}
