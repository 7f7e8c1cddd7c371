/* SPDX-License-Identifier: Apache-2.0
 *
 * See machine.h.
 */
#include "base/machine.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"

#define FILE_MAX (16 * 1024)
#define PATH_MAX_HERE 512

/* Copies what stands between `name` and one of the letters of `ends`, the first time a line (or a word) begins with it. */
static bool value_of(const char *text, const char *name, const char *starts, const char *ends, char *out, size_t cap)
{
    for (const char *p = strstr(text, name); p; p = strstr(p + 1, name)) {
        if (p != text && !strchr(starts, p[-1]))
            continue;
        const char *from = p + strlen(name);
        from += *from == '"';
        size_t n = strcspn(from, ends);
        if (n == 0 || n >= cap)
            return false;
        memcpy(out, from, n);
        out[n] = '\0';
        return true;
    }
    return false;
}

/* Files of /proc have no size: fs_read takes them all the same, up to the ceiling. */
static bool read_text(const char *root, const char *name, struct buf *ret)
{
    char path[PATH_MAX_HERE];

    if ((size_t)snprintf(path, sizeof path, "%s%s", root, name) >= sizeof path)
        return false;
    return fs_read_given(path, FILE_MAX, ret, NULL) == 0; /* os-release is a link */
}

static void read_version(const char *root, struct machine *m)
{
    struct buf text;

    if (!read_text(root, "/etc/os-release", &text))
        return;
    if (!value_of(buf_str(&text), "IMAGE_VERSION=", "\n", "\"\n", m->version, sizeof m->version) ||
        strspn(m->version, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+~") != strlen(m->version))
        m->version[0] = '\0';
    buf_finish(&text);
}

static void read_slot(const char *root, struct machine *m)
{
    struct buf text;

    if (!read_text(root, "/run/tongban-slot", &text))
        return;
    if (text.len > 0 && (text.data[0] == 'a' || text.data[0] == 'b') && (text.len == 1 || text.data[1] == '\n'))
        m->slot = (char)text.data[0];
    buf_finish(&text);
}

static void read_image(const char *root, struct machine *m)
{
    char hex[2 * MACHINE_IMAGE_LEN + 1];
    struct buf text;
    size_t len;

    if (!read_text(root, "/proc/cmdline", &text))
        return;
    m->imaged = value_of(buf_str(&text), "tongban.hash=", " \n", " \n", hex, sizeof hex) &&
                strlen(hex) == 2 * MACHINE_IMAGE_LEN && hex_decode(hex, strlen(hex), m->image, sizeof m->image, &len) == 0;
    buf_finish(&text);
}

void machine_read(const char *root, struct machine *ret)
{
    *ret = (struct machine){.slot = '-'};
    read_version(root, ret);
    read_slot(root, ret);
    read_image(root, ret);
}
