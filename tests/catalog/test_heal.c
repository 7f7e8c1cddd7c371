/* SPDX-License-Identifier: Apache-2.0
 *
 * Every file that a catalogue stands on is lost, rotten by one bit, put back from an older copy, replaced by a pipe: the
 * terminal comes back to the newest catalogue by itself, or asks the hall for it, and never takes an older one than it
 * has seen.
 */
#include "catalog/installed.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "update_test.h"

/* What kiosk keeps and what kiosk-sync brought, each relative to DATA. Copied while 5 was installed, and again with 6. */
static const char *const files[] = {
    "root.json",
    "root.sig",
    "catalog-seen.json",
    "catalog/state.json",
    "catalog/pinned.json",
    "catalog/pinned.sig",
    "catalog/root.2.json",
    "catalog/root.2.sig",
    "catalog/head.json",
    "catalog/head.sig",
    "catalog/least.json",
    "catalog/least.sig",
    "catalog/catalog.5.json",
    "catalog/catalog.5.sig",
    "catalog/catalog.5.db",
    "catalog/catalog.6.json",
    "catalog/catalog.6.sig",
    "catalog/catalog.6.db",
    "catalog/refused",
    "sync/incoming/root.json",
    "sync/incoming/root.sig",
    "sync/incoming/head.json",
    "sync/incoming/head.sig",
    "sync/incoming/catalog.json",
    "sync/incoming/catalog.sig",
    "sync/incoming/catalog-6.db",
};
enum { FILES = sizeof files / sizeof *files };

enum damage { LOST, ONE_BIT, OLDER, PIPE, DAMAGES };

static char old[160], new[160];

static void copy(const char *to)
{
    shell("rm -rf %s; cp -a %s %s", to, data, to);
}

static void put_back(const char *from)
{
    shell("rm -rf %s; cp -a %s %s", data, from, data);
}

static void head(int64_t catalogue)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    struct manifest_head h = {.root = 2, .catalogue = catalogue, .at_ms = now, .expires_ms = now + 7 * DAY};
    struct buf json;

    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_head_encode(&h, &json, NULL), 0);
    put_signed(incoming, "head", MANIFEST_HEAD_PREFIX, &json, HEAD, -1);
    buf_finish(&json);
}

static void bring(struct delivery d)
{
    deliver(d);
    put_root(incoming, 2, OTHER_CATALOGUE, NEW_SEALING, ROOT);
    head(d.version);
}

static struct delivery version_6(void)
{
    return (struct delivery){.version = 6, .min_version = 5, .signer = OTHER_CATALOGUE};
}

static void stage(void)
{
    bool changed;
    struct err e;

    fresh();
    snprintf(old, sizeof old, "%s/old", sample_folder());
    snprintf(new, sizeof new, "%s/new", sample_folder());
    bring((struct delivery){.version = 5, .signer = OTHER_CATALOGUE});
    CHECK_INT(install(&changed, &e), 0);
    copy(old);
    bring(version_6());
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(current(), 6);
    copy(new);
}

static bool one_bit(const char *path)
{
    struct stat st;
    uint8_t byte = 0;
    int fd = open(path, O_RDWR);
    bool done = fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0 && pread(fd, &byte, 1, st.st_size / 2) == 1;

    byte ^= 0x04;
    done = done && pwrite(fd, &byte, 1, st.st_size / 2) == 1;
    close(fd);
    return done;
}

/* False: this file cannot have that. */
static bool harm(const char *file, enum damage how)
{
    char path[PATH_MAX], other[PATH_MAX];

    in(path, data, file);
    in(other, how == OLDER ? old : new,
       how == OLDER           ? file
       : strstr(file, ".sig") ? "catalog/head.sig"
                              : "catalog/head.json");
    switch (how) {
    case LOST:
        return unlink(path) == 0;
    case ONE_BIT:
        return one_bit(path);
    case OLDER:
        if (access(other, F_OK) < 0)
            return false;
        shell("cp %s %s", other, path);
        return true;
    case PIPE:
        unlink(path);
        return mkfifo(path, 0644) == 0;
    case DAMAGES:
        break;
    }
    return false;
}

