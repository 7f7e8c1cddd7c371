/* SPDX-License-Identifier: Apache-2.0
 *
 * See ask_desk.h.
 */
#include "kiosk/ask_desk.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "wire/ask.h"
#include "wire/ask_appointment.h"
#include "wire/ask_licence.h"

struct ask_desk {
    const struct terminal_config *terminal;
    const struct authority *authority;
    struct ask_desk_events events;
    void *ctx;
    int64_t id;     /* of the last question: answers to others are not heard */
    int64_t behind; /* how far this clock is behind the hall's, as the hall said in a sealed answer */
    bool waits;
    bool again; /* it was asked anew because the hall found its time wrong */
    struct ask_question question;
    struct seal_reply reply;
    struct my_cases cases;
    struct my_appointments appointments;
    struct my_licences licences;
};

struct ask_desk *ask_desk_create(const struct terminal_config *terminal, const struct authority *authority,
                                 const struct ask_desk_events *events, void *ctx)
{
    struct ask_desk *d = secret_alloc(sizeof *d);

    *d = (struct ask_desk){.terminal = terminal, .authority = authority, .events = *events, .ctx = ctx};
    return d;
}

void ask_desk_destroy(struct ask_desk *d)
{
    secret_free(d, sizeof *d);
}

void ask_desk_drop(struct ask_desk *d)
{
    d->waits = d->again = false;
    secret_wipe(&d->question, sizeof d->question);
    secret_wipe(&d->reply, sizeof d->reply);
    secret_wipe(&d->cases, sizeof d->cases);
    secret_wipe(&d->appointments, sizeof d->appointments);
    secret_wipe(&d->licences, sizeof d->licences);
}

static void end(struct ask_desk *d, enum ask_reason why)
{
    enum ask_about about = d->question.about;
    struct ask_desk_answer answer = {NULL, NULL, NULL};

    d->waits = false;
    secret_wipe(&d->question, sizeof d->question);
    secret_wipe(&d->reply, sizeof d->reply);
    if (why != ASK_ANSWERED)
        ask_desk_drop(d);
    else if (about == ASK_ABOUT_APPOINTMENT)
        answer.appointments = &d->appointments;
    else if (about == ASK_ABOUT_LICENCES)
        answer.licences = &d->licences;
    else
        answer.cases = &d->cases;
    d->events.answered(d->ctx, why, &answer);
}

/* --- asking --- */

static int seal_question(struct ask_desk *d, const struct public_key *to, struct buf *text, struct err *e)
{
    struct ask_sealed sealed;
    int rc = ask_seal(to, d->terminal->terminal, clock_wall_ms() + d->behind, &d->question, &sealed, &d->reply, e);

    if (rc == 0 && ask_sealed_encode(&sealed, text) < 0)
        rc = err_set(e, ERR_TOOLONG, "the question");
    return rc;
}

static void ask(struct ask_desk *d)
{
    const struct public_key *to = authority_ask(d->authority);
    struct peer_line p = {.kind = PEER_ASK, .id = ++d->id};
    struct err e = {0};
    struct buf text;

    d->waits = true;
    buf_init(&text, ASK_BYTES_MAX);
    int rc = to ? seal_question(d, to, &text, &e) : err_set(&e, ERR_KEY, "no ask key of the hall is good now");
    p.bytes = buf_str(&text);
    if (rc < 0)
        log_warn("ask", "a question is not asked: %s", e.text); /* why never names what was asked */
    if (rc < 0)
        end(d, ASK_REFUSED);
    else if (!d->events.send(d->ctx, &p))
        end(d, ASK_HALL_AWAY);
    buf_finish(&text);
}

void ask_desk_cases(struct ask_desk *d, const char *citizen, enum language language)
{
    ask_desk_drop(d);
    d->question = (struct ask_question){.about = ASK_ABOUT_CASES, .language = language};
    text_copy(d->question.citizen, sizeof d->question.citizen, citizen);
    ask(d);
}

