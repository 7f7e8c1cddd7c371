/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl licence fetch: what the platform says of one case's applicant. The citizen's number goes from hall-open through
 * this process's memory onto the wire, and nowhere else; who asked and why is written down, there and in the hall, before
 * the platform hears of it. platform: which one that is.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "crypto/random.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hallctl/case_open.h"
#include "tools/hallctl/licence.h"
#include "tools/hallctl/platform.h"

#define TRIES 8

/* What is under way; personal data, in memory that is wiped. */
struct fetch {
    struct store *store;
    const struct licence_options *o;
    struct case_file file;
    struct licence_kinds kinds;
    struct platform platform;
    struct holder_request request;
    struct holder_answer holder, named;
    struct licence_question question;
    struct licence_answer answer;
    enum licence_why why; /* of all kinds; NONE: the platform answered */
    struct err heard;     /* what it was, for whoever sits there */
};

/* --- in a transaction that runs again when somebody else was faster --- */

typedef int write_fn(struct fetch *f, struct err *e);

static int write_once(struct fetch *f, write_fn *fn, struct err *e)
{
    int rc = store_begin(f->store, e);

    if (rc < 0)
        return rc;
    rc = fn(f, e);
    if (rc == 0)
        return store_commit(f->store, e);
    store_rollback(f->store);
    return rc;
}

static int write_all(struct fetch *f, write_fn *fn, struct err *e)
{
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        *e = (struct err){0};
        rc = write_once(f, fn, e);
    }
    return rc;
}

static int audit(struct fetch *f, const char *action, const char *words, struct err *e)
{
    return store_audit(f->store, f->o->office_n, hallctl_who(), action, f->o->number, words, e);
}

/* --- who it is --- */

static int open_holder(struct fetch *f, struct err *e)
{
    struct case_options as = {.data = f->o->data, .office_n = f->o->office_n};
    struct opening_request *record = secret_alloc(sizeof *record);
    struct holder_request *r = &f->request;
    uint8_t id[16];

    text_copy(as.number, sizeof as.number, f->o->number);
    int rc = case_open_record(f->store, &as, record, id, e);
    if (rc == 0) {
        r->what = HOLDER_OF_CASE;
        text_copy(r->number, sizeof r->number, f->o->number);
        text_copy(r->staff, sizeof r->staff, f->o->staff);
        text_copy(r->post, sizeof r->post, f->o->post);
        text_copy(r->reason, sizeof r->reason, f->o->reason);
        memcpy(r->header, record->header, r->header_len = record->header_len);
        memcpy(r->body, record->body, r->body_len = record->body_len);
        rc = licence_ask_holder(f->o->socket, r, &f->holder, e);
    }
    secret_free(record, sizeof *record);
    if (rc == 0 && !f->holder.citizen[0])
        rc = err_set(e, ERR_REFUSED, "its application names no number that a card could have");
    return rc;
}

/* Before the platform hears of it; the applicant reads at a terminal who it was. */
static int write_asking(struct fetch *f, struct err *e)
{
    struct case_opening who = {.at = clock_wall_ms(), .seq = f->holder.seq};
    char words[CASE_WORDS_MAX + 2 * CASE_NAME_MAX + 40];

    text_copy(who.staff, sizeof who.staff, f->o->staff);
    text_copy(who.post, sizeof who.post, f->o->post);
    text_copy(who.reason, sizeof who.reason, f->o->reason);
    snprintf(words, sizeof words, "%d kinds; %s, %s: %s", f->kinds.n, f->o->staff, f->o->post, f->o->reason);
    int rc = case_opening_add(f->store, f->o->office_n, f->o->number, &who, e);
    return rc == 0 ? audit(f, "licence-fetch", words, e) : rc;
}

/* --- asking --- */

static void fill_question(struct fetch *f)
{
    struct licence_question *q = &f->question;

    random_bytes(q->request, sizeof q->request);
    text_copy(q->number, sizeof q->number, f->o->number);
    text_copy(q->item, sizeof q->item, f->file.item);
    text_copy(q->purpose, sizeof q->purpose, f->o->reason);
    text_copy(q->staff, sizeof q->staff, f->o->staff);
    text_copy(q->post, sizeof q->post, f->o->post);
    text_copy(q->holder, sizeof q->holder, f->holder.citizen);
    q->n = f->kinds.n;
    memcpy(q->kinds, f->kinds.list, sizeof q->kinds);
}

