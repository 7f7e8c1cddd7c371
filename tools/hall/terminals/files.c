/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /v1/catalog/…: the public folder's files, whole or from an offset (RFC 9110 14.2, one range "bytes=N-" or
 * "bytes=N-M").
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "tools/hall/terminals/hall.h"
#include "wire/manifest.h"

/* "root.12.json", "root.12.sig": the way from the root a terminal has to the newest, one step after the other. */
static bool is_earlier_root(const char *name)
{
    if (strncmp(name, "root.", 5))
        return false;
    size_t n = strspn(name + 5, "0123456789");
    return n > 0 && n <= 10 && (!strcmp(name + 5 + n, ".json") || !strcmp(name + 5 + n, ".sig"));
}

/* "green-1103.txt": the revoked green-channel cards of an office (wire/green_revoked.h). */
static bool is_revoked_cards(const char *name)
{
    return strncmp(name, "green-", 6) == 0 && strspn(name + 6, "0123456789") == 4 && strcmp(name + 10, ".txt") == 0;
}

/* Names that may be asked for; nothing else of the folder exists to the outside. */
static bool name_ok(const char *name)
{
    static const char *const signed_files[] = {"root.json",   "root.sig",  "catalog.json",
                                               "catalog.sig", "head.json", "head.sig"};
    for (size_t i = 0; i < sizeof signed_files / sizeof *signed_files; i++)
        if (!strcmp(name, signed_files[i]))
            return true;
    if (is_earlier_root(name) || is_revoked_cards(name))
        return true;
    if (strncmp(name, "files/", 6))
        return false;
    name += 6;
    size_t n = strlen(name);
    return n > 0 && n <= MANIFEST_NAME_MAX && name[0] != '.' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == n;
}

struct range {
    int64_t from, len;
    bool part;
};

static bool digits(const char *s, size_t n)
{
    return n > 0 && n <= 18 && strspn(s, "0123456789") >= n;
}

/* False: it lies outside the file. A header that is not understood is ignored, as the standard says. */
static bool read_range(const char *header, int64_t size, struct range *r)
{
    *r = (struct range){0, size, false};
    if (!header || strncmp(header, "bytes=", 6))
        return true;
    const char *from = header + 6, *dash = strchr(from, '-');
    if (!dash || !digits(from, (size_t)(dash - from)) || (dash[1] && !digits(dash + 1, strlen(dash + 1))))
        return true;
    int64_t first = strtoll(from, NULL, 10), last = dash[1] ? strtoll(dash + 1, NULL, 10) : size - 1;
    if (first >= size || last < first)
        return false;
    if (last >= size)
        last = size - 1;
    *r = (struct range){first, last - first + 1, true};
    return true;
}

static void send_range(struct exchange *x, int fd, int64_t size)
{
    struct range r;
    char text[80];
    if (!read_range(exchange_header(x, "Range"), size, &r)) {
        snprintf(text, sizeof text, "bytes */%lld", (long long)size);
        close(fd);
        exchange_set(x, "Content-Range", text);
        server_answer_error(x, 416, "the file is shorter");
        return;
    }
    if (r.part) {
        snprintf(text, sizeof text, "bytes %lld-%lld/%lld", (long long)r.from, (long long)(r.from + r.len - 1),
                 (long long)size);
        exchange_set(x, "Content-Range", text);
    }
    exchange_set(x, "Accept-Ranges", "bytes");
    server_answer_file(x, r.part ? 206 : 200, fd, r.from, r.len);
}

void files_send(struct exchange *x, const char *folder, const char *name)
{
    char path[600];
    struct stat st;
    if (fs_join(path, sizeof path, folder, name)) {
        server_answer_error(x, 404, "no such file");
        return;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
        if (fd >= 0)
            close(fd);
        server_answer_error(x, 404, "no such file");
        return;
    }
    send_range(x, fd, st.st_size);
}

void files_get(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    const char *name = exchange_tail(x);
    if (!name_ok(name)) {
        server_answer_error(x, 404, "no such file");
        return;
    }
    const struct who *who = exchange_who(x);
    const struct buf *own = who->kind == WHO_TERMINAL ? offer_file(h->offer, who->id, name) : NULL;
    if (own) {
        server_answer(x, 200, "application/octet-stream", own->data, own->len);
        return;
    }
    if (!strncmp(name, "files/", 6))
        log_info("hall", "%s fetches %s", who->kind == WHO_TERMINAL ? who->id : "somebody", name + 6);
    files_send(x, h->public, name);
}
