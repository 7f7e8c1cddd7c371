/* SPDX-License-Identifier: Apache-2.0
 *
 * See holder.h.
 */
#include "tools/hall/open/holder.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/open/asking_wire.h"
#include "tools/hall/open/holder_wire.h"
#include "tools/hall/open/opener.h"

/* What is under way for one request; personal data. */
struct holding {
    struct holder_request request;
    struct holder_answer answer;
    struct opening_row row;
};

/* The applicant's number; the rest of what was written is forgotten here. */
static enum opening_outcome open_case(struct keyring *keys, const struct blind *blind, struct holding *h)
{
    const struct holder_request *r = &h->request;
    struct asking_person person = {.citizen = ""};
    struct record_header header;
    struct buf plain;

    if (record_header_decode(r->header, r->header_len, &header, NULL) < 0 || header.kind != RECORD_APPLICATION)
        return OPENING_NO_APPLICATION;
    memcpy(h->row.record, header.id, sizeof h->row.record);
    if (strcmp(opener_case_of(&header), r->number) != 0)
        return OPENING_OTHER_CASE;
    buf_init(&plain, OPENING_BODY_MAX);
    enum opening_outcome outcome = opener_unseal(keys, r->header, r->header_len, r->body, r->body_len, &header, &plain);
    if (outcome == OPENING_OPENED && asking_person_decode(plain.data, plain.len, &person, NULL) < 0)
        outcome = OPENING_UNREADABLE;
    buf_finish(&plain);
    if (outcome == OPENING_OPENED && person.citizen[0]) {
        text_copy(h->answer.citizen, sizeof h->answer.citizen, person.citizen);
        blind_index(blind, person.citizen, h->answer.index);
    }
    secret_wipe(&person, sizeof person);
    return outcome;
}

static void name_lines(const struct blind *blind, struct holding *h)
{
    for (int i = 0; i < h->request.n; i++) {
        const struct holder_line *l = &h->request.lines[i];

        blind_index(blind, l->citizen, h->answer.lines[i].index);
        blind_licence(blind, l->citizen, l->code, l->number, h->answer.lines[i].id);
    }
    h->answer.n = h->request.n;
}

static void describe(struct holding *h, int64_t user)
{
    const struct holder_request *r = &h->request;

    h->row = (struct opening_row){
        .at = clock_wall_ms(), .user = user, .act = r->what == HOLDER_OF_CASE ? OPENING_HOLDER : OPENING_REGISTER};
    memcpy(h->row.number, r->number, sizeof h->row.number);
    memcpy(h->row.staff, r->staff, sizeof h->row.staff);
    memcpy(h->row.post, r->post, sizeof h->row.post);
    memcpy(h->row.reason, r->reason, sizeof h->row.reason);
}

/* Nothing goes out without its row. */
static void audit(struct opening_log *log, struct holding *h)
{
    struct err e = {0};

    h->row.outcome = h->answer.outcome;
    if (opening_log_add(log, &h->row, h->answer.hash, &e) == 0) {
        h->answer.seq = h->row.seq;
        return;
    }
    log_error("opening", "nothing is told of licences, for the audit cannot be written: %s", e.text);
    secret_wipe(&h->answer, sizeof h->answer);
    h->answer.outcome = OPENING_NOT_AUDITED;
}

static void do_it(struct keyring *keys, struct opening_log *log, int64_t user, struct holding *h)
{
    struct blind *blind = NULL;
    struct err e = {0};

    describe(h, user);
    if (blind_open(keys->dir, &blind, &e) < 0) {
        log_error("opening", "no index can be made: %s", e.text);
        h->answer.outcome = OPENING_NO_KEY;
    } else if (h->request.what == HOLDER_OF_CASE) {
        h->answer.outcome = open_case(keys, blind, h);
    } else {
        h->answer.outcome = OPENING_OPENED;
        name_lines(blind, h);
    }
    blind_close(blind);
    audit(log, h);
}

void holder_obey(struct keyring *keys, struct opening_log *log, int64_t user, const char *text, struct buf *out)
{
    struct holding *h = secret_alloc(sizeof *h);
    struct err e = {0};

    h->answer.outcome = OPENING_BAD_REQUEST;
    if (holder_request_decode(text, strlen(text), &h->request, &e) == 0)
        do_it(keys, log, user, h);
    else
        log_warn("opening", "refused, of user %lld: %s", (long long)user, e.text);
    if (holder_answer_encode(&h->answer, out) < 0) /* the ceilings leave room */
        log_error("opening", "the answer is too long");
    secret_free(h, sizeof *h);
}
