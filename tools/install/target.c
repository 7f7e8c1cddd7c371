/* SPDX-License-Identifier: Apache-2.0
 *
 * See target.h.
 */
#include "tools/install/target.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/secret.h"
#include "base/text.h"
#include "crypto/random.h"
#include "tools/flash/writer.h"
#include "tools/install/note.h"
#include "tools/install/sheet_block.h"
#include "wire/enrol.h"

#define EROFS_AT 1024
#define EROFS "\xe2\xe1\xf5\xe0"

static const char *const part_names[PARTS] = {"esp", "root-a", "verity-a", "root-b", "verity-b", "note", "data"};

bool target_stick_in(const struct target *t)
{
    char path[MEDIUM_PATH_MAX];

    snprintf(path, sizeof path, "%s/sys/block/%s", t->sys, t->stick);
    return access(path, F_OK) == 0;
}

/* --- the stick's sheet --------------------------------------------------------------------------------------------------
 */

static const struct medium *stick(const struct target *t)
{
    for (size_t i = 0; i < t->media.n; i++)
        if (!strcmp(t->media.list[i].name, t->stick))
            return &t->media.list[i];
    return NULL;
}

static int read_block(const struct medium *md, uint64_t at, uint8_t out[DISK_BLOCK])
{
    void *block = disk_memory(DISK_BLOCK);
    struct disk *d = NULL;

    int rc = disk_open(md, false, &d, NULL);
    if (rc == 0)
        rc = disk_read(d, at, block, DISK_BLOCK, NULL);
    memcpy(out, block, DISK_BLOCK);
    secret_wipe(block, DISK_BLOCK);
    free(block);
    disk_close(d);
    return rc;
}

static int read_sheet(struct target *t, struct install_facts *f)
{
    const struct medium *md = stick(t);
    struct enrol_sheet sheet;

    int rc = md ? read_block(md, label_place(md->size) + DISK_BLOCK, t->block) : -ERR_GONE;
    if (rc < 0)
        return rc;
    size_t len = sheet_in(t->block);
    if (len && enrol_sheet_decode(t->block, len, &sheet, NULL) == 0) {
        t->sheet = f->sheet = true;
        text_copy(f->terminal, sizeof f->terminal, sheet.terminal);
        text_copy(f->spot, sizeof f->spot, sheet.spot);
        text_copy(f->device, sizeof f->device, sheet.device);
        enrol_sheet_hash(&sheet, f->words);
        secret_wipe(&sheet, sizeof sheet);
    }
    return 0;
}

/* --- the disk's partitions ----------------------------------------------------------------------------------------------
 */

static unsigned long long read_number(const char *folder, const char *name)
{
    unsigned long long n = 0;
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%llu", &n) != 1)
        n = 0;
    if (f)
        fclose(f);
    return n;
}

static void read_name(const char *folder, char *out, size_t cap)
{
    char path[PATH_MAX], line[256];

    *out = 0;
    snprintf(path, sizeof path, "%s/uevent", folder);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (!strncmp(line, "PARTNAME=", 9))
            snprintf(out, cap, "%.*s", (int)strcspn(line + 9, "\n"), line + 9);
    if (f)
        fclose(f);
}

bool target_stick_part(const struct target *t, const char *name, char out[MEDIUM_PATH_MAX])
{
    char folder[PATH_MAX], is[80];
    struct dirent *entry;
    bool found = false;

    snprintf(folder, sizeof folder, "%s/sys/block/%s", t->sys, t->stick);
    DIR *dir = opendir(folder);
    while (!found && dir && (entry = readdir(dir))) {
        if (strncmp(entry->d_name, t->stick, strlen(t->stick)))
            continue;
        snprintf(folder, sizeof folder, "%s/sys/block/%s/%s", t->sys, t->stick, entry->d_name);
        read_name(folder, is, sizeof is);
        found = !strcmp(is, name);
        snprintf(out, MEDIUM_PATH_MAX, "%s/dev/%.200s", t->sys, entry->d_name);
    }
    if (dir)
        closedir(dir);
    return found;
}

static void find_parts(struct target *t, const struct medium *md)
{
    char folder[PATH_MAX], name[80];
    struct dirent *entry;

    memset(t->parts, 0, sizeof t->parts);
    DIR *dir = opendir(md->sys);
    while (dir && (entry = readdir(dir))) {
        if (strncmp(entry->d_name, md->name, strlen(md->name)))
            continue;
        snprintf(folder, sizeof folder, "%s/%s", md->sys, entry->d_name);
        read_name(folder, name, sizeof name);
        for (int i = 0; i < PARTS; i++)
            if (!strcmp(name, part_names[i])) {
                t->parts[i].at = read_number(folder, "start") * 512;
                t->parts[i].len = read_number(folder, "size") * 512;
                snprintf(t->parts[i].path, sizeof t->parts[i].path, "%s/dev/%.200s", t->sys, entry->d_name);
            }
    }
    if (dir)
        closedir(dir);
}

static bool is_ours(const struct target *t)
{
    for (int i = 0; i < PARTS; i++)
        if (i != PART_NOTE && !t->parts[i].len)
            return false;
    return true;
}

