/* SPDX-License-Identifier: Apache-2.0
 *
 * Updates of the terminal's system: what root's part (board/update/update) would write and is asked, in RUN-update and RUN;
 * bundles that only look like one, for nothing of the kind is installed here.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "tools/scenario/play.h"
#include "wire/pieces.h"
#include "wire/system.h"

#define BLOCKS 600 /* of a bundle */
#define GO_MAX 128

static int write_in(const char *folder, const char *name, const void *data, size_t len, struct err *e)
{
    char path[STAND_PATH_MAX + 32];
    int rc = fs_mkdirs(folder, 0755, e);

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return rc < 0 ? rc : fs_write_atomic(path, data, len, 0644, e);
}

/* As the part of root has it: the version that runs stays what `system runs` said. */
static int write_status(struct play *p, const char *state, const char *version, const char *why, struct err *e)
{
    char line[512];
    int n = snprintf(line, sizeof line,
                     "{\"state\":\"%s\",\"version\":\"%s\",\"why\":\"%s\",\"running\":\"%s\",\"slot\":\"a\",\"other\":\"\","
                     "\"left\":\"\",\"at\":1}",
                     state, version, why, p->system);

    return write_in(stand_path(p->stand, "run-update"), "status", line, (size_t)n, e);
}

/* The logs that a technician asked for: the line is taken, and answered (board/common/logs.sh). */
static int logs(struct play *p, const char *state, struct err *e)
{
    char line[160];
    int n = snprintf(line, sizeof line, "%s 7 1 tongban-test.txt\n", state);

    if (unlink(stand_path(p->stand, "run/logs-go")))
        return err_errno(e, "run/logs-go");
    return write_in(stand_path(p->stand, "run-logs"), "status", line, (size_t)n, e);
}

/* Of any version the same blocks but for a few: what an update of one program would be. */
static void make_bundle(const char *version, struct buf *out)
{
    uint8_t block[PIECES_BUNDLE_BLOCK], hash[SHA256_LEN];
    char name[SYSTEM_VERSION_LEN + 32], manifest[SYSTEM_VERSION_LEN + 64];

    memset(block, 7, sizeof block);
    buf_add(out, block, PIECES_BUNDLE_SKIP);
    for (int i = 0; i < BLOCKS; i++) {
        snprintf(name, sizeof name, "%s %d", i % 100 == 50 ? version : "", i);
        sha256(name, strlen(name), hash);
        for (size_t at = 0; at < sizeof block; at += sizeof hash)
            memcpy(block + at, hash, sizeof hash);
        buf_add(out, block, sizeof block);
    }
    int n = snprintf(manifest, sizeof manifest, "[update]\ncompatible=test\nversion=%s\n", version);
    buf_add(out, manifest, (size_t)n);
    buf_add_be32(out, 0);
    buf_add_be32(out, (uint32_t)n);
}

static int publish(struct play *p, const char *version, struct err *e)
{
    const char *data = stand_path(p->stand, "hall"), *file = stand_path(p->stand, "bundle");
    struct buf bundle, out = {0};

    buf_init(&bundle, (BLOCKS + 2) * (size_t)PIECES_BUNDLE_BLOCK);
    make_bundle(version, &bundle);
    int rc = fs_write_atomic(file, bundle.data, bundle.len, 0644, e);
    if (rc == 0)
        rc = stand_command(p->stand, &out, e, "hallctl", "system", "publish", "--data", data, "--bundle", file, "--office",
                           "1103", "--staff", "test", NULL);
    buf_finish(&out);
    if (rc == 0)
        rc = stand_command(p->stand, &out, e, "hallctl", "system", "approve", "--data", data, "--version", version,
                           "--office", "1103", "--staff", "other", "--reason", "test", NULL);
    buf_finish(&bundle);
    buf_finish(&out);
    return rc;
}

/* The bundle of that version was installed here before: what it has need not come again. */
static int installed(struct play *p, const char *version, struct err *e)
{
    struct buf bundle;

    buf_init(&bundle, (BLOCKS + 2) * (size_t)PIECES_BUNDLE_BLOCK);
    make_bundle(version, &bundle);
    int rc = write_in(stand_path(p->stand, "term-update"), "installed.raucb", bundle.data, bundle.len, e);
    buf_finish(&bundle);
    return rc;
}

#define WHO "--office", "1103", "--staff", "test", "--reason", "test"

/* By central staff; what is rolled out goes to the one terminal there is. */
static int staff(struct play *p, const struct step *st, struct err *e)
{
    const char *data = stand_path(p->stand, "hall"), *word = st->words[0];
    struct buf out = {0};
    int rc;

    if (strcmp(word, "rollout") == 0) {
        text_copy(p->rolled, sizeof p->rolled, st->words[1]);
        rc = stand_command(p->stand, &out, e, "hallctl", "system", word, "--data", data, "--version", p->rolled,
                           "--terminals", "t-1103-003", WHO, NULL);
    } else if (strcmp(word, "retry") == 0)
        rc = stand_command(p->stand, &out, e, "hallctl", "system", word, "--data", data, "--terminal", "t-1103-003", WHO,
                           NULL);
    else
        rc = stand_command(p->stand, &out, e, "hallctl", "system", word, "--data", data, "--version", p->rolled, WHO, NULL);
    buf_finish(&out);
    return rc < 0 ? rc : getuid() == 0 ? stand_give_hall(p->stand, e) : 0;
}

