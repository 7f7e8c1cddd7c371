/* SPDX-License-Identifier: Apache-2.0
 *
 * See ask_wire.h.
 */
#include "tools/hall/staff/ask_wire.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "model/identity.h"
#include "tools/hall/door/guess.h"
#include "tools/hall/staff/member.h"

static int read_sign_in(const struct json *j, bool joins, struct sign_in *ret, struct err *e)
{
    const char *id = "", *passphrase = "", *code = "", *once = "";
    int rc = json_known(j, joins ? "id passphrase code once" : "id passphrase code", e);

    if (rc == 0)
        rc = json_get_str(j, "id", 1, ACCOUNT_ID_MAX, &id, e);
    if (rc == 0)
        rc = json_get_str(j, "passphrase", 1, PASSPHRASE_MAX, &passphrase, e);
    if (rc == 0 && joins)
        rc = json_get_str(j, "once", 1, ASK_CODE_MAX, &once, e);
    if (rc == 0)
        rc = joins ? json_opt_str(j, "code", TOTP_CODE_LEN, TOTP_CODE_LEN, &code, e)
                   : json_get_str(j, "code", TOTP_CODE_LEN, TOTP_CODE_LEN, &code, e);
    if (rc == 0 && !account_id_valid(id))
        rc = err_set(e, ERR_INVALID, "id is none");
    if (rc == 0) {
        text_copy(ret->id, sizeof ret->id, id);
        text_copy(ret->passphrase, sizeof ret->passphrase, passphrase);
        text_copy(ret->code, sizeof ret->code, code);
        text_copy(ret->once, sizeof ret->once, once);
    }
    return rc;
}

static int decode_sign_in(const void *data, size_t len, bool joins, struct sign_in *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    memset(ret, 0, sizeof *ret);
    if (rc == 0)
        rc = read_sign_in(j, joins, ret, e);
    json_free(j);
    return rc;
}

int sign_in_decode(const void *data, size_t len, struct sign_in *ret, struct err *e)
{
    return decode_sign_in(data, len, false, ret, e);
}

int sign_in_join_decode(const void *data, size_t len, struct sign_in *ret, struct err *e)
{
    return decode_sign_in(data, len, true, ret, e);
}

/* --- an event --- */

static int take_line(const struct json *j, const char *key, char *out, size_t cap, struct err *e)
{
    const char *text = "";
    int rc = json_opt_str(j, key, 0, cap - 1, &text, e);

    if (rc == 0)
        text_copy(out, cap, text);
    return rc;
}

/* Words of a list; "" and absent: not said. */
static int take_words(const struct json *j, struct act_ask *ret, struct err *e)
{
    const char *procedure = "", *unit = "", *result = "";
    int rc = json_opt_str(j, "procedure", 0, 40, &procedure, e);

    if (rc == 0)
        rc = json_opt_str(j, "unit", 0, 40, &unit, e);
    if (rc == 0)
        rc = json_opt_str(j, "result", 0, 40, &result, e);
    if (rc < 0)
        return rc;
    if (procedure[0] && !case_procedure_by_word(procedure, &ret->procedure))
        return err_set(e, ERR_INVALID, "there is no such procedure");
    if (unit[0] && strcmp(unit, "working-day") != 0 && strcmp(unit, "calendar-day") != 0)
        return err_set(e, ERR_INVALID, "there is no such unit");
    if (result[0] && !case_result_by_word(result, &ret->result))
        return err_set(e, ERR_INVALID, "there is no such result");
    ret->unit = strcmp(unit, "calendar-day") == 0 ? DAY_CALENDAR : DAY_WORKING;
    return 0;
}

