/* SPDX-License-Identifier: Apache-2.0
 *
 * See media.h.
 */
#include "tools/flash/media.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/flash/mounts.h"

/* Q leaves, S is the system's disk. */
#define LETTERS "ABCDEFGHIJKLMNOPRTUVWXYZ"

/* A file's first line, printable ASCII only, without space around; empty when it is not there. */
static void read_text(const char *dir, const char *name, char out[MEDIUM_TEXT_MAX + 1])
{
    char path[PATH_MAX], raw[256];
    size_t n = 0;

    *out = 0;
    FILE *f = fs_join(path, sizeof path, dir, name) == 0 ? fopen(path, "re") : NULL;
    if (!f)
        return;
    size_t len = fread(raw, 1, sizeof raw, f);
    fclose(f);
    for (size_t i = 0; i < len && raw[i] != '\n' && n < MEDIUM_TEXT_MAX; i++)
        if (raw[i] > ' ' ? raw[i] < 127 : raw[i] == ' ' && n)
            out[n++] = raw[i];
    while (n && out[n - 1] == ' ')
        n--;
    out[n] = 0;
}

static uint64_t read_number(const char *dir, const char *name)
{
    char text[MEDIUM_TEXT_MAX + 1];

    read_text(dir, name, text);
    return strtoull(text, NULL, 10);
}

static bool exists(const char *dir, const char *name)
{
    char path[PATH_MAX];

    return fs_join(path, sizeof path, dir, name) == 0 && access(path, F_OK) == 0;
}

/* The folder of the USB device it hangs on, cut out of `path`; false: it hangs on none. */
static bool usb_above(char path[PATH_MAX])
{
    for (char *slash = strrchr(path, '/'); slash && slash != path; slash = strrchr(path, '/')) {
        if (exists(path, "idVendor"))
            return true;
        *slash = 0;
    }
    return false;
}

/* Vital product data page 80 of a SCSI disk: four bytes, then the number. */
static void read_page_80(const char *sys, char out[MEDIUM_TEXT_MAX + 1])
{
    char path[PATH_MAX];
    size_t n = 0;
    int c;

    snprintf(path, sizeof path, "%s/device/vpd_pg80", sys);
    FILE *f = fopen(path, "re");
    if (!f)
        return;
    for (int i = 0; (c = getc(f)) != EOF && n < MEDIUM_TEXT_MAX; i++)
        if (i >= 4 && c > ' ' && c < 127)
            out[n++] = (char)c;
    out[n] = 0;
    fclose(f);
}

static void read_identity(struct medium *md)
{
    char above[PATH_MAX], device[PATH_MAX];

    snprintf(device, sizeof device, "%s/device", md->sys);
    read_text(device, "model", md->model);
    if (realpath(device, above) && usb_above(above)) {
        read_text(above, "serial", md->serial);
        read_text(above, "devpath", md->port);
        if (!*md->port)
            strcpy(md->port, "?");
        return;
    }
    read_text(device, "serial", md->serial);
    if (!*md->serial)
        read_text(md->sys, "serial", md->serial);
    if (!*md->serial)
        read_page_80(md->sys, md->serial);
}

/* Memory, loops, mapped and composed devices are no media. */
static bool is_medium(const char *name)
{
    static const char *const not [] = {"loop", "ram", "zram", "dm-", "md", "sr", "fd", "nbd", "mtdblock"};

    for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
        if (!strncmp(name, not [i], strlen(not [i])))
            return false;
    return !strchr(name, '.') && !strstr(name, "boot") && !strstr(name, "rpmb");
}

static void look_at(struct media *m, const struct mounts *mounts, const char *name)
{
    struct medium *md = &m->list[m->n];

    *md = (struct medium){0};
    if ((size_t)snprintf(md->name, sizeof md->name, "%s", name) >= sizeof md->name ||
        (size_t)snprintf(md->sys, sizeof md->sys, "%s/sys/block/%s", m->root, name) >= sizeof md->sys ||
        (size_t)snprintf(md->path, sizeof md->path, "%s/dev/%s", m->root, name) >= sizeof md->path)
        return;
    md->size = read_number(md->sys, "size") * 512; /* sysfs counts in 512 bytes, whatever a sector is */
    if (md->size == 0)                             /* a card reader without a card */
        return;
    read_identity(md);
    if (!*md->port)
        md->bar = MEDIUM_INSIDE;
    if (read_number(md->sys, "ro"))
        md->bar = MEDIUM_LOCKED;
    if (!*md->serial)
        md->bar = MEDIUM_NO_SERIAL;
    if (mounts_of(mounts, md->sys, md->where, sizeof md->where))
        md->bar = mounts_is_system(md->where) ? MEDIUM_SYSTEM : MEDIUM_IN_USE;
    m->n++;
}

static int compare(const void *a, const void *b)
{
    const struct medium *x = a, *y = b;

    if (!*x->port != !*y->port)
        return *x->port ? -1 : 1;
    int by_port = strverscmp(x->port, y->port);
    return by_port ? by_port : strcmp(x->name, y->name);
}

static void find_same(struct media *m)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->n; k++)
            if (i != k && *m->list[i].serial && !strcmp(m->list[i].serial, m->list[k].serial) &&
                m->list[i].bar < MEDIUM_SAME_SERIAL)
                m->list[i].bar = MEDIUM_SAME_SERIAL;
}

static char letter_of(struct media *m, const struct medium *md)
{
    static const char letters[] = LETTERS;

    if (md->bar == MEDIUM_SYSTEM)
        return 'S';
    for (size_t i = 0; *md->serial && i < m->n_known; i++)
        if (!strcmp(m->known[i].serial, md->serial))
            return m->known[i].letter;
    if (m->n_known >= sizeof letters - 1)
        return 0;
    strcpy(m->known[m->n_known].serial, md->serial);
    m->known[m->n_known].letter = letters[m->n_known];
    return letters[m->n_known++];
}

int media_scan(struct media *m, struct err *e)
{
    char path[PATH_MAX];
    struct mounts mounts;
    struct dirent *d;

    snprintf(path, sizeof path, "%s/sys/block", m->root);
    DIR *dir = opendir(path);
    if (!dir)
        return err_errno(e, "open %s", path);
    int rc = mounts_read(&mounts, m->root, e);
    m->n = 0;
    while (rc == 0 && m->n < MEDIA_MAX && (d = readdir(dir)))
        if (is_medium(d->d_name))
            look_at(m, &mounts, d->d_name);
    closedir(dir);
    mounts_finish(&mounts);
    qsort(m->list, m->n, sizeof *m->list, compare);
    find_same(m);
    for (size_t i = 0; i < m->n; i++)
        m->list[i].letter = letter_of(m, &m->list[i]);
    return rc;
}

const struct medium *media_find(const struct media *m, const char *serial)
{
    for (size_t i = 0; i < m->n; i++)
        if (*serial && !strcmp(m->list[i].serial, serial))
            return &m->list[i];
    return NULL;
}

bool medium_there(const struct medium *md)
{
    struct medium now = *md;

    if (access(md->sys, F_OK) < 0 || read_number(md->sys, "size") * 512 != md->size)
        return false;
    read_identity(&now);
    return !strcmp(now.serial, md->serial);
}

const char *medium_last_four(const struct medium *md)
{
    size_t n = strlen(md->serial);

    return md->serial + (n > 4 ? n - 4 : 0);
}
