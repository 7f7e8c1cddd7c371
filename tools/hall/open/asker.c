/* SPDX-License-Identifier: Apache-2.0
 *
 * See asker.h.
 */
#include "tools/hall/open/asker.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/open/asking_wire.h"
#include "tools/hall/open/opener.h"
#include "tools/hall/open/tries.h"

struct asker {
    struct keyring *keys;
    struct opening_log *log;
    struct blind *blind;
    struct tries *tries;
};

/* What is under way for one request; personal data. */
struct asking {
    struct asker *asker;
    int64_t user;
    struct asking_request request;
    struct ask_question question;
    struct seal_reply reply;
    struct asking_answer answer;
};

/* --- the audit --- */

static int count_wrong(void *ctx, const struct opening_row *r, const uint8_t hash[SHA256_LEN])
{
    struct asker *a = ctx;
    int64_t now = clock_wall_ms();

    if (r->act == OPENING_COMPARE && (r->outcome == OPENING_PHONE_DIFFERS || r->outcome == OPENING_CODE_DIFFERS) &&
        date_compare(date_of_ms(r->at), date_of_ms(now)) == 0)
        tries_wrong(a->tries, r->number, now);
    return 0;
}

/* By machine: no person asked. */
static bool audit(struct asking *q, enum opening_act act, const char *number, const uint8_t record[16],
                  enum opening_outcome outcome)
{
    struct opening_row row = {
        .at = clock_wall_ms(), .user = q->user, .act = act, .staff = "hall", .post = "machine", .outcome = outcome};
    uint8_t hash[SHA256_LEN];
    struct err e = {0};

    text_copy(row.number, sizeof row.number, number);
    memcpy(row.record, record, sizeof row.record);
    if (act == OPENING_INDEX)
        snprintf(row.reason, sizeof row.reason, "the blind index of who handed it in");
    else
        snprintf(row.reason, sizeof row.reason, "asked at %s by %s", q->request.terminal,
                 q->question.about == ASK_ABOUT_SPOKEN ? "code" : "number and phone");
    if (opening_log_add(q->asker->log, &row, hash, &e) == 0)
        return true;
    log_error("opening", "case %s: the audit cannot be written: %s", number, e.text);
    return false;
}

/* What somebody holds goes to the screen he stands at: of no case, and not without its row. */
static bool audit_told(struct asking *q)
{
    struct opening_row row = {.at = clock_wall_ms(),
                              .user = q->user,
                              .act = OPENING_TOLD,
                              .staff = "hall",
                              .post = "machine",
                              .outcome = OPENING_OPENED};
    uint8_t hash[SHA256_LEN];
    struct err e = {0};

    text_copy(row.terminal, sizeof row.terminal, q->request.terminal);
    snprintf(row.reason, sizeof row.reason, "licences asked by card, for item %s", q->question.item);
    if (opening_log_add(q->asker->log, &row, hash, &e) == 0)
        return true;
    log_error("opening", "nothing is told of licences, for the audit cannot be written: %s", e.text);
    return false;
}

/* --- what was handed in --- */

/* Opens header and body, and takes of it what is needed. The record's own words about itself are in *h. */
static enum opening_outcome open_record(const struct asking *q, struct record_header *h, struct asking_person *ret)
{
    const struct asking_request *r = &q->request;
    struct buf plain;

    buf_init(&plain, OPENING_BODY_MAX);
    enum opening_outcome outcome = opener_unseal(q->asker->keys, r->header, r->header_len, r->body, r->body_len, h, &plain);
    if (outcome == OPENING_OPENED && asking_person_decode(plain.data, plain.len, ret, NULL) < 0)
        outcome = OPENING_UNREADABLE;
    buf_finish(&plain);
    return outcome;
}

/* --- index --- */

static void make_index(struct asking *q)
{
    struct asking_answer *a = &q->answer;
    struct asking_person person = {.citizen = ""};
    struct record_header h = {0};

    if (record_header_decode(q->request.header, q->request.header_len, &h, NULL) == 0 && h.kind == RECORD_FEEDBACK) {
        a->outcome = OPENING_NO_APPLICATION; /* who complains is not to be put beside who applied */
        return;
    }
    a->outcome = open_record(q, &h, &person);
    const char *number = opener_case_of(&h);
    if (!number[0]) /* nothing was opened */
        return;
    if (!audit(q, OPENING_INDEX, number, h.id, a->outcome)) {
        a->outcome = OPENING_NOT_AUDITED;
    } else if (a->outcome == OPENING_OPENED && person.citizen[0]) {
        blind_index(q->asker->blind, person.citizen, a->index);
        a->indexed = true;
    }
    secret_wipe(&person, sizeof person);
}