/* --- which disk ---------------------------------------------------------------------------------------------------------
 */

static bool inside(const struct target *t, const struct medium *md)
{
    return !*md->port && strcmp(md->name, t->stick) != 0;
}

/* The only one; of several the only one with a system of ours. */
static enum install_trouble find_disk(struct target *t)
{
    const struct medium *found = NULL;
    int all = 0, ours = 0;

    for (size_t i = 0; i < t->media.n; i++) {
        if (!inside(t, &t->media.list[i]))
            continue;
        all++;
        find_parts(t, &t->media.list[i]);
        ours += is_ours(t);
        if (!found || is_ours(t))
            found = &t->media.list[i];
    }
    if (!all)
        return INSTALL_NO_DISK;
    if (all > 1 && ours != 1)
        return INSTALL_MANY_DISKS;
    t->disk = *found;
    find_parts(t, &t->disk);
    return t->disk.bar == MEDIUM_LOCKED || t->disk.bar >= MEDIUM_IN_USE ? INSTALL_LOCKED : INSTALL_FINE;
}

/* --- what is on it ------------------------------------------------------------------------------------------------------
 */

static bool filled(const struct target *t, enum target_part p)
{
    uint8_t block[DISK_BLOCK];

    return read_block(&t->disk, t->parts[p].at, block) < 0 || !memcmp(block + EROFS_AT, EROFS, 4);
}

/* The one that the installed system does not run from. Where nobody says which, the one that holds nothing. */
static char choose_slot(const struct target *t, char runs)
{
    if (runs == 'a' || runs == 'b')
        return runs == 'a' ? 'b' : 'a';
    return !filled(t, PART_ROOT_A) && filled(t, PART_ROOT_B) ? 'a' : 'b';
}

static enum install_trouble look_at_ours(struct target *t, uint64_t root_len, uint64_t verity_len, struct install_facts *f)
{
    char runs = '-';

    f->found = INSTALL_OURS;
    if (t->parts[PART_NOTE].len)
        note_look(&t->disk, t->parts[PART_NOTE].at, f, &runs);
    if (f->sheet && *f->note.terminal && strcmp(f->terminal, f->note.terminal) != 0)
        f->found = INSTALL_OTHER;
    t->slot = choose_slot(t, runs);
    bool a = t->slot == 'a';
    return t->parts[a ? PART_ROOT_A : PART_ROOT_B].len < root_len ||
                   t->parts[a ? PART_VERITY_A : PART_VERITY_B].len < verity_len
               ? INSTALL_LAYOUT
               : INSTALL_FINE;
}

static void choose_digits(char out[5])
{
    uint8_t random[4];

    random_bytes(random, sizeof random);
    for (int i = 0; i < 4; i++)
        out[i] = (char)('0' + random[i] % 10);
    out[4] = 0;
}

static enum install_trouble look_at_others(const struct target *t, const struct image *im, struct install_facts *f)
{
    struct content c;

    content_look(&t->disk, &c);
    bool same = (c.holds == HOLDS_OURS || c.holds == HOLDS_HALF) && !memcmp(c.label.image, im->id, SHA256_LEN);
    if (c.holds == HOLDS_UNREAD)
        return INSTALL_LOCKED;
    if (c.holds == HOLDS_FILES || c.holds == HOLDS_OTHER) {
        f->found = INSTALL_FOREIGN;
        f->files = content_files(&c);
        text_copy(f->what, sizeof f->what, c.what);
        choose_digits(f->ask);
    } else if (c.holds == HOLDS_HALF && same && c.label.state == LABEL_HALF) {
        f->found = INSTALL_HALF;
    }
    return t->disk.size < writer_needs(im) ? INSTALL_SMALL : INSTALL_FINE;
}

/* Written whole by this very image, and nothing of its first mebibyte is another since: it was never started. */
static bool installed(const struct target *t, const struct image *im)
{
    struct content c;

    content_look(&t->disk, &c);
    return c.holds == HOLDS_OURS && c.label.state == LABEL_DONE && !memcmp(c.label.image, im->id, SHA256_LEN);
}

static bool has_chip(const struct target *t)
{
    char path[MEDIUM_PATH_MAX];

    snprintf(path, sizeof path, "%s/sys/class/tpm/tpm0", t->sys);
    return access(path, F_OK) == 0;
}

void target_look(struct target *t, const struct image *im, uint64_t root_len, uint64_t verity_len, struct install_facts *f)
{
    t->media.root = t->sys;
    f->chip = has_chip(t);
    f->trouble = media_scan(&t->media, NULL) < 0 ? INSTALL_NO_DISK : INSTALL_FINE;
    if (f->trouble == INSTALL_FINE && read_sheet(t, f) < 0)
        f->trouble = INSTALL_STICK_BAD;
    if (f->trouble == INSTALL_FINE)
        f->trouble = find_disk(t);
    f->disk = t->disk.size;
    if (f->trouble != INSTALL_FINE)
        return;
    if (installed(t, im))
        f->found = INSTALL_INSTALLED;
    else
        f->trouble = is_ours(t) ? look_at_ours(t, root_len, verity_len, f) : look_at_others(t, im, f);
}