static enum licence_why why_of(int rc)
{
    switch (rc) {
    case 0:
        return LICENCE_WHY_NONE;
    case -ERR_TIMEOUT:
        return LICENCE_WHY_LATE;
    case -ERR_REFUSED:
        return LICENCE_WHY_REFUSED;
    case -ERR_UNREACHABLE:
        return LICENCE_WHY_AWAY;
    case -ERR_KEY:
        return LICENCE_WHY_OWN_FILES;
    default:
        return LICENCE_WHY_NOT_BELIEVED;
    }
}

static void ask(struct fetch *f)
{
    struct date today = date_of_ms(clock_wall_ms());
    struct buf question, answer;

    fill_question(f);
    buf_init(&question, LICENCE_QUESTION_BYTES_MAX);
    buf_init(&answer, 0);
    int rc = licence_question_encode(&f->question, &question);
    rc = rc < 0 ? err_set(&f->heard, ERR_TOOLONG, "the question is too long")
                : platform_ask(&f->platform, &question, &answer, &f->heard);
    if (rc == 0)
        rc = licence_answer_decode(answer.data, answer.len, &f->question, today, &f->answer, &f->heard);
    f->why = why_of(rc);
    buf_finish(&question);
    buf_finish(&answer);
}

/* Blind names for what it said. */
static int name_answer(struct fetch *f, struct err *e)
{
    struct holder_request *r = &f->request;

    if (f->why != LICENCE_WHY_NONE || f->answer.n == 0)
        return 0;
    r->what = HOLDER_REGISTER;
    r->n = f->answer.n;
    for (int i = 0; i < r->n; i++) {
        const struct licence_said *said = &f->answer.said[i];

        text_copy(r->lines[i].citizen, sizeof r->lines[0].citizen, said->holder);
        text_copy(r->lines[i].code, sizeof r->lines[0].code, said->licence.code);
        text_copy(r->lines[i].number, sizeof r->lines[0].number, said->number);
    }
    return licence_ask_holder(f->o->socket, r, &f->named, e);
}

/* --- keeping it --- */

static int keep_licence(struct fetch *f, int i, struct err *e)
{
    struct licence *l = &f->answer.said[i].licence, known;

    memcpy(l->id, f->named.lines[i].id, sizeof l->id);
    l->learned = clock_wall_ms();
    int rc = licence_find(f->store, l->id, &known, e);
    if (rc == -ERR_NOTFOUND)
        *e = (struct err){0};
    else if (rc < 0)
        return rc;
    enum licence_change change = licence_judge(rc == 0 ? &known : NULL, l);
    return change == LICENCE_NEW || change == LICENCE_REPLACES ? licence_put(f->store, f->holder.index, l, e) : 0;
}

static int keep_checks(struct fetch *f, int *counts, struct err *e)
{
    int rc = 0;

    for (int i = 0; rc == 0 && i < f->kinds.n; i++) {
        struct licence_check c = f->answer.checks[i];

        if (f->why != LICENCE_WHY_NONE)
            c = (struct licence_check){.asked = LICENCE_NOT_TOLD, .why = f->why};
        text_copy(c.kind, sizeof c.kind, f->kinds.list[i]);
        c.at = clock_wall_ms();
        counts[c.asked]++;
        if (c.asked != LICENCE_NOT_TOLD)
            rc = licence_forget(f->store, f->holder.index, c.kind, e);
        if (rc == 0)
            rc = licence_check_put(f->store, f->o->office_n, f->o->number, &c, e);
    }
    return rc;
}

static int write_answer(struct fetch *f, struct err *e)
{
    int counts[LICENCE_ASKEDS] = {0};
    char words[200];
    int rc = keep_checks(f, counts, e);

    for (int i = 0; rc == 0 && f->why == LICENCE_WHY_NONE && i < f->answer.n; i++)
        rc = keep_licence(f, i, e);
    snprintf(words, sizeof words, "%d kinds held, %d not, %d not told%s%s", counts[LICENCE_SAID_HELD],
             counts[LICENCE_SAID_NONE], counts[LICENCE_NOT_TOLD], f->why != LICENCE_WHY_NONE ? ": " : "",
             licence_why_word(f->why));
    return rc == 0 ? audit(f, "licence-answer", words, e) : rc;
}

/* --- the whole --- */

static int fetch_all(struct fetch *f, struct err *e)
{
    int rc = open_holder(f, e);

    if (rc == 0)
        rc = write_all(f, write_asking, e);
    if (rc < 0)
        return err_wrap(e, rc, "case %s: the platform was not asked", f->o->number);
    ask(f);
    rc = name_answer(f, e);
    if (rc == 0)
        rc = write_all(f, write_answer, e);
    return err_wrap(e, rc, "case %s: the platform was asked, and its answer is not kept", f->o->number);
}

