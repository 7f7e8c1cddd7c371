/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a reader sends.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/sam/sam_wire.h"

/* Four pipes: whatever came before the body, the header stays and as many bytes follow as it says. */
static void keep_last(const uint8_t *data, size_t len)
{
    uint8_t *bytes = malloc(len + 1);
    size_t body = len > 0 ? data[0] : 0, kept = len;
    memcpy(bytes, data, len);
    if (sam_wire_keep_last(bytes, &kept, body)) {
        size_t length = (size_t)data[body - 2] << 8 | data[body - 1];
        if (kept != body + length || kept >= len || memcmp(bytes, data, body) ||
            memcmp(bytes + body, data + len - length, length))
            abort();
    } else if (kept != len || memcmp(bytes, data, len)) {
        abort();
    }
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct sam_reply r;
    char id[SAM_ID_TEXT_MAX];
    size_t missing = 0;
    keep_last(data, len);
    enum sam_parse p = sam_wire_parse(data, len, &r, &missing);
    if (p == SAM_PARSE_BODY && (missing == 0 || missing > SAM_FRAME_MAX))
        abort();
    if (p != SAM_PARSE_DONE)
        return 0;
    const uint8_t *bytes = sam_wire_card_text(&r);
    if (r.data < data || r.data + r.len > data + len || (bytes && bytes + 256 > data + len))
        abort();
    const uint8_t *address = sam_wire_address(&r);
    if (r.end > len || r.data + r.len + 1 != data + r.end || (address && address + SAM_ADDRESS_LEN > data + len))
        abort();
    sam_wire_id_text(&r, id);
    sam_wire_status_text(r.sw3);
    sam_wire_fault(r.sw3);
    static const enum sam_command commands[] = {SAM_RESET,  SAM_STATUS, SAM_READ_ID, SAM_FIND,
                                                SAM_SELECT, SAM_READ,   SAM_ADDRESS};
    int askers = 0;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        askers += sam_wire_answers(commands[i], &r);
    /* an address in full answers one question alone, and a bytes too */
    if ((address && askers != 1) || (bytes && askers != 1))
        abort();
    return 0;
}
