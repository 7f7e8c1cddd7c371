/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/audit {"person","day","subject","after"} (ask_wire.h): what was done in one's office, by whom and why, the
 * newest first, behind a row. That it was read is a row too, so it is no GET. So many rows are looked at a time; where none
 * of them fits, `after` still says where to go on.
 *
 *   {"rows":[{"seq","at","who","name","action","subject","reason","hash"}],"after":123,"last":61432}
 *
 * GET /api/chain: is the log whole, from the first row of every office: {"whole":true,"rows":61431,"hash":"…"}; or
 * {"whole":false,"office":1103,"row":61399}.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "tools/hall/staff/ask.h"
#include "tools/hall/store/store_audit.h"

#define PAGE_ROWS 12     /* a screen of 1366 × 768 */
#define LOOK_ROWS 100000 /* are looked at for one answer */
#define DAY_MS (24 * INT64_C(3600000))
#define CHINA_MS (8 * INT64_C(3600000))
#define HASH_SHOWN 8
#define PEOPLE_MAX 2000

struct person {
    char id[ACCOUNT_ID_MAX + 1], name[CASE_NAME_MAX + 1];
};
struct listing {
    const struct ask *ask;
    struct jsonw *w;
    struct person *people; /* of the office */
    int n_people, n;
    const char *name; /* of the person that is asked for; NULL: of all */
    int64_t next;     /* the row before which to go on; 0: there is none */
};

static void audit_take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (audit_ask_decode(body, len, &a->audit, &e) < 0)
        ask_refuse(a, 400, "unreadable");
}

static int keep_person(void *ctx, const struct account *one)
{
    struct listing *l = ctx;

    if (one->office != l->ask->me.office || l->n_people == PEOPLE_MAX)
        return 0;
    struct person *p = &l->people[l->n_people++];
    text_copy(p->id, sizeof p->id, one->id);
    text_copy(p->name, sizeof p->name, one->name);
    return 0;
}

static const char *name_of(const struct listing *l, const char *id)
{
    for (int i = 0; i < l->n_people; i++)
        if (strcmp(l->people[i].id, id) == 0)
            return l->people[i].name;
    return "";
}

/* By the account; of what hallctl did in somebody's name, by the name. */
static bool is_of(const struct listing *l, const struct audit_row *r)
{
    const char *person = l->ask->audit.person;

    return !person[0] || strcmp(r->who, person) == 0 || (l->name[0] && strstr(r->reason, l->name));
}

static int put_row(void *ctx, const struct audit_row *r, const uint8_t hash[SHA256_LEN])
{
    struct listing *l = ctx;
    char at[CLOCK_RFC3339_LEN + 1];

    if (!is_of(l, r))
        return 0;
    if (l->n == PAGE_ROWS) { /* there is one more */
        l->next = r->seq + 1;
        return 1;
    }
    l->n++;
    clock_format_rfc3339(r->at, at);
    jsonw_obj(l->w, NULL);
    jsonw_int(l->w, "seq", r->seq);
    jsonw_str(l->w, "at", at);
    jsonw_str(l->w, "who", r->who);
    jsonw_str(l->w, "name", name_of(l, r->who));
    jsonw_str(l->w, "action", r->action);
    jsonw_str(l->w, "subject", r->subject);
    jsonw_str(l->w, "reason", r->reason);
    jsonw_hex(l->w, "hash", hash, HASH_SHOWN);
    jsonw_end(l->w);
    return 0;
}

static int list(struct ask *a, struct store *s, struct listing *l, struct err *e)
{
    struct audit_head head;
    struct audit_span span = {.office = a->me.office, .subject = a->audit.subject, .ends = INT64_MAX};
    int rc = audit_head_read(s, a->me.office, &head, e);

    span.before = a->audit.after > 0 && a->audit.after <= head.seq ? a->audit.after : head.seq + 1;
    span.from = span.subject[0] || span.before <= LOOK_ROWS ? 1 : span.before - LOOK_ROWS;
    if (a->audit.day.year) {
        span.begins = date_to_days(a->audit.day) * DAY_MS - CHINA_MS;
        span.ends = span.begins + DAY_MS;
    }
    l->next = span.from > 1 ? span.from : 0;
    jsonw_int(l->w, "last", head.seq);
    jsonw_arr(l->w, "rows");
    rc = rc == 0 ? audit_each_back(s, &span, put_row, l, e) : rc;
    jsonw_end(l->w);
    jsonw_int(l->w, "after", l->next);
    return rc;
}

static int audit_read(struct ask *a, struct store *s, struct err *e)
{
    struct jsonw w;
    struct listing l = {.ask = a, .w = &w, .people = calloc(PEOPLE_MAX, sizeof *l.people)};
    int rc = l.people ? account_each(s, keep_person, &l, e) : err_set(e, ERR_NOMEM, "the audit log");

    l.name = rc == 0 ? name_of(&l, a->audit.person) : "";
    jsonw_init(&w, &a->file);
    jsonw_obj(&w, NULL);
    rc = rc == 0 ? list(a, s, &l, e) : rc;
    jsonw_end(&w);
    free(l.people);
    return rc;
}

/* By what was looked for. */
static int audit_write(struct ask *a, struct store *s, struct err *e)
{
    char words[100], day[DATE_LEN + 1] = "";

    if (a->audit.day.year)
        date_format(a->audit.day, day);
    snprintf(words, sizeof words, "%s %s %s", a->audit.person, day, a->audit.after > 0 ? "on" : "");
    int rc = store_audit(s, a->me.office, a->me.id, "audit-read", a->audit.subject, words, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    a->type = "application/json";
    return 0;
}

const struct api api_audit = {.take = audit_take, .read = audit_read, .write = audit_write};

/* --- is it whole --- */

static void chain_take(struct ask *a, const void *body, size_t len)
{
    if (a->desk->verifying) {
        a->retry_s = 2;
        ask_refuse(a, 503, "busy");
    } else {
        a->desk->verifying = a->verifies = true;
    }
}

static int chain_read(struct ask *a, struct store *s, struct err *e)
{
    struct audit_seen seen = {0};
    struct err why = {0};
    int rc = audit_verify(s, &seen, &why);

    if (rc < 0 && rc != -ERR_CHECKSUM) {
        *e = why;
        return rc;
    }
    ask_answer(a, 200);
    jsonw_bool(&a->w, "whole", rc == 0);
    if (rc < 0) {
        log_error("hall", "the audit log is not whole: %s", why.text);
        jsonw_int(&a->w, "office", seen.wrong_office);
        jsonw_int(&a->w, "row", seen.wrong_seq);
    }
    for (size_t i = 0; i < seen.n; i++) {
        if (seen.heads[i].office != a->me.office)
            continue;
        jsonw_int(&a->w, "rows", seen.heads[i].seq);
        jsonw_hex(&a->w, "hash", seen.heads[i].hash, HASH_SHOWN);
    }
    audit_seen_finish(&seen);
    return 0;
}

static void chain_ended(struct ask *a)
{
    if (a->verifies)
        a->desk->verifying = false;
}

const struct api api_chain = {.take = chain_take, .read = chain_read, .ended = chain_ended};
