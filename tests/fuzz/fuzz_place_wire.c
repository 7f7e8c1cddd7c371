/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as where a page says a place is: what is taken is a point in China, or near its edge, or refused with a reason.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/hall/staff/place_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char written[POINT_WRITTEN_LEN + 1];
    struct place_ask p;
    struct point at;

    if (place_ask_decode(data, size, &p, NULL) != 0)
        return 0;
    enum point_fault fault = point_read(p.lat, p.lon, p.datum, &at);
    if (fault != POINT_GOOD && !*point_fault_about(fault))
        abort();
    if (fault != POINT_GOOD)
        return 0;
    point_write(&at, written);
    if (strlen(written) < strlen("3.000000,73.000000"))
        abort();
    return 0;
}
