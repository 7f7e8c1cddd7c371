/* SPDX-License-Identifier: Apache-2.0
 *
 * A line of a capture, written again as it was; and its bytes through the masks.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/capture/conversation_wire.h"
#include "drivers/capture/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct conversation_transfer t, again;
    char line[4096], failed[4096];
    struct mask reader, printer;
    struct buf out;

    if (len >= sizeof line)
        return 0;
    memcpy(line, data, len);
    line[len] = '\0';
    if (conversation_take(line, &t)) {
        buf_init(&out, 64 * 1024);
        conversation_put(&out, &t);
        strcpy(failed, t.failed);
        if (!conversation_take((char *)out.data, &again) || again.len != t.len || memcmp(again.data, t.data, t.len) ||
            again.ms != t.ms || again.direction != t.direction ||
            (t.direction == '=' ? memcmp(again.setup, t.setup, sizeof t.setup) != 0 : again.endpoint != t.endpoint) ||
            strcmp(again.failed, failed))
            abort();
        buf_finish(&out);
    }
    mask_init(&reader, false);
    mask_init(&printer, true);
    memcpy(t.data, data, len);
    mask_to_device(&reader, t.data, len / 2);
    mask_from_device(&reader, t.data, len);
    memcpy(t.data, data, len);
    mask_to_device(&printer, t.data, len);
    mask_from_device(&printer, t.data, len);
    return 0;
}