/* A start of kiosk, its look at the whole file, and what it does when nobody is there. */
static void live(void)
{
    char path[PATH_MAX];
    struct err e = {0};
    bool changed;
    int version = 0;

    if (update_current(data, path, &version, &e) == 0 && update_check(data, version, &e) < 0)
        update_spoil(data, version);
    install(&changed, &e);
}

static void nothing_older(const char *what)
{
    struct update_head seen = {0};
    bool changed;
    struct err e;

    bring((struct delivery){.version = 5, .signer = OTHER_CATALOGUE});
    CHECK_INT(install(&changed, &e), -ERR_VERSION);
    CHECK_INT(update_head(data, &seen, NULL), 0);
    CHECK_INT(seen.catalogue, 6);
    CHECK_INT(current(), 6);
    if (test_failed_)
        printf("# after %s\n", what);
}

static void must_heal(const char *file, enum damage how)
{
    static const char *const words[] = {"lost", "one bit", "older", "a pipe"};
    struct public_key key, want;
    char what[128];
    struct err e = {0};
    bool changed;

    put_back(new);
    if (!harm(file, how))
        return;
    snprintf(what, sizeof what, "%s: %s", file, words[how]);
    live();
    if (found.whole || current() != 6) { /* the hall is there and sends all of it once more */
        CHECK(found.whole == 6 || found.whole == UPDATE_WHOLE_ANY);
        bring(version_6());
        CHECK_INT(install(&changed, &e), 0);
    }
    CHECK_INT(current(), 6);
    CHECK_INT(update_check(data, 6, &e), 0);
    key_public(keys[NEW_SEALING], &want);
    CHECK_INT(update_sealing_key(data, clock_wall_ms(), &key, &e), 0);
    CHECK_MEM(key.point, want.point, sizeof key.point);
    if (strstr(file, "state") || strstr(file, "seen") || strstr(file, "least") || strstr(file, "catalog.6.json"))
        nothing_older(what);
}

TEST(each_file_each_damage)
{
    stage();
    for (int i = 0; i < FILES; i++)
        for (int how = 0; how < DAMAGES; how++)
            must_heal(files[i], (enum damage)how);
}

/* One wrong bit anywhere: another number is never believed. */
TEST(each_byte_of_the_state)
{
    char path[PATH_MAX];
    struct stat st;

    put_back(new);
    in(path, data, "catalog/state.json");
    CHECK_INT(stat(path, &st), 0);
    for (off_t at = 0; at < st.st_size; at++) {
        struct catalog_state s;
        uint8_t byte;
        int fd = open(path, O_RDWR);

        CHECK(pread(fd, &byte, 1, at) == 1);
        byte ^= 1;
        CHECK(pwrite(fd, &byte, 1, at) == 1);
        CHECK_INT(catalog_state_load(data, NULL, &s, NULL, NULL), 0); /* the other copy */
        CHECK_INT(s.catalogue, 6);
        byte ^= 1;
        CHECK(pwrite(fd, &byte, 1, at) == 1);
        close(fd);
    }
}

/* Without either copy, and without what came: the signed files alone know. */
TEST(both_copies_gone)
{
    struct catalog_state before, after;

    put_back(new);
    CHECK_INT(catalog_state_load(data, NULL, &before, NULL, NULL), 0);
    shell("rm -rf %s/catalog-seen.json %s/catalog/state.json %s/*", data, data, incoming);
    CHECK_INT(current(), 6);
    live();
    CHECK_INT(catalog_state_load(data, NULL, &after, NULL, NULL), 0);
    CHECK_MEM(&after, &before, sizeof before);
    nothing_older("both copies gone");
}

