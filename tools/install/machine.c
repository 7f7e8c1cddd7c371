/* SPDX-License-Identifier: Apache-2.0
 *
 * See machine.h.
 */
#include "tools/install/machine.h"

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

bool machine_stick_in(const struct machine *m)
{
    char path[MEDIUM_PATH_MAX];

    snprintf(path, sizeof path, "%s/sys/block/%s", m->sys, m->stick);
    return access(path, F_OK) == 0;
}

/* --- the stick's sheet -------------------------------------------------------------------------------------------------- */

static const struct medium *stick(const struct machine *m)
{
    for (size_t i = 0; i < m->media.n; i++)
        if (!strcmp(m->media.list[i].name, m->stick))
            return &m->media.list[i];
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

static int read_sheet(struct machine *m, struct install_facts *f)
{
    const struct medium *md = stick(m);
    struct enrol_sheet sheet;

    int rc = md ? read_block(md, label_place(md->size) + DISK_BLOCK, m->block) : -ERR_GONE;
    if (rc < 0)
        return rc;
    size_t len = sheet_in(m->block);
    if (len && enrol_sheet_decode(m->block, len, &sheet, NULL) == 0) {
        m->sheet = f->sheet = true;
        text_copy(f->terminal, sizeof f->terminal, sheet.terminal);
        text_copy(f->spot, sizeof f->spot, sheet.spot);
        text_copy(f->device, sizeof f->device, sheet.device);
        enrol_sheet_hash(&sheet, f->words);
        secret_wipe(&sheet, sizeof sheet);
    }
    return 0;
}

/* --- the disk's partitions ---------------------------------------------------------------------------------------------- */

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

static void find_parts(struct machine *m, const struct medium *md)
{
    char folder[PATH_MAX], name[80];
    struct dirent *entry;

    memset(m->parts, 0, sizeof m->parts);
    DIR *dir = opendir(md->sys);
    while (dir && (entry = readdir(dir))) {
        if (strncmp(entry->d_name, md->name, strlen(md->name)))
            continue;
        snprintf(folder, sizeof folder, "%s/%s", md->sys, entry->d_name);
        read_name(folder, name, sizeof name);
        for (int i = 0; i < PARTS; i++)
            if (!strcmp(name, part_names[i])) {
                m->parts[i].at = read_number(folder, "start") * 512;
                m->parts[i].len = read_number(folder, "size") * 512;
                snprintf(m->parts[i].path, sizeof m->parts[i].path, "%s/dev/%.200s", m->sys, entry->d_name);
            }
    }
    if (dir)
        closedir(dir);
}

static bool is_ours(const struct machine *m)
{
    for (int i = 0; i < PARTS; i++)
        if (i != PART_NOTE && !m->parts[i].len)
            return false;
    return true;
}

/* --- which disk --------------------------------------------------------------------------------------------------------- */

static bool inside(const struct machine *m, const struct medium *md)
{
    return !*md->port && strcmp(md->name, m->stick) != 0;
}

/* The only one; of several the only one with a system of ours. */
static enum install_trouble find_disk(struct machine *m)
{
    const struct medium *found = NULL;
    int all = 0, ours = 0;

    for (size_t i = 0; i < m->media.n; i++) {
        if (!inside(m, &m->media.list[i]))
            continue;
        all++;
        find_parts(m, &m->media.list[i]);
        ours += is_ours(m);
        if (!found || is_ours(m))
            found = &m->media.list[i];
    }
    if (!all)
        return INSTALL_NO_DISK;
    if (all > 1 && ours != 1)
        return INSTALL_MANY_DISKS;
    m->disk = *found;
    find_parts(m, &m->disk);
    return m->disk.bar == MEDIUM_LOCKED || m->disk.bar >= MEDIUM_IN_USE ? INSTALL_LOCKED : INSTALL_FINE;
}

/* --- what is on it ------------------------------------------------------------------------------------------------------ */

static bool filled(const struct machine *m, enum machine_part p)
{
    uint8_t block[DISK_BLOCK];

    return read_block(&m->disk, m->parts[p].at, block) < 0 || !memcmp(block + EROFS_AT, EROFS, 4);
}

/* The one that the installed system does not run from. Where nobody says which, the one that holds nothing. */
static char choose_slot(const struct machine *m, char runs)
{
    if (runs == 'a' || runs == 'b')
        return runs == 'a' ? 'b' : 'a';
    return !filled(m, PART_ROOT_A) && filled(m, PART_ROOT_B) ? 'a' : 'b';
}

static enum install_trouble look_at_ours(struct machine *m, uint64_t root_len, uint64_t verity_len, struct install_facts *f)
{
    char runs = '-';

    f->found = INSTALL_OURS;
    if (m->parts[PART_NOTE].len)
        note_look(&m->disk, m->parts[PART_NOTE].at, f, &runs);
    if (f->sheet && f->note.known && *f->note.terminal && strcmp(f->terminal, f->note.terminal) != 0)
        f->found = INSTALL_OTHER;
    m->slot = choose_slot(m, runs);
    bool a = m->slot == 'a';
    return m->parts[a ? PART_ROOT_A : PART_ROOT_B].len < root_len || m->parts[a ? PART_VERITY_A : PART_VERITY_B].len < verity_len
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

static enum install_trouble look_at_others(const struct machine *m, const struct image *im, struct install_facts *f)
{
    struct content c;

    content_look(&m->disk, &c);
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
    return m->disk.size < writer_needs(im) ? INSTALL_SMALL : INSTALL_FINE;
}

/* Written whole by this very image, and nothing of its first mebibyte is another since: it was never started. */
static bool installed(const struct machine *m, const struct image *im)
{
    struct content c;

    content_look(&m->disk, &c);
    return c.holds == HOLDS_OURS && c.label.state == LABEL_DONE && !memcmp(c.label.image, im->id, SHA256_LEN);
}

static bool has_chip(const struct machine *m)
{
    char path[MEDIUM_PATH_MAX];

    snprintf(path, sizeof path, "%s/sys/class/tpm/tpm0", m->sys);
    return access(path, F_OK) == 0;
}

void machine_look(struct machine *m, const struct image *im, uint64_t root_len, uint64_t verity_len, struct install_facts *f)
{
    m->media.root = m->sys;
    f->chip = has_chip(m);
    f->trouble = media_scan(&m->media, NULL) < 0 ? INSTALL_NO_DISK : INSTALL_FINE;
    if (f->trouble == INSTALL_FINE && read_sheet(m, f) < 0)
        f->trouble = INSTALL_STICK_BAD;
    if (f->trouble == INSTALL_FINE)
        f->trouble = find_disk(m);
    f->disk = m->disk.size;
    if (f->trouble != INSTALL_FINE)
        return;
    if (is_ours(m) && installed(m, im))
        f->found = INSTALL_INSTALLED;
    else
        f->trouble = is_ours(m) ? look_at_ours(m, root_len, verity_len, f) : look_at_others(m, im, f);
}
