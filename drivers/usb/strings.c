/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers/usb/strings.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

void usb_strings_clean(const char *in, size_t len, char out[USB_TEXT_MAX])
{
    const char *end = in + len;
    size_t n = 0;
    bool space = false;
    while (in < end) {
        char cp[4];
        int32_t c = utf8_next(&in, end);
        if (c < ' ' || (c >= 0x7F && c < 0xA0))
            continue;
        if (c == ' ') {
            space = n > 0;
            continue;
        }
        size_t size = utf8_put((uint32_t)c, cp);
        if (n + space + size >= USB_TEXT_MAX)
            break;
        if (space)
            out[n++] = ' ';
        space = false;
        memcpy(out + n, cp, size);
        n += size;
    }
    out[n] = '\0';
}

static void read_one(const char *port, const char *name, char out[USB_TEXT_MAX])
{
    char path[96], bytes[4 * USB_TEXT_MAX];
    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s/%s", port, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
    if (fd >= 0)
        close(fd);
    usb_strings_clean(bytes, n > 0 ? (size_t)n : 0, out);
}

void usb_strings_read(struct usb_info *info)
{
    read_one(info->port, "manufacturer", info->maker);
    read_one(info->port, "product", info->model);
    read_one(info->port, "serial", info->serial);
}