static int read_act(const struct json *j, struct act_ask *ret, struct err *e)
{
    int64_t days = 0;
    int rc = json_known(j, "id version words law to procedure days unit result", e);

    if (rc == 0)
        rc = member_id(j, ret->id, e);
    if (rc == 0)
        rc = json_get_int(j, "version", 0, CASE_EVENTS_MAX, &ret->version, e);
    if (rc == 0)
        rc = take_line(j, "words", ret->words, sizeof ret->words, e);
    if (rc == 0)
        rc = take_line(j, "law", ret->law, sizeof ret->law, e);
    if (rc == 0)
        rc = take_line(j, "to", ret->to, sizeof ret->to, e);
    if (rc == 0)
        rc = json_opt_int(j, "days", 0, CASE_DAYS_MAX, &days, e);
    ret->days = (int)days;
    return rc == 0 ? take_words(j, ret, e) : rc;
}

int act_ask_decode(const void *data, size_t len, struct act_ask *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    *ret = (struct act_ask){.procedure = PROCEDURES};
    if (rc == 0)
        rc = read_act(j, ret, e);
    json_free(j);
    return rc;
}

/* --- an opening, a paper --- */

/* An object of one line of words; `out` has room for `max` and its end. */
static int decode_line(const void *data, size_t len, const char *key, char *out, size_t max, struct err *e)
{
    struct json *j = NULL;
    const char *text = "";
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    out[0] = '\0';
    if (rc == 0)
        rc = json_known(j, key, e);
    if (rc == 0)
        rc = json_get_str(j, key, 1, max, &text, e);
    if (rc == 0 && (!text_is_plain_line(text) || strspn(text, " ") == strlen(text)))
        rc = err_set(e, ERR_INVALID, "%s is one line of words", key);
    if (rc == 0)
        text_copy(out, max + 1, text);
    json_free(j);
    return rc;
}

int open_ask_decode(const void *data, size_t len, struct open_ask *ret, struct err *e)
{
    return decode_line(data, len, "reason", ret->reason, CASE_WORDS_MAX, e);
}

int print_ask_decode(const void *data, size_t len, struct print_ask *ret, struct err *e)
{
    return decode_line(data, len, "name", ret->name, PAPER_NAME_MAX, e);
}

/* --- a report --- */

int report_ask_decode(const void *data, size_t len, struct report_ask *ret, struct err *e)
{
    const struct {
        const char *key;
        char *out;
        size_t cap;
    } members[] = {{"period", ret->period, sizeof ret->period},
                   {"by", ret->by, sizeof ret->by},
                   {"figure", ret->figure, sizeof ret->figure},
                   {"step", ret->step, sizeof ret->step},
                   {"department", ret->department, sizeof ret->department},
                   {"item", ret->item, sizeof ret->item},
                   {"site", ret->site, sizeof ret->site},
                   {"after", ret->after, sizeof ret->after}};
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    *ret = (struct report_ask){.what = NULL};
    if (rc == 0)
        rc = json_known(j, "period by figure step department item site after", e);
    for (size_t i = 0; rc == 0 && i < sizeof members / sizeof *members; i++)
        rc = take_line(j, members[i].key, members[i].out, members[i].cap, e);
    if (rc == 0 && !ret->period[0])
        rc = err_set(e, ERR_INVALID, "period is missing");
    json_free(j);
    return rc;
}

/* --- rows of the audit log --- */

static int read_audit(const struct json *j, struct audit_ask *ret, struct err *e)
{
    char day[9] = "";
    int rc = json_known(j, "person day subject after", e);

    if (rc == 0)
        rc = take_line(j, "person", ret->person, sizeof ret->person, e);
    if (rc == 0)
        rc = take_line(j, "subject", ret->subject, sizeof ret->subject, e);
    if (rc == 0)
        rc = take_line(j, "day", day, sizeof day, e);
    if (rc == 0 && day[0] && !date_parse8(day, &ret->day))
        rc = err_set(e, ERR_INVALID, "day is none");
    if (rc == 0)
        rc = json_opt_int(j, "after", 0, INT64_MAX, &ret->after, e);
    return rc;
}

int audit_ask_decode(const void *data, size_t len, struct audit_ask *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    *ret = (struct audit_ask){.after = 0};
    if (rc == 0)
        rc = read_audit(j, ret, e);
    json_free(j);
    return rc;
}

/* --- an account --- */