/* The whole folder of an earlier week: the copy beside it knows better. */
TEST(older_folder)
{
    put_back(new);
    shell("rm -rf %s/catalog; cp -a %s/catalog %s/catalog; rm -rf %s/*", data, old, data, incoming);
    CHECK_INT(current(), 5); /* as the newest one's min_version permits, until that is here again */
    live();
    CHECK_INT(found.whole, UPDATE_WHOLE_ANY);
    bring(version_6());
    live();
    CHECK_INT(current(), 6);
    nothing_older("the folder of an earlier week");
}

/* The fallback is no way around a catalogue that was called back. */
TEST(called_back_stays_so)
{
    bool changed;
    struct err e;

    put_back(new);
    bring((struct delivery){.version = 7, .min_version = 7, .signer = OTHER_CATALOGUE});
    CHECK_INT(install(&changed, &e), 0);
    shell("rm -f %s/catalog-seen.json %s/catalog/state.json %s/*", data, data, incoming);
    update_spoil(data, 7);
    CHECK(current() < 0);
    CHECK(exists("catalog/catalog.6.db"));
    live();
    CHECK_INT(found.whole, UPDATE_WHOLE_ANY);
    CHECK(current() < 0);
}

/* Nothing is left of what was seen: as on the first day, so whatever the hall signs counts, but not below its head. */
TEST(everything_gone)
{
    bool changed;
    struct err e;

    put_back(new);
    shell("rm -rf %s/catalog-seen.json %s/catalog %s/*", data, data, incoming);
    CHECK_INT(current(), -ERR_NOTFOUND);
    live();
    CHECK_INT(found.whole, UPDATE_WHOLE_ANY);
    bring((struct delivery){.version = 5, .signer = OTHER_CATALOGUE});
    head(6);
    CHECK_INT(install(&changed, &e), -ERR_VERSION);
    bring(version_6());
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(current(), 6);
}

/* The form of the state before there were two copies. */
TEST(first_form)
{
    static const char pin[] = "abababababababababababababababababababababababababababababababab";
    struct catalog_state s;
    char text[512];

    snprintf(text, sizeof text, "{\"v\":1,\"pin\":\"%s\",\"root\":2,\"catalogue\":4,\"catalogue_root\":1,\"min_version\":3}",
             pin);
    CHECK_INT(catalog_state_decode(text, strlen(text), &s, NULL), 0);
    CHECK(s.root == 2 && s.catalogue == 4 && s.min_version == 3 && s.head_at_ms == 0);
    text[5] = '2'; /* without its second line */
    CHECK(catalog_state_decode(text, strlen(text), &s, NULL) < 0);
}

/* Whatever time a head has, 1970 too: what is read is written. */
TEST(head_of_1970)
{
    static const char text[] =
        "{\"v\":1,\"pin\":\"abababababababababababababababababababababababababababababababab\",\"root\":1,\"catalogue\":4,"
        "\"catalogue_root\":1,\"min_version\":1,\"head_root\":1,\"head_catalogue\":4,\"head_at\":0,"
        "\"head_expires\":1768186800000}";
    struct catalog_state s = {0}, back = {0};
    struct buf b;

    CHECK_INT(catalog_state_decode(text, sizeof text - 1, &s, NULL), 0);
    CHECK_INT(s.head_expires_ms, INT64_C(1768186800000));
    buf_init(&b, CATALOG_STATE_MAX);
    CHECK_INT(catalog_state_encode(&s, &b, NULL), 0);
    CHECK_INT(catalog_state_decode(b.data, b.len, &back, NULL), 0);
    CHECK_MEM(&back, &s, sizeof s);
    buf_finish(&b);
}

static void last(void)
{
    for (int i = 0; i < KEYS; i++)
        key_free(keys[i]);
    sample_close();
}

TEST_MAIN(T(each_file_each_damage), T(each_byte_of_the_state), T(both_copies_gone), T(older_folder), T(called_back_stays_so),
          T(everything_gone), T(first_form), T(head_of_1970), TEARDOWN(last))
