/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a reader sends.
 */
#include <stdlib.h>

#include "drivers/idcard/sam_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct sam_reply r;
    char id[SAM_ID_TEXT_MAX];
    size_t missing = 0;
    enum sam_parse p = sam_wire_parse(data, len, &r, &missing);
    if (p == SAM_PARSE_BODY && (missing == 0 || missing > SAM_FRAME_MAX))
        abort();
    if (p != SAM_PARSE_DONE)
        return 0;
    const uint8_t *record = sam_wire_text_record(&r);
    if (r.data < data || r.data + r.len > data + len || (record && record + 256 > data + len))
        abort();
    sam_wire_id_text(&r, id);
    sam_wire_status_text(r.sw3);
    return 0;
}