/* One line, or not said. */
static int take_plain(const struct json *j, const char *key, char out[CASE_NAME_MAX + 1], struct err *e)
{
    int rc = take_line(j, key, out, CASE_NAME_MAX + 1, e);

    return rc == 0 && out[0] && (!text_is_plain_line(out) || citizen_number_in(out))
               ? err_set(e, ERR_INVALID, "%s is one line, and no citizen number in it", key)
               : rc;
}

static int read_people(const struct json *j, struct people_ask *ret, struct err *e)
{
    char role[24] = "";
    int rc = json_known(j, "id name post role", e);

    if (rc == 0)
        rc = take_line(j, "id", ret->id, sizeof ret->id, e);
    if (rc == 0 && !account_id_valid(ret->id))
        rc = err_set(e, ERR_INVALID, "id is none");
    if (rc == 0)
        rc = take_plain(j, "name", ret->name, e);
    if (rc == 0)
        rc = take_plain(j, "post", ret->post, e);
    if (rc == 0)
        rc = take_line(j, "role", role, sizeof role, e);
    if (rc == 0 && role[0] && !role_by_word(role, &ret->role))
        rc = err_set(e, ERR_INVALID, "there is no such role");
    return rc;
}

int people_ask_decode(const void *data, size_t len, struct people_ask *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    *ret = (struct people_ask){.role = ROLES};
    if (rc == 0)
        rc = read_people(j, ret, e);
    json_free(j);
    return rc;
}

/* --- what somebody said --- */

static int read_said(const struct json *j, struct said_ask *ret, struct err *e)
{
    char why[24] = "";
    int rc = json_known(j, "words to why", e);

    if (rc == 0)
        rc = take_line(j, "words", ret->words, sizeof ret->words, e);
    if (rc == 0)
        rc = take_line(j, "to", ret->to, sizeof ret->to, e);
    if (rc == 0)
        rc = take_line(j, "why", why, sizeof why, e);
    if (rc == 0 && why[0] && !complaint_why_by_word(why, &ret->why))
        rc = err_set(e, ERR_INVALID, "why is none");
    return rc;
}

int said_ask_decode(const void *data, size_t len, struct said_ask *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    *ret = (struct said_ask){.why = COMPLAINT_WHY_NONE};
    if (rc == 0)
        rc = read_said(j, ret, e);
    json_free(j);
    return rc;
}

bool said_path_decode(const char *tail, char number[SPEAK_NUMBER_LEN + 1], int *ret_office,
                      enum complaint_event_kind *ret_kind)
{
    size_t len = strcspn(tail, "/");
    struct speak_number n;

    if (len != SPEAK_NUMBER_LEN)
        return false;
    memcpy(number, tail, len);
    number[len] = '\0';
    *ret_kind = COMPLAINT_EVENTS;
    if (!speak_number_parse(number, &n) || (tail[len] && !complaint_event_by_word(tail + len + 1, ret_kind)))
        return false;
    *ret_office = n.office;
    return true;
}

/* --- a press at a window --- */

static int take_queue(const struct json *j, const char *key, char out[QUEUE_ID_MAX + 1], struct err *e)
{
    int rc = take_line(j, key, out, QUEUE_ID_MAX + 1, e);

    return rc == 0 && out[0] && !queue_id_valid(out) ? err_set(e, ERR_INVALID, "%s is no queue's id", key) : rc;
}

/* Ids with one blank between. */
static bool queues_valid(const char *list)
{
    char id[QUEUE_ID_MAX + 1];

    for (const char *p = list; *p; p++) {
        size_t n = strcspn(p, " ");

        if (n > QUEUE_ID_MAX)
            return false;
        memcpy(id, p, n);
        id[n] = '\0';
        if (!queue_id_valid(id) || (p[n] && !p[n + 1]))
            return false;
        p += n;
        if (!*p)
            break;
    }
    return true;
}

