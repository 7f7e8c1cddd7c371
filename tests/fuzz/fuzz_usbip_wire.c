/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a machine that attaches devices over USB/IP sends.
 */
#include <stdlib.h>

#include "drivers/virtual/usbip_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct usbip_command c;
    enum usbip_op op;
    if (len >= USBIP_OP_LEN && usbip_decode_op(data, &op) == 0 && op != USBIP_REQ_DEVLIST && op != USBIP_REQ_IMPORT)
        abort();
    if (len < USBIP_COMMAND_LEN || usbip_decode_command(data, &c) < 0)
        return 0;
    if ((c.code != USBIP_CMD_SUBMIT && c.code != USBIP_CMD_UNLINK) || c.endpoint > 15 || c.length > USBIP_TRANSFER_MAX)
        abort();
    return 0;
}
