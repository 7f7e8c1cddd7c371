/* SPDX-License-Identifier: Apache-2.0
 *
 * See announce.h.
 */
#include "journal/announce.h"

#include <string.h>

#include "base/fs.h"
#include "crypto/random.h"
#include "journal/anchor.h"
#include "journal/outbox.h"

#define PATH_CAP 512
#define REQUEST_MAX 4096

static int path_of(const struct announce *a, const char *name, char out[PATH_CAP], struct err *e)
{
    return fs_join(out, PATH_CAP, a->data, name) < 0 ? err_set(e, ERR_TOOLONG, "the path of %s", a->data) : 0;
}

bool announce_too_late(const char *journal_dir)
{
    struct outbox *o = NULL;
    struct anchor a;
    int rc = anchor_read(journal_dir, &a, NULL);

    if (rc < 0 ? rc != -ERR_NOTFOUND : a.last.seq + a.acked.seq > 0)
        return true;
    if (outbox_open(journal_dir, &o, NULL) < 0)
        return false;
    outbox_close(o);
    return true;
}

static int make_key(const struct announce *a, struct private_key **ret, struct err *e)
{
    char path[PATH_CAP];
    struct private_key *k = NULL;
    int rc = path_of(a, a->key, path, e);

    if (rc < 0)
        return rc;
    rc = key_load(path, ret, e);
    if (rc != -ERR_NOTFOUND)
        return rc;
    rc = key_generate(&k, e);
    if (rc == 0)
        rc = key_save(k, path, e);
    if (rc == 0)
        *ret = k;
    else
        key_free(k);
    return rc;
}

/* The request of an earlier try, when it is for this terminal and this key. */
static bool take_up(const char *path, const char *terminal, const struct private_key *k, struct enrol_register *r)
{
    struct public_key own;
    struct buf text;

    if (fs_read_given(path, REQUEST_MAX, &text, NULL) < 0)
        return false;
    int rc = enrol_register_decode(text.data, text.len, r, NULL);
    buf_finish(&text);
    key_public(k, &own);
    return rc == 0 && !strcmp(r->terminal, terminal) && !memcmp(r->signing.point, own.point, sizeof own.point);
}

static int make_request(const struct announce *a, const char *terminal, const struct private_key *k,
                        struct enrol_register *r, struct err *e)
{
    char path[PATH_CAP];
    struct buf text;
    int rc = path_of(a, a->request, path, e);

    if (rc < 0 || take_up(path, terminal, k, r))
        return rc;
    memset(r, 0, sizeof *r);
    memcpy(r->terminal, terminal, strlen(terminal) + 1);
    random_bytes(r->epoch, sizeof r->epoch);
    buf_init(&text, REQUEST_MAX);
    rc = enrol_register_sign(k, r, e);
    if (rc == 0)
        rc = enrol_register_encode(r, &text);
    if (rc == 0)
        rc = fs_write_atomic(path, text.data, text.len, 0644, e);
    buf_finish(&text);
    return rc;
}

/* The anchor comes before the terminal counts as enrolled. */
static int make_anchor(const struct announce *a, const struct enrol_register *r, struct err *e)
{
    char path[PATH_CAP];
    int rc = path_of(a, a->journal, path, e);

    return rc < 0 ? rc : anchor_make(path, r->terminal, r->epoch, e);
}

int announce_make(const struct announce *a, const char *terminal, struct private_key **ret_key, struct enrol_register *ret,
                  struct err *e)
{
    struct private_key *k = NULL;
    int rc = make_key(a, &k, e);

    if (rc == 0)
        rc = make_request(a, terminal, k, ret, e);
    if (rc == 0)
        rc = make_anchor(a, ret, e);
    if (rc == 0)
        *ret_key = k;
    else
        key_free(k);
    return rc;
}