static int read_press(const struct json *j, struct press_ask *ret, struct err *e)
{
    int64_t window = 0;
    int rc = json_known(j, "window at queues queue number to", e);

    if (rc == 0)
        rc = json_get_int(j, "window", 1, QUEUE_WINDOW_MAX, &window, e);
    if (rc == 0)
        rc = take_line(j, "at", ret->at, sizeof ret->at, e);
    if (rc == 0)
        rc = take_line(j, "queues", ret->queues, sizeof ret->queues, e);
    if (rc == 0 && !queues_valid(ret->queues))
        rc = err_set(e, ERR_INVALID, "queues is a list of ids");
    if (rc == 0)
        rc = take_queue(j, "queue", ret->queue, e);
    if (rc == 0)
        rc = take_line(j, "number", ret->number, sizeof ret->number, e);
    if (rc == 0)
        rc = take_queue(j, "to", ret->to, e);
    ret->window = (int)window;
    return rc;
}

int press_ask_decode(const void *data, size_t len, struct press_ask *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    *ret = (struct press_ask){.window = 0};
    if (rc == 0)
        rc = read_press(j, ret, e);
    json_free(j);
    return rc;
}

/* --- paths and headers --- */

/* "NUMBER/WORD"; NULL: it is none; else the word. */
static const char *number_of(const char *tail, char number[CASE_NUMBER_LEN + 1], int *ret_office)
{
    char given[CASE_NUMBER_LEN + 1] = "";
    struct case_number n;
    const char *slash = strchr(tail, '/');

    if (!slash || slash - tail != CASE_NUMBER_LEN)
        return NULL;
    memcpy(given, tail, CASE_NUMBER_LEN);
    if (!case_number_parse(given, &n))
        return NULL;
    case_number_format(&n, number);
    *ret_office = n.office;
    return slash + 1;
}

bool print_path_decode(const char *tail, char number[CASE_NUMBER_LEN + 1], int *ret_office, struct print_ask *ret)
{
    const char *word = number_of(tail, number, ret_office), *dot = word ? strchr(word, '.') : NULL;
    char which[24] = "";

    if (!dot || (size_t)(dot - word) >= sizeof which)
        return false;
    memcpy(which, word, (size_t)(dot - word));
    ret->page = strcmp(dot, ".html") == 0;
    return (ret->page || strcmp(dot, ".pdf") == 0) && case_paper_kind_by_word(which, &ret->kind);
}

bool act_path_decode(const char *tail, char number[CASE_NUMBER_LEN + 1], int *ret_office, enum case_event_kind *ret_kind,
                     bool *ret_tacit)
{
    const char *word = number_of(tail, number, ret_office);

    if (!word)
        return false;
    *ret_tacit = strcmp(word, "tacit") == 0;
    *ret_kind = CASE_EVENT_ACCEPT_TACIT;
    if (!*ret_tacit && !case_event_by_word(word, ret_kind))
        return false;
    if (!*ret_tacit && (*ret_kind == CASE_EVENT_ACCEPT_TACIT || *ret_kind == CASE_EVENT_DECIDE_TACIT))
        return false; /* which of them it is, follows from the case */
    return true;
}

bool session_cookie_decode(const char *header, uint8_t hash[SHA256_LEN])
{
    static const char name[] = SESSION_COOKIE "=";
    uint8_t token[SESSION_TOKEN_LEN];
    size_t n = 0, len;

    for (const char *p = header; p && *p; p += len + (p[len] == ';')) {
        p += strspn(p, " ");
        len = strcspn(p, ";");
        if (strncmp(p, name, sizeof name - 1) != 0)
            continue;
        p += sizeof name - 1;
        len = strcspn(p, ";");
        if (hex_decode(p, len, token, sizeof token, &n) < 0 || n != sizeof token)
            return false;
        sha256(token, sizeof token, hash);
        secret_wipe(token, sizeof token);
        return true;
    }
    return false;
}

void session_bind(uint8_t hash[SHA256_LEN], const char *address)
{
    char both[SHA256_LEN + GUESS_ADDRESS_MAX + 1];

    memcpy(both, hash, SHA256_LEN);
    guess_owner(address, both + SHA256_LEN);
    sha256(both, SHA256_LEN + strlen(both + SHA256_LEN), hash);
}
