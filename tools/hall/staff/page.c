/* SPDX-License-Identifier: Apache-2.0
 *
 * See page.h.
 */
#include "tools/hall/staff/page.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"
#include "crypto/hash.h"

#define NAME_MAX_ 100

struct page {
    char name[NAME_MAX_ + 1]; /* "vendor/preact.js" */
    const char *type;
    struct buf data, packed; /* packed: the same by gzip; empty: there is none */
};
struct page_set {
    struct page list[PAGE_FILES_MAX];
    size_t n;
    char edition[PAGE_EDITION_LEN + 1];
};

static const char *type_of(const char *name)
{
    static const struct {
        const char *end, *type;
    } known[] = {{".html", "text/html; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".tsv", "text/tab-separated-values; charset=utf-8"},
                 {".svg", "image/svg+xml"}};
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof known / sizeof *known; i++)
        if (strcmp(dot, known[i].end) == 0)
            return known[i].type;
    return NULL;
}

static int add_packed(struct page *page, const char *path, struct err *e)
{
    struct err why = {0};
    char packed[710];

    snprintf(packed, sizeof packed, "%s.gz", path);
    int rc = fs_read(packed, PAGE_BYTES_MAX, &page->packed, &why);
    if (rc == -ERR_NOTFOUND)
        return 0;
    *e = why;
    return rc;
}

static int add(struct page_set *p, const char *dir, const char *name, struct err *e)
{
    char path[700];
    struct page *page = &p->list[p->n];

    if (p->n == PAGE_FILES_MAX)
        return err_set(e, ERR_RANGE, "%s holds more than %d pages", dir, PAGE_FILES_MAX);
    if (!text_copy(page->name, sizeof page->name, name) || fs_join(path, sizeof path, dir, name))
        return err_set(e, ERR_TOOLONG, "%s/%s", dir, name);
    page->type = type_of(name);
    p->n++;
    int rc = fs_read(path, PAGE_BYTES_MAX, &page->data, e);
    return rc == 0 ? add_packed(page, path, e) : rc;
}

/* `below`: "" or "vendor/"; folders in folders are not looked into. */
static int add_folder(struct page_set *p, const char *dir, const char *below, struct err *e)
{
    char path[700], name[300];
    int rc = fs_join(path, sizeof path, dir, below) ? err_set(e, ERR_TOOLONG, "%s", dir) : 0;
    DIR *d = rc < 0 ? NULL : opendir(path);

    if (rc == 0 && !d)
        rc = err_errno(e, "read the pages in %s", path);
    for (struct dirent *f; rc == 0 && (f = readdir(d));) {
        snprintf(name, sizeof name, "%s%s", below, f->d_name);
        if (f->d_name[0] == '.')
            continue;
        if (type_of(f->d_name)) {
            rc = add(p, dir, name, e);
        } else if (!below[0] && f->d_type == DT_DIR) {
            snprintf(name, sizeof name, "%s/", f->d_name);
            rc = add_folder(p, dir, name, e);
        }
    }
    if (d)
        closedir(d);
    return rc;
}

static const struct page *find(const struct page_set *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->list[i].name, name) == 0)
            return &p->list[i];
    return NULL;
}

/* A folder is read in no order. */
static int name_edition(struct page_set *p, struct err *e)
{
    uint8_t all[SHA256_LEN] = {0}, one[SHA256_LEN];

    for (size_t i = 0; i < p->n; i++) {
        struct sha256 *h = sha256_begin();

        if (!h)
            return err_set(e, ERR_NOMEM, "pages");
        sha256_add(h, p->list[i].name, strlen(p->list[i].name) + 1);
        sha256_add(h, p->list[i].data.data, p->list[i].data.len);
        sha256_end(h, one);
        for (size_t k = 0; k < SHA256_LEN; k++)
            all[k] ^= one[k];
    }
    hex_encode(all, PAGE_EDITION_LEN / 2, p->edition);
    return 0;
}

const char *page_edition(const struct page_set *p)
{
    return p->edition;
}

int page_load(const char *dir, struct page_set **ret, struct err *e)
{
    struct page_set *p = calloc(1, sizeof *p);
    int rc = p ? add_folder(p, dir, "", e) : err_set(e, ERR_NOMEM, "pages");

    if (rc == 0 && !find(p, "index.html"))
        rc = err_set(e, ERR_NOTFOUND, "%s holds no index.html: it is no folder with the staff's pages", dir);
    if (rc == 0)
        rc = name_edition(p, e);
    if (rc < 0) {
        page_free(p);
        return rc;
    }
    *ret = p;
    return 0;
}

static void page_finish(struct page *page)
{
    buf_finish(&page->data);
    buf_finish(&page->packed);
}

void page_free(struct page_set *p)
{
    for (size_t i = 0; p && i < p->n; i++)
        page_finish(&p->list[i]);
    free(p);
}

/* "gzip, deflate, br", "gzip;q=0": what is named takes it, unless its weight is 0. */
static bool takes_gzip(const char *accepts)
{
    static const char name[] = "gzip";
    const char *at = accepts ? strstr(accepts, name) : NULL;

    if (!at || (at > accepts && at[-1] != ' ' && at[-1] != ','))
        return false;
    at += sizeof name - 1;
    if (*at == ';')
        return strncmp(at, ";q=0", 4) != 0 || (at[4] == '.' && strspn(at + 5, "0") != strcspn(at + 5, ", "));
    return *at == '\0' || *at == ',' || *at == ' ';
}

void page_answer(const struct page_set *p, struct exchange *x)
{
    const char *name = exchange_tail(x);
    const struct page *page = find(p, *name ? name : "index.html");

    if (!page) {
        server_answer_error(x, 404, "no such place");
        return;
    }
    bool packed = page->packed.len > 0 && takes_gzip(exchange_header(x, "Accept-Encoding"));
    if (packed)
        exchange_set(x, "Content-Encoding", "gzip");
    const struct buf *data = packed ? &page->packed : &page->data;
    server_answer(x, 200, page->type, data->data, data->len);
}