/* Root's part takes the line and, of an order, the bundle, which is its own from then on. */
static int taken(struct play *p, struct err *e)
{
    char version[GO_MAX] = "", name[GO_MAX + 40];
    struct buf line;
    int rc = fs_read(stand_path(p->stand, "run/update-go"), GO_MAX, &line, e);
    bool technician = rc == 0 && (strcmp(buf_str(&line), "stick\n") == 0 || strcmp(buf_str(&line), "back\n") == 0);

    if (rc == 0 && !technician && sscanf(buf_str(&line), "install %127s", version) != 1)
        rc = err_set(e, ERR_INVALID, "kiosk asked for: %s", buf_str(&line));
    buf_finish(&line);
    if (rc < 0)
        return rc;
    snprintf(name, sizeof name, "term/sync/system/%s.raucb", version);
    if (!technician && unlink(stand_path(p->stand, name)))
        return err_errno(e, "%s", name);
    return unlink(stand_path(p->stand, "run/update-go")) ? err_errno(e, "run/update-go") : 0;
}

int system_step(struct play *p, const struct step *st, struct err *e)
{
    const char *word = st->words[0];

    if (strcmp(word, "runs") == 0 && st->n == 2 && text_copy(p->system, sizeof p->system, st->words[1]))
        return write_status(p, "none", "", "", e);
    if (strcmp(word, "says") == 0 && st->n >= 3)
        return write_status(p, st->words[1], st->words[2], st->n > 3 ? st->words[3] : "", e);
    if (strcmp(word, "taken") == 0 && st->n == 1)
        return taken(p, e);
    if (strcmp(word, "logs") == 0 && st->n == 2)
        return logs(p, st->words[1], e);
    if (strcmp(word, "line") == 0 && st->n == 2)
        return line_state(p, st->words[1], e);
    if (strcmp(word, "installed") == 0 && st->n == 2)
        return installed(p, st->words[1], e);
    if (strcmp(word, "published") == 0 && st->n == 2) {
        int rc = publish(p, st->words[1], e);
        return rc < 0 ? rc : getuid() == 0 ? stand_give_hall(p->stand, e) : 0;
    }
    if ((strcmp(word, "rollout") == 0 && st->n == 2) ||
        (st->n == 1 && (strcmp(word, "pause") == 0 || strcmp(word, "resume") == 0 || strcmp(word, "withdraw") == 0 ||
                        strcmp(word, "retry") == 0)))
        return staff(p, st, e);
    return err_set(e, ERR_INVALID,
                   "system runs|says|taken|logs|line|installed|published|rollout|pause|resume|withdraw|retry …");
}

/* What kiosk has asked root's part for. */
static int expect_go(struct play *p, const char *version, struct err *e)
{
    char wanted[GO_MAX];
    struct buf line;
    int rc = fs_read(stand_path(p->stand, "run/update-go"), GO_MAX, &line, e);

    bool technician = strcmp(version, "stick") == 0 || strcmp(version, "back") == 0;
    snprintf(wanted, sizeof wanted, "%s%s\n", technician ? "" : "install ", version);
    if (rc == 0 && strcmp(buf_str(&line), wanted) != 0)
        rc = err_set(e, ERR_INVALID, "kiosk asked for: %s", buf_str(&line));
    buf_finish(&line);
    return rc;
}

/* What `hallctl system status` says of the terminal. */
static int expect_hall(struct play *p, const char *member, const char *value, struct err *e)
{
    const struct json *list = NULL;
    const char *text = "";
    struct json *doc = NULL;
    struct buf out = {0};
    int rc = stand_command(p->stand, &out, e, "hallctl", "system", "status", "--data", stand_path(p->stand, "hall"),
                           "--json", NULL);

    if (rc == 0)
        rc = json_parse(out.data, out.len, JSON_SIZE_MAX, &doc, e);
    if (rc == 0 && strcmp(member, "rollout") == 0)
        text = json_str(json_member(json_member(doc, "rollout"), "state"));
    else if (rc == 0 && (rc = json_get_arr(doc, "terminals", 64, &list, e)) == 0)
        text = json_str(json_member(json_at(list, 0), member));
    if (rc == 0 && (!text || strcmp(text, value) != 0))
        rc = err_set(e, ERR_INVALID, "%s is %s", member, text ? text : "no text");
    json_free(doc);
    buf_finish(&out);
    return rc;
}

int expect_system(struct play *p, const struct step *st, struct err *e)
{
    char name[SYSTEM_VERSION_LEN + 40];

    if (strcmp(st->words[1], "go") == 0 && st->n == 3)
        return expect_go(p, st->words[2], e);
    if (strcmp(st->words[1], "waits") == 0 && st->n == 2)
        return access(stand_path(p->stand, "run/update-go"), F_OK) ? 0 : err_set(e, ERR_STATE, "it was asked for already");
    if (strcmp(st->words[1], "here") == 0 && st->n == 3) {
        snprintf(name, sizeof name, "term/sync/system/%s.raucb", st->words[2]);
        return access(stand_path(p->stand, name), F_OK) ? err_errno(e, "%s", name) : 0;
    }
    if (st->n == 4 && strcmp(st->words[2], "=") == 0)
        return expect_hall(p, st->words[1], st->words[3], e);
    return err_set(e, ERR_INVALID, "expect system go V|stick|back, here V, waits, MEMBER = VALUE");
}
