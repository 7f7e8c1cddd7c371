/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_audit.h.
 */
#include "tools/hall/store/store_audit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* --- adding --- */

/* Zeros, and 0, before the first. */
static int read_head(struct sql *d, int office, struct audit_head *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(d, &r, e, "SELECT seq, hash FROM audit WHERE office=$1 ORDER BY seq DESC LIMIT 1", "i",
                        (int64_t)office);

    *ret = (struct audit_head){.office = office};
    if (rc == 0 && (rc = sql_next(r, e)) == 1) {
        ret->seq = sql_int(r, 0);
        rc = sql_copy(r, 1, ret->hash, sizeof ret->hash) < 0 ? err_set(e, ERR_CHECKSUM, "the hash of its last row is none")
                                                             : 0;
    }
    sql_done(r);
    return rc;
}

int store_audit(struct store *s, int office, const char *who, const char *action, const char *subject, const char *reason,
                struct err *e)
{
    struct audit_row row = {
        .office = office, .at = clock_wall_ms(), .who = who, .action = action, .subject = subject, .reason = reason};
    struct audit_head head;
    uint8_t hash[SHA256_LEN];
    int rc = read_head(store_sql(s), office, &head, e);

    if (rc < 0)
        return err_wrap(e, rc, "audit");
    store_uuid(row.id);
    row.seq = head.seq + 1;
    audit_hash(head.hash, &row, hash);
    rc = sql_do(store_sql(s), e,
                "INSERT INTO audit (office, id, at, who, action, subject, reason, seq, hash)"
                " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT (office, seq) DO NOTHING",
                "ibittttib", (int64_t)office, row.id, sizeof row.id, row.at, who, action, subject, reason, row.seq, hash,
                sizeof hash);
    if (rc == 0)
        return err_set(e, ERR_RETRY, "audit: somebody else was written down at the same moment");
    return rc < 0 ? err_wrap(e, rc, "audit") : 0;
}

/* --- reading --- */

int audit_head_read(struct store *s, int office, struct audit_head *ret, struct err *e)
{
    return err_wrap(e, read_head(store_sql(s), office, ret, e), "the audit log of office %d", office);
}

#define COLUMNS "SELECT office, seq, at, id, who, action, subject, reason, hash FROM audit "

/* Ends the rows. */
static int each_row(struct sql_rows *r, int rc, audit_fn *fn, void *ctx, struct err *e)
{
    int stop = 0;

    while (rc == 0 && !stop && (rc = sql_next(r, e)) == 1) {
        struct audit_row row = {.office = (int)sql_int(r, 0),
                                .seq = sql_int(r, 1),
                                .at = sql_int(r, 2),
                                .who = sql_text(r, 4),
                                .action = sql_text(r, 5),
                                .subject = sql_text(r, 6),
                                .reason = sql_text(r, 7)};
        uint8_t hash[SHA256_LEN];

        if (sql_copy(r, 3, row.id, sizeof row.id) < 0 || sql_copy(r, 8, hash, sizeof hash) < 0)
            rc = err_set(e, ERR_CHECKSUM, "row %" PRId64 " of office %d: its id or hash is none", row.seq, row.office);
        else
            rc = 0;
        if (rc == 0)
            stop = fn(ctx, &row, hash);
    }
    sql_done(r);
    return err_wrap(e, rc, "read the audit log");
}

int audit_each(struct store *s, int office, audit_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, COLUMNS "WHERE office=$1 OR $1=-1 ORDER BY office, seq", "i", (int64_t)office);

    return each_row(r, rc, fn, ctx, e);
}

int audit_each_back(struct store *s, const struct audit_span *span, audit_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        COLUMNS "WHERE office=$1 AND seq>=$2 AND seq<$3 AND at>=$4 AND at<$5 AND (subject=$6 OR $6='')"
                                " ORDER BY seq DESC",
                        "iiiiit", (int64_t)span->office, span->from, span->before, span->begins, span->ends, span->subject);

    return each_row(r, rc, fn, ctx, e);
}

/* --- proving --- */

struct proof {
    const struct audit_seen *before;
    struct audit_seen now;
    struct err *e;
    int rc;
};

static const struct audit_head *find(const struct audit_seen *seen, int office)
{
    for (size_t i = 0; i < seen->n; i++)
        if (seen->heads[i].office == office)
            return &seen->heads[i];
    return NULL;
}

/* The head of the row's office, which is the last one there is; NULL: out of memory. */
static struct audit_head *head_of(struct audit_seen *now, int office)
{
    if (now->n && now->heads[now->n - 1].office == office)
        return &now->heads[now->n - 1];
    struct audit_head *more = realloc(now->heads, (now->n + 1) * sizeof *more);

    if (!more)
        return NULL;
    now->heads = more;
    now->heads[now->n] = (struct audit_head){.office = office};
    return &now->heads[now->n++];
}

static int wrong(struct proof *p, const struct audit_row *r, const char *what)
{
    p->now.wrong_office = r->office;
    p->now.wrong_seq = r->seq;
    p->rc = err_set(p->e, ERR_CHECKSUM, "office %d, row %" PRId64 ": %s", r->office, r->seq, what);
    return 1;
}