void ask_desk_case(struct ask_desk *d, const char *number, const char *phone, enum language language)
{
    ask_desk_drop(d);
    d->question = (struct ask_question){.about = ASK_ABOUT_CASE, .language = language};
    text_copy(d->question.number, sizeof d->question.number, number);
    text_copy(d->question.phone, sizeof d->question.phone, phone);
    ask(d);
}

void ask_desk_spoken(struct ask_desk *d, const char *code, enum language language)
{
    ask_desk_drop(d);
    d->question = (struct ask_question){.about = ASK_ABOUT_SPOKEN, .language = language};
    text_copy(d->question.code, sizeof d->question.code, code);
    ask(d);
}

void ask_desk_appointment(struct ask_desk *d, const char *citizen, const struct appointment_wish *wish,
                          enum language language)
{
    ask_desk_drop(d);
    d->question = (struct ask_question){.about = ASK_ABOUT_APPOINTMENT, .language = language, .wish = *wish};
    text_copy(d->question.citizen, sizeof d->question.citizen, citizen);
    ask(d);
}

void ask_desk_licences(struct ask_desk *d, const char *citizen, const char *item, enum language language)
{
    ask_desk_drop(d);
    d->question = (struct ask_question){.about = ASK_ABOUT_LICENCES, .language = language};
    text_copy(d->question.citizen, sizeof d->question.citizen, citizen);
    text_copy(d->question.item, sizeof d->question.item, item);
    ask(d);
}

/* --- the answer --- */

static int decode(struct ask_desk *d, const struct buf *plain, enum ask_reason *ret_why, struct err *e)
{
    if (d->question.about == ASK_ABOUT_APPOINTMENT)
        return ask_appointments_decode(plain->data, plain->len, &d->appointments, ret_why, e);
    if (d->question.about == ASK_ABOUT_LICENCES)
        return ask_licences_decode(plain->data, plain->len, &d->licences, ret_why, e);
    return ask_answer_decode(plain->data, plain->len, &d->cases, ret_why, e);
}

/* When the hall answered, by its clock. */
static int64_t answered_at(const struct ask_desk *d)
{
    return d->question.about == ASK_ABOUT_APPOINTMENT ? d->appointments.at
           : d->question.about == ASK_ABOUT_LICENCES  ? d->licences.at
                                                      : d->cases.at;
}

static int open_answer(struct ask_desk *d, const char *bytes, enum ask_reason *ret_why, struct err *e)
{
    static uint8_t sealed[ASK_REPLY_MAX];
    struct buf plain;
    size_t len = 0;

    buf_init(&plain, ASK_REPLY_MAX);
    int rc = ask_answered_decode(bytes, strlen(bytes), sealed, &len, e);
    if (rc == 0)
        rc = seal_reply_open(&d->reply, sealed, len, &plain, e);
    if (rc == 0)
        rc = seal_unpad(&plain, e);
    if (rc == 0)
        rc = decode(d, &plain, ret_why, e);
    buf_finish(&plain);
    return rc;
}

/* A clock that is off costs one more way, not the answer. */
static void hear(struct ask_desk *d, enum ask_reason why)
{
    if (why != ASK_TIME_DIFFERS || d->again) {
        end(d, why);
        return;
    }
    d->behind = answered_at(d) - clock_wall_ms();
    d->again = true;
    ask(d);
}

void ask_desk_said(struct ask_desk *d, const struct peer_line *p)
{
    enum ask_reason why;
    struct err e = {0};

    if (!d->waits || p->id != d->id)
        return;
    if (p->kind == PEER_UNASKED) {
        end(d, ask_reason_by_word(p->reason, &why) ? why : ASK_REFUSED);
    } else if (open_answer(d, p->bytes, &why, &e) == 0) {
        hear(d, why);
    } else {
        log_warn("ask", "an answer is of no use: %s", e.text);
        end(d, ASK_REFUSED);
    }
}
