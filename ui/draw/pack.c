/* SPDX-License-Identifier: Apache-2.0
 *
 * See pack.h. The file comes from the same build; its bounds are checked once, at opening.
 */
#include "ui/draw/pack.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

struct entry {
    char name[24];
    uint16_t kind, w, h, pad;
    uint32_t offset, pad2;
};
struct head {
    char magic[8];
    uint32_t count, pad;
};
enum { KIND_MASK, KIND_RUNS };

struct pack {
    const uint8_t *data;
    size_t len;
    const struct entry *entries;
    uint32_t count;
};

static bool sound(const struct pack *p)
{
    const struct head *h = (const void *)p->data;

    if (p->len < sizeof *h || memcmp(h->magic, "TBPACK1\n", 8) || h->count > (p->len - sizeof *h) / sizeof(struct entry))
        return false;
    const struct entry *e = (const void *)(p->data + sizeof *h);

    for (uint32_t i = 0; i < h->count; i++) {
        size_t least = e[i].kind == KIND_MASK ? (size_t)e[i].w * e[i].h : (size_t)e[i].h * 4;

        if (e[i].offset > p->len || least > p->len - e[i].offset || e[i].offset % 4 || e[i].name[23])
            return false;
    }
    return true;
}

int pack_open(const char *folder, struct pack **ret, struct err *e)
{
    char path[4096];
    struct stat st;
    int fd, rc = fs_join(path, sizeof path, folder, "icons.bin");

    if (rc < 0)
        return err_set(e, ERR_TOOLONG, "the path of the assets is too long");
    if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return err_errno(e, "open %s", path);
    struct pack *p = calloc(1, sizeof *p);

    if (p && !fstat(fd, &st) && st.st_size > 0) {
        void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);

        if (at != MAP_FAILED)
            *p = (struct pack){at, (size_t)st.st_size, NULL, 0};
    }
    close(fd);
    if (!p || !p->data || !sound(p)) {
        pack_close(p);
        return err_set(e, ERR_INVALID, "%s is no asset file of this build", path);
    }
    p->count = ((const struct head *)(const void *)p->data)->count;
    p->entries = (const void *)(p->data + sizeof(struct head));
    *ret = p;
    return 0;
}

void pack_close(struct pack *p)
{
    if (!p)
        return;
    if (p->data)
        munmap((void *)(uintptr_t)p->data, p->len);
    free(p);
}

void pack_rest(const struct pack *p)
{
    madvise((void *)(uintptr_t)p->data, p->len, MADV_DONTNEED);
}

static const struct entry *find(const struct pack *p, const char *name, int kind, int size)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (p->entries[i].kind == kind && (!size || p->entries[i].w == size) && !strcmp(p->entries[i].name, name))
            return &p->entries[i];
    return NULL;
}

bool pack_mask(const struct pack *p, const char *name, int size, struct mask *ret)
{
    const struct entry *e = find(p, name, KIND_MASK, size);

    if (e)
        *ret = (struct mask){p->data + e->offset, e->w, e->h};
    return e;
}

bool pack_runs(const struct pack *p, const char *name, int *ret_w, int *ret_h, const uint32_t **ret)
{
    const struct entry *e = find(p, name, KIND_RUNS, 0);

    if (e) {
        *ret_w = e->w;
        *ret_h = e->h;
        *ret = (const void *)(p->data + e->offset);
    }
    return e;
}
