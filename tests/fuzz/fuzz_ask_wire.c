/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what a browser sends to the staff's door: bodies, paths, cookies. What is taken lies within its bounds.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/hall/staff/ask_wire.h"
#include "tools/hall/staff/edition_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be(int yes)
{
    if (!yes)
        abort();
}

static void try_path(const char *text)
{
    char number[CASE_NUMBER_LEN + 1], said[SPEAK_NUMBER_LEN + 1];
    enum complaint_event_kind event;
    enum case_event_kind kind;
    struct print_ask p;
    bool tacit;
    int office;

    if (print_path_decode(text, number, &office, &p))
        must_be(strlen(number) == CASE_NUMBER_LEN && p.kind < PAPERS);
    if (said_path_decode(text, said, &office, &event))
        must_be(strlen(said) == SPEAK_NUMBER_LEN && event <= COMPLAINT_EVENTS);
    if (act_path_decode(text, number, &office, &kind, &tacit))
        must_be(strlen(number) == CASE_NUMBER_LEN && office >= 0 && office <= 9999 && kind < CASE_EVENTS);
}

static void try_edition(const uint8_t *data, size_t size, const char *text)
{
    struct edition_say say = {.percent = 0};
    struct buf manifest, signatures;

    struct halt_say halt = {.on = size % 2};
    char looked_for[ITEMS_TEXT_MAX + 1];

    struct order_ask taken = {.n = 0};
    struct retry_say again;

    if (withdraw_ask_decode(data, size, &taken, NULL) == 0)
        must_be(taken.why[0]);
    if (halt_say_decode(data, size, &halt, NULL) == 0)
        must_be(halt.item[0] && halt.reason[0] && (halt.on || halt.zh[0]));
    if (items_ask_decode(data, size, looked_for, NULL) == 0)
        must_be(looked_for[0]);
    if (edition_say_decode(data, size, &say, NULL) == 0)
        must_be(say.reason[0] && say.percent >= 0 && say.percent <= 100 && say.stop_after >= 0 && say.seq >= 0);
    if (edition_path_decode(text, &say))
        must_be(say.version > 0 && say.act < EDITION_ACTS);
    if (system_path_decode(text, &say))
        must_be(say.name[0] && !strchr(say.name, '/') && say.act < EDITION_ACTS);
    if (retry_say_decode(data, size, &again, NULL) == 0)
        must_be(again.terminal[0] && again.reason[0]);
    buf_init(&manifest, MANIFEST_MAX + 1);
    buf_init(&signatures, MANIFEST_MAX + 1);
    if (upload_begin_decode(data, size, &manifest, &signatures, NULL) == 0)
        must_be(manifest.len && manifest.len <= MANIFEST_MAX && signatures.len);
    buf_finish(&manifest);
    buf_finish(&signatures);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sign_in s;
    struct act_ask a;
    struct open_ask o;
    struct print_ask p;
    struct press_ask w;
    struct report_ask r;
    struct people_ask who;
    struct said_ask said;
    struct audit_ask rows;
    uint8_t hash[SHA256_LEN];
    char *text = malloc(size + 1);

    if (sign_in_decode(data, size, &s, NULL) == 0)
        must_be(account_id_valid(s.id) && strlen(s.code) == TOTP_CODE_LEN);
    if (sign_in_join_decode(data, size, &s, NULL) == 0)
        must_be(account_id_valid(s.id) && s.once[0]);
    if (act_ask_decode(data, size, &a, NULL) == 0)
        must_be(a.version >= 0 && a.days >= 0 && a.procedure <= PROCEDURES && a.result < CASE_RESULTS);
    if (open_ask_decode(data, size, &o, NULL) == 0)
        must_be(o.reason[0] && strlen(o.reason) <= CASE_WORDS_MAX);
    if (print_ask_decode(data, size, &p, NULL) == 0)
        must_be(p.name[0] && strlen(p.name) <= PAPER_NAME_MAX);
    if (press_ask_decode(data, size, &w, NULL) == 0)
        must_be(w.window >= 1 && w.window <= QUEUE_WINDOW_MAX && strlen(w.queues) <= PRESS_QUEUES_MAX &&
                (!w.to[0] || queue_id_valid(w.to)));
    if (report_ask_decode(data, size, &r, NULL) == 0)
        must_be(r.period[0] && strlen(r.period) < sizeof r.period && strlen(r.department) < sizeof r.department);
    if (people_ask_decode(data, size, &who, NULL) == 0)
        must_be(account_id_valid(who.id) && who.role <= ROLES);
    if (audit_ask_decode(data, size, &rows, NULL) == 0)
        must_be(rows.after >= 0 && strlen(rows.subject) <= AUDIT_SUBJECT_MAX);
    if (said_ask_decode(data, size, &said, NULL) == 0)
        must_be(said.why < COMPLAINT_WHYS && strlen(said.words) <= COMPLAINT_WORDS_MAX);
    memcpy(text, data, size);
    text[size] = '\0';
    try_path(text);
    try_edition(data, size, text);
    session_cookie_decode(text, hash);
    free(text);
    return 0;
}
