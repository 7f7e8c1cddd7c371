/* SPDX-License-Identifier: Apache-2.0
 *
 * What a power cut leaves of a folder, from a log written by hand.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"
#include "tools/scenario/disk_log.h"
#include "tools/scenario/replay.h"

struct bench {
    char root[32], before[64], dir[64], log[64];
    FILE *f;
};

static void make(struct bench *b)
{
    strcpy(b->root, "/tmp/replay.XXXXXX");
    if (!mkdtemp(b->root))
        abort();
    snprintf(b->before, sizeof b->before, "%s/before", b->root);
    snprintf(b->dir, sizeof b->dir, "%s/dir", b->root);
    snprintf(b->log, sizeof b->log, "%s/log", b->root);
    mkdir(b->before, 0755);
    mkdir(b->dir, 0755);
    b->f = fopen(b->log, "w");
}

static void put(struct bench *b, enum disk_log_op op, const char *name, uint64_t at, const char *data)
{
    char path[128];
    struct disk_log_head h = {.op = op, .offset = at, .data_len = data ? strlen(data) : 0};

    snprintf(path, sizeof path, "%s%s%s", b->dir, *name ? "/" : "", name);
    h.path_len = (uint32_t)strlen(path);
    fwrite(&h, sizeof h, 1, b->f);
    fwrite(path, 1, h.path_len, b->f);
    if (data)
        fwrite(data, 1, h.data_len, b->f);
}

static void cut(struct bench *b, unsigned seed)
{
    struct err e = {0};

    fclose(b->f);
    CHECK_INT(replay_cut(b->log, b->before, b->dir, seed, &e), 0);
}

/* The content after the cut, "-" when there is no such file. */
static const char *after(const struct bench *b, const char *name)
{
    static char text[64];
    char path[128];
    struct buf content;
    struct err e = {0};

    snprintf(path, sizeof path, "%s/%s", b->dir, name);
    if (fs_read(path, 60, &content, &e) < 0)
        return "-";
    snprintf(text, sizeof text, "%s", buf_str(&content));
    buf_finish(&content);
    return text;
}

static void done(struct bench *b)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf %s", b->root);
    if (system(command) != 0)
        abort();
}

TEST(what_was_synced_stays)
{
    for (unsigned seed = 1; seed < 30; seed++) {
        struct bench b;

        make(&b);
        put(&b, OP_CREATE, "a", 0, NULL);
        put(&b, OP_WRITE, "a", 0, "kept");
        put(&b, OP_SYNC, "a", 0, NULL);
        put(&b, OP_SYNC_DIR, "", 0, NULL);
        cut(&b, seed);
        CHECK_STR(after(&b, "a"), "kept");
        done(&b);
    }
}

TEST(unsynced_writes_may_be_lost_or_kept)
{
    int kept = 0, lost = 0;

    for (unsigned seed = 1; seed < 60; seed++) {
        struct bench b;

        make(&b);
        put(&b, OP_CREATE, "a", 0, NULL);
        put(&b, OP_WRITE, "a", 0, "one");
        put(&b, OP_SYNC, "a", 0, NULL);
        put(&b, OP_SYNC_DIR, "", 0, NULL);
        put(&b, OP_WRITE, "a", 0, "two");
        cut(&b, seed);
        kept += !strcmp(after(&b, "a"), "two");
        lost += !strcmp(after(&b, "a"), "one");
        done(&b);
    }
    CHECK(kept > 0);
    CHECK(lost > 0);
    CHECK_INT(kept + lost, 59);
}

TEST(a_rename_without_sync_of_its_folder_may_not_have_happened)
{
    int new_name = 0, old_name = 0;

    for (unsigned seed = 1; seed < 60; seed++) {
        struct bench b;
        char path[128];
        struct err e = {0};

        make(&b);
        snprintf(path, sizeof path, "%s/b", b.before);
        CHECK_INT(fs_write_atomic(path, "old", 3, 0644, &e), 0);
        put(&b, OP_CREATE, "b.tmp", 0, NULL);
        put(&b, OP_WRITE, "b.tmp", 0, "new");
        put(&b, OP_SYNC, "b.tmp", 0, NULL);
        snprintf(path, sizeof path, "%s/b", b.dir);
        put(&b, OP_RENAME, "b.tmp", 0, path);
        cut(&b, seed);
        new_name += !strcmp(after(&b, "b"), "new");
        old_name += !strcmp(after(&b, "b"), "old");
        done(&b);
    }
    CHECK(new_name > 0);
    CHECK(old_name > 0);
    CHECK_INT(new_name + old_name, 59);
}

TEST_MAIN(T(what_was_synced_stays), T(unsynced_writes_may_be_lost_or_kept),
          T(a_rename_without_sync_of_its_folder_may_not_have_happened))