/* --- questions --- */

static void reply_text(struct asking *q, const struct buf *json)
{
    struct buf plain, sealed;
    struct err e = {0};

    buf_init(&plain, ASK_REPLY_MAX);
    buf_init(&sealed, ASK_REPLY_MAX);
    buf_add(&plain, json->data, json->len);
    int rc = seal_pad(&plain);
    if (rc == 0)
        rc = seal_reply(&q->reply, plain.data, plain.len, &sealed, &e);
    if (rc == 0)
        memcpy(q->answer.reply, sealed.data, q->answer.reply_len = sealed.len);
    else
        log_error("opening", "an answer was not sealed: %s", e.text);
    buf_finish(&plain);
    buf_finish(&sealed);
}

static void reply(struct asking *q, enum ask_reason why)
{
    struct buf json;

    buf_init(&json, 256);
    if (ask_reason_encode(why, clock_wall_ms(), &json) == 0)
        reply_text(q, &json);
    buf_finish(&json);
}

/* False: it is not a question that can be answered, as the answer's outcome says. */
static bool open_question(struct asking *q)
{
    const struct private_key *k = NULL;
    struct err e = {0};

    if (keyring_find(q->asker->keys, "ask", q->request.question.key, &k, &e) < 0) {
        q->answer.outcome = OPENING_NO_KEY;
        if (e.code == ERR_UNREACHABLE)
            log_error("opening", "the ask key is not to be had: %s", e.text);
        return false;
    }
    int rc = ask_open(k, q->request.terminal, &q->request.question, &q->question, &q->reply, &e);
    q->answer.outcome = rc == 0                  ? OPENING_OPENED
                        : rc == -ERR_INVALID     ? OPENING_UNREADABLE
                        : rc == -ERR_UNREACHABLE ? OPENING_NO_KEY
                                                 : OPENING_FORGED;
    return rc == 0;
}

/* The first bytes behind the point's tag: fresh for each question. */
static const uint8_t *name_of(const struct asking *q)
{
    return q->request.question.sealed + 1;
}

static void look(struct asking *q)
{
    struct asking_answer *a = &q->answer;

    if (!open_question(q))
        return;
    a->language = q->question.language;
    if (tries_look(q->asker->tries, name_of(q), q->request.question.at, clock_wall_ms()) == TRIES_OLD) {
        reply(q, ASK_TIME_DIFFERS);
    } else if (q->question.about == ASK_ABOUT_CASE) {
        text_copy(a->number, sizeof a->number, q->question.number);
    } else if (q->question.about == ASK_ABOUT_SPOKEN) {
        speak_code_parse(q->question.code, a->number); /* the question was read by that rule */
    } else {
        a->wishes = q->question.about == ASK_ABOUT_APPOINTMENT;
        a->wish = q->question.wish;
        text_copy(a->item, sizeof a->item, q->question.item);
        if (!q->question.citizen[0])
            return;
        blind_index(q->asker->blind, q->question.citizen, a->index);
        a->indexed = true;
    }
}

/* Are those the last digits of the phone that was handed in? */
static enum ask_reason compare(const struct asking_person *p, const char *digits)
{
    if (!p->phone[0])
        return ASK_NO_PHONE;
    return secret_equal(p->phone, digits, ASK_PHONE_LEN) ? ASK_ANSWERED : ASK_PHONE_DIFFERS;
}

/* By code, of what was said under its number: the resident hears no more than that there is nothing with this code. */
static enum ask_reason judge_code(struct asking *q)
{
    struct asking_person person = {.citizen = ""};
    char number[SPEAK_NUMBER_LEN + 1] = "";
    struct record_header h = {0};

    speak_code_parse(q->question.code, number);
    if (!tries_left(q->asker->tries, number, clock_wall_ms()))
        return ASK_TOO_MANY_TRIES;
    enum opening_outcome outcome = open_record(q, &h, &person);
    if (outcome == OPENING_OPENED && (h.kind != RECORD_FEEDBACK || strcmp(h.number, number) != 0))
        outcome = OPENING_OTHER_CASE;
    enum ask_reason why = outcome == OPENING_OPENED ? ASK_ANSWERED : ASK_UNREADABLE;
    if (why == ASK_ANSWERED && !secret_equal(person.code, q->question.code, SPEAK_CODE_LEN)) {
        tries_wrong(q->asker->tries, number, clock_wall_ms());
        outcome = OPENING_CODE_DIFFERS;
        why = ASK_NO_SUCH_CASE;
    }
    secret_wipe(&person, sizeof person);
    return audit(q, OPENING_COMPARE, number, h.id, outcome) ? why : ASK_HALL_BUSY;
}

