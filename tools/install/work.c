/* SPDX-License-Identifier: Apache-2.0
 *
 * What install.h names: the stick's image opened, and a disk or a slot of it written.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/install/gpt_wire.h"
#include "tools/install/install.h"
#include "tools/install/mount.h"
#include "tools/install/sheet_block.h"

#define STICK INSTALL_WORK "/stick"
#define CMDLINE_MAX 4096

/* --- the image ----------------------------------------------------------------------------------------------------------
 */

/* The kernel's command line is signed: "tongban.install=AT tongban.blocks=N". */
static int read_cmdline(struct bring_root *ret, struct err *e)
{
    unsigned long long at = 0, blocks = 0;
    char text[CMDLINE_MAX + 1];
    FILE *f = fopen("/proc/cmdline", "re");
    size_t n = f ? fread(text, 1, CMDLINE_MAX, f) : 0;

    if (f)
        fclose(f);
    text[n] = 0;
    for (char *w = strtok(text, " \n"); w; w = strtok(NULL, " \n")) {
        if (sscanf(w, "tongban.install=%llu", &at) == 1)
            continue;
        sscanf(w, "tongban.blocks=%llu", &blocks);
    }
    *ret = (struct bring_root){at, blocks * BMAP_BLOCK};
    return at && blocks ? 0 : err_set(e, ERR_INVALID, "this machine was not started from a stick");
}

static int read_root(const char *text, struct bring_root *ret, struct err *e)
{
    if (sscanf(text, "%" SCNu64 "+%" SCNu64, &ret->at, &ret->len) == 2 && ret->at % BMAP_BLOCK == 0 &&
        ret->len % BMAP_BLOCK == 0)
        return 0;
    return err_set(e, ERR_INVALID, "--root-at is AT+LENGTH in bytes");
}

static int open_brought(struct install *i, const char *from, struct err *e)
{
    struct public_key key;

    int rc = public_key_load(i->call.key, &key, e);
    if (rc == 0)
        rc = fs_mkdirs(i->call.work, 0700, e);
    if (rc == 0)
        rc = bring_open(from, i->call.work, i->root, i->root_fd, &key, &i->image, e);
    return rc;
}

int install_bring(struct install *i, struct err *e)
{
    const struct install_call *c = &i->call;
    char path[MEDIUM_PATH_MAX];

    int rc = c->root_at ? read_root(c->root_at, &i->root, e) : read_cmdline(&i->root, e);
    if (rc < 0)
        return rc;
    i->root_fd = open(c->root, O_RDONLY | O_CLOEXEC);
    if (i->root_fd < 0)
        return err_errno(e, "open %s", c->root);
    if (c->from)
        return open_brought(i, c->from, e);
    rc = target_stick_part(&i->target, "stick-esp", path) ? 0 : err_set(e, ERR_NOTFOUND, "the stick is not there any more");
    if (rc == 0)
        rc = mount_fat(path, 0, 0, false, STICK, e);
    if (rc < 0)
        return rc;
    rc = open_brought(i, STICK "/tongban", e);
    mount_end(STICK);
    return rc;
}

/* Where a partition lies in the image, by its own table. */
static int image_part(const struct install *i, const char *name, uint64_t *at, uint64_t *len, struct err *e)
{
    uint8_t table[GPT_BYTES];

    int rc = image_read(&i->image, 0, table, sizeof table, e);
    return rc == 0 ? err_wrap(e, gpt_find(table, name, at, len), "the image has no %s", name) : rc;
}

/* --- writing ------------------------------------------------------------------------------------------------------------
 */

struct whole {
    const struct medium *disk;
    const struct image *image;
    const uint8_t *sheet;
    uint64_t sheet_at;
};

static void run_whole(const void *arg, writer_report_fn *report, void *ctx)
{
    const struct whole *w = arg;

    writer_run(w->disk, w->image, w->sheet, w->sheet_at, report, ctx);
}

static void run_slot(const void *arg, writer_report_fn *report, void *ctx)
{
    slot_run(arg, report, ctx);
}

static int write_whole(struct install *i, struct err *e)
{
    const struct target *t = &i->target;
    uint64_t at = 0, len = 0;

    int rc = t->sheet ? image_part(i, "note", &at, &len, e) : 0;
    if (rc < 0)
        return rc;
    return write_job_start_with(
        &i->job, run_whole,
        &(struct whole){&t->disk, &i->image, t->sheet ? t->block : NULL, t->sheet ? at + sheet_place(len) : 0}, e);
}

static int plan_slot(struct install *i, struct err *e)
{
    static char image_file[IMAGE_PATH_MAX]; /* for the whole run */
    const struct target *t = &i->target;
    bool a = t->slot == 'a';
    uint64_t root_at, root_len, note = t->parts[PART_NOTE].len;
    struct slot_plan *p = &i->plan;

    *p = (struct slot_plan){.disk = &t->disk,
                            .image = &i->image,
                            .open_esp = slot_mount,
                            .close_esp = slot_unmount,
                            .esp = t->parts[PART_ESP].path,
                            .image_file = image_file,
                            .slot = t->slot};
    int rc = fs_join(image_file, sizeof image_file, i->call.work, "system.img");
    if (rc == 0)
        rc = image_part(i, "root-a", &root_at, &root_len, e);
    if (rc == 0)
        rc = image_part(i, "verity-a", &p->verity.from, &p->verity.len, e);
    if (rc == 0)
        rc = image_part(i, "esp", &p->esp_at, &p->esp_len, e);
    p->root = (struct slot_piece){i->root.at, t->parts[a ? PART_ROOT_A : PART_ROOT_B].at, i->root.len};
    p->verity.to = t->parts[a ? PART_VERITY_A : PART_VERITY_B].at;
    p->sheet = t->sheet && note ? t->block : NULL;
    p->sheet_at = t->parts[PART_NOTE].at + (note ? sheet_place(note) : 0);
    if (rc == 0 && root_at != i->root.at)
        rc = err_set(e, ERR_INVALID, "the image's root file system lies elsewhere");
    return rc;
}

int install_write(struct install *i, struct err *e)
{
    if (i->view.install.facts.found != INSTALL_OURS)
        return write_whole(i, e);
    int rc = plan_slot(i, e);
    return rc == 0 ? write_job_start_with(&i->job, run_slot, &i->plan, e) : rc;
}