static int prepare(struct fetch *f, const struct published *p, enum licence_refusal *ret, struct err *e)
{
    int rc = case_file_read(f->store, f->o->office_n, f->o->number, NULL, NULL, &f->file, e);

    if (rc == 0)
        rc = licence_judge_staff(f->store, f->o->office_n, f->o->staff, ROLE_USE_LICENCE_ASK, ret, e);
    if (rc < 0 || *ret != LICENCE_MAY)
        return rc;
    case_licence_kinds(p, &f->file, &f->kinds);
    return f->kinds.n ? platform_read(f->o->data, &f->platform, e) : 0;
}

/* The exit code. */
static int fetch(struct fetch *f, const struct published *p)
{
    enum licence_refusal refused = LICENCE_MAY;
    struct err e = {0};
    int rc = prepare(f, p, &refused, &e);

    if (rc == 0 && refused != LICENCE_MAY)
        return licence_refuse(f->store, f->o, refused);
    if (rc == 0 && f->kinds.n)
        rc = fetch_all(f, &e);
    if (rc == 0 && f->kinds.n == 0)
        fputs("hallctl: its item asks for no licence: the platform was not asked\n", stderr);
    if (rc == 0)
        rc = licence_tell_case(f->store, p, &f->file, f->kinds.n ? f->holder.index : NULL, f->o->json, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    if (f->why == LICENCE_WHY_NONE)
        return EXIT_OK;
    fprintf(stderr, "hallctl: case %s: nothing could be checked: %s (%s)\n", f->o->number, licence_why_what(f->why),
            f->heard.text);
    return EXIT_FAILED;
}

int licence_fetch(struct store *s, const struct licence_options *o)
{
    struct published p = {0};
    struct err e = {0};

    secret_harden_process();
    secret_wipe_heap();
    if (case_published(o->data, &p, &e) < 0)
        return hallctl_fail(&e);
    struct fetch *f = secret_alloc(sizeof *f);
    f->store = s;
    f->o = o;
    int code = fetch(f, &p);
    secret_free(f, sizeof *f);
    published_close(&p);
    return code;
}

/* --- which platform --- */

static int take_path(const char *name, const char *given, char out[PLATFORM_TEXT_MAX + 1], struct err *e)
{
    char path[PATH_MAX];

    if (!given)
        return 0;
    if (!realpath(given, path))
        return err_errno(e, "%s %s", name, given);
    return text_copy(out, PLATFORM_TEXT_MAX + 1, path) ? 0 : err_set(e, ERR_TOOLONG, "%s %s", name, path);
}

static int set_platform(struct store *s, const struct licence_options *o, struct platform *p, struct err *e)
{
    *p = (struct platform){.wait_s = o->wait_n ? (int)o->wait_n : PLATFORM_WAIT_S};
    int rc = text_copy(p->url, sizeof p->url, o->url) ? 0 : err_set(e, ERR_TOOLONG, "--url");

    if (rc == 0)
        rc = take_path("--ca", o->ca, p->ca, e);
    if (rc == 0)
        rc = take_path("--cert", o->cert, p->cert, e);
    if (rc == 0)
        rc = take_path("--key", o->key, p->key, e);
    if (rc == 0)
        rc = platform_check(p, e);
    if (rc == 0)
        rc = store_begin(s, e);
    if (rc < 0)
        return rc;
    rc = store_audit(s, 0, hallctl_who(), "licence-platform", p->url, "", e);
    if (rc == 0)
        rc = store_commit(s, e);
    else
        store_rollback(s);
    return rc == 0 ? platform_write(o->data, p, e) : rc;
}

int licence_platform(struct store *s, const struct licence_options *o)
{
    struct hallctl_object answer;
    struct platform p;
    struct err e = {0};
    int rc = o->url ? set_platform(s, o, &p, &e) : platform_read(o->data, &p, &e);

    if (rc == -ERR_INVALID)
        return options_wrong(LICENCE_COMMAND, "%s", e.text);
    if (rc < 0)
        return hallctl_fail(&e);
    if (!o->json) {
        printf("%s, at most %d s", p.url, p.wait_s);
        if (p.ca[0])
            printf("; CA %s, certificate %s, key %s", p.ca, p.cert, p.key);
        puts("");
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "url", p.url);
    jsonw_str(&answer.w, "ca", p.ca);
    jsonw_str(&answer.w, "cert", p.cert);
    jsonw_str(&answer.w, "key", p.key);
    jsonw_int(&answer.w, "wait_s", p.wait_s);
    hallctl_object_print(&answer);
    return EXIT_OK;
}