/* By number and phone, of a case that is there: what the resident hears. */
static enum ask_reason judge_phone(struct asking *q)
{
    const char *number = q->question.number;
    struct asking_person person = {.citizen = ""};
    struct record_header h = {0};

    if (!tries_left(q->asker->tries, number, clock_wall_ms()))
        return ASK_TOO_MANY_TRIES;
    enum opening_outcome outcome = open_record(q, &h, &person);
    if (outcome == OPENING_OPENED && (h.kind != RECORD_APPLICATION || strcmp(h.number, number) != 0))
        outcome = OPENING_OTHER_CASE;
    enum ask_reason why = outcome == OPENING_OPENED ? compare(&person, q->question.phone) : ASK_UNREADABLE;
    secret_wipe(&person, sizeof person);
    if (why == ASK_PHONE_DIFFERS) {
        tries_wrong(q->asker->tries, number, clock_wall_ms());
        outcome = OPENING_PHONE_DIFFERS;
    }
    return audit(q, OPENING_COMPARE, number, h.id, outcome) ? why : ASK_HALL_BUSY;
}

static void answer(struct asking *q)
{
    enum ask_reason why = ASK_ANSWERED;

    if (!open_question(q))
        return;
    switch (tries_question(q->asker->tries, name_of(q), q->request.question.at, clock_wall_ms())) {
    case TRIES_OLD:
        reply(q, ASK_TIME_DIFFERS);
        return;
    case TRIES_FULL:
        reply(q, ASK_HALL_BUSY);
        return;
    case TRIES_NEW:
        break;
    }
    if (!q->request.cases.len)
        why = ASK_NO_SUCH_CASE;
    else if (q->question.about == ASK_ABOUT_CASE)
        why = judge_phone(q);
    else if (q->question.about == ASK_ABOUT_SPOKEN)
        why = judge_code(q);
    else if (q->question.about == ASK_ABOUT_LICENCES && !audit_told(q))
        why = ASK_HALL_BUSY;
    if (why == ASK_ANSWERED)
        reply_text(q, &q->request.cases);
    else
        reply(q, why);
}

/* --- each request --- */

static void obey(struct asking *q)
{
    switch (q->request.what) {
    case ASKING_HELLO:
        q->answer.outcome = OPENING_OPENED;
        break;
    case ASKING_INDEX:
        make_index(q);
        break;
    case ASKING_LOOK:
        look(q);
        break;
    case ASKING_ANSWER:
        answer(q);
        break;
    case ASKING_WHATS:
        break;
    }
}

void asker_answer(struct asker *a, int64_t user, const char *text, struct buf *out)
{
    struct asking *q = secret_alloc(sizeof *q);
    struct err e = {0};

    q->asker = a;
    q->user = user;
    q->answer.outcome = OPENING_BAD_REQUEST;
    blind_id(a->blind, q->answer.secret);
    if (asking_request_decode(text, strlen(text), &q->request, &e) == 0)
        obey(q);
    else
        log_warn("opening", "refused, of user %lld: %s", (long long)user, e.text);
    if (asking_answer_encode(&q->answer, out) < 0) /* the ceilings leave room */
        log_error("opening", "the answer is too long");
    asking_request_finish(&q->request);
    secret_free(q, sizeof *q);
}

int asker_create(struct keyring *keys, struct opening_log *log, const char *log_path, struct asker **ret, struct err *e)
{
    struct asker *a = secret_alloc(sizeof *a);
    int rc;

    a->keys = keys;
    a->log = log;
    a->tries = tries_create(clock_wall_ms());
    rc = blind_open(keys->dir, &a->blind, e);
    if (rc == 0)
        rc = opening_log_read(log_path, count_wrong, a, e);
    if (rc < 0) {
        asker_destroy(a);
        return rc;
    }
    *ret = a;
    return 0;
}

void asker_destroy(struct asker *a)
{
    if (!a)
        return;
    blind_close(a->blind);
    tries_destroy(a->tries);
    secret_free(a, sizeof *a);
}