static int prove(void *ctx, const struct audit_row *r, const uint8_t hash[SHA256_LEN])
{
    struct proof *p = ctx;
    struct audit_head *head = head_of(&p->now, r->office);
    const struct audit_head *before = find(p->before, r->office);
    uint8_t wanted[SHA256_LEN];

    if (!head) {
        p->rc = err_set(p->e, ERR_NOMEM, "the audit log");
        return 1;
    }
    if (r->seq != head->seq + 1)
        return wrong(p, r, r->seq > head->seq + 1 ? "the row before it is missing" : "it stands twice");
    audit_hash(head->hash, r, wanted);
    if (memcmp(wanted, hash, sizeof wanted) != 0)
        return wrong(p, r, "it was changed, or the row before it");
    if (before && before->seq == r->seq && memcmp(before->hash, hash, SHA256_LEN) != 0)
        return wrong(p, r, "it is another one than was seen there before");
    head->seq = r->seq;
    memcpy(head->hash, hash, SHA256_LEN);
    return 0;
}

/* Does each chain go at least as far as it did? */
static void look_at_ends(struct proof *p)
{
    for (size_t i = 0; p->rc == 0 && i < p->before->n; i++) {
        const struct audit_head *was = &p->before->heads[i], *is = find(&p->now, was->office);

        if (is && is->seq >= was->seq)
            continue;
        p->now.wrong_office = was->office;
        p->now.wrong_seq = is ? is->seq : 0;
        p->rc = err_set(p->e, ERR_CHECKSUM, "office %d: it ends at row %" PRId64 ", and went to row %" PRId64 " before",
                        was->office, is ? is->seq : 0, was->seq);
    }
}

int audit_verify(struct store *s, struct audit_seen *seen, struct err *e)
{
    struct proof p = {.before = seen, .e = e};
    int rc = audit_each(s, -1, prove, &p, e);

    if (rc == 0)
        look_at_ends(&p);
    if (rc == 0)
        rc = p.rc;
    if (rc < 0) {
        seen->wrong_office = p.now.wrong_office;
        seen->wrong_seq = p.now.wrong_seq;
        free(p.now.heads);
        return rc;
    }
    free(seen->heads);
    *seen = p.now;
    return 0;
}

void audit_seen_finish(struct audit_seen *seen)
{
    free(seen->heads);
    *seen = (struct audit_seen){0};
}

/* --- a log of before there was a chain --- */

#define PART 200 /* rows that are held at a time */

struct part {
    struct {
        int office;
        uint8_t id[16], hash[SHA256_LEN];
        int64_t seq;
    } rows[PART];
    int n;
    struct audit_head head;
};

static int read_part(struct sql *d, struct part *p, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(
        d, &r, e,
        "SELECT office, id, at, who, action, subject, reason FROM audit WHERE seq=0 ORDER BY office, at, id LIMIT $1", "i",
        (int64_t)PART);

    p->n = 0;
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct audit_row row = {.office = (int)sql_int(r, 0),
                                .at = sql_int(r, 2),
                                .who = sql_text(r, 3),
                                .action = sql_text(r, 4),
                                .subject = sql_text(r, 5),
                                .reason = sql_text(r, 6)};

        rc = sql_copy(r, 1, row.id, sizeof row.id) < 0 ? err_set(e, ERR_CHECKSUM, "the id of a row is none") : 0;
        if (row.office != p->head.office)
            p->head = (struct audit_head){.office = row.office};
        row.seq = ++p->head.seq;
        audit_hash(p->head.hash, &row, p->head.hash);
        p->rows[p->n].office = row.office;
        p->rows[p->n].seq = row.seq;
        memcpy(p->rows[p->n].id, row.id, sizeof row.id);
        memcpy(p->rows[p->n].hash, p->head.hash, SHA256_LEN);
        p->n++;
    }
    sql_done(r);
    return rc;
}

static int write_part(struct sql *d, const struct part *p, struct err *e)
{
    int rc = 0;

    for (int i = 0; rc >= 0 && i < p->n; i++)
        rc = sql_do(d, e, "UPDATE audit SET seq=$1, hash=$2 WHERE office=$3 AND id=$4", "ibib", p->rows[i].seq,
                    p->rows[i].hash, (size_t)SHA256_LEN, (int64_t)p->rows[i].office, p->rows[i].id, sizeof p->rows[i].id);
    return rc < 0 ? rc : 0;
}

int audit_chain_all(struct sql *d, struct err *e)
{
    struct part *p = calloc(1, sizeof *p);
    int rc = p ? 0 : err_set(e, ERR_NOMEM, "the audit log");

    if (p)
        p->head.office = -1;
    do {
        rc = rc == 0 ? read_part(d, p, e) : rc;
        rc = rc == 0 ? write_part(d, p, e) : rc;
    } while (rc == 0 && p->n == PART);
    free(p);
    return err_wrap(e, rc, "chain the audit log");
}
