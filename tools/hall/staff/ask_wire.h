/* SPDX-License-Identifier: Apache-2.0
 *
 * What the staff's pages send: small JSON objects, from any browser on the network. Strictly read, bounded, pure. Strings
 * are copied; whoever holds a struct sign_in wipes it.
 */
#ifndef HALL_STAFF_ASK_WIRE_H
#define HALL_STAFF_ASK_WIRE_H

#include "tools/hall/papers/case_paper.h"
#include "tools/hall/rules/account.h"
#include "tools/hall/rules/complaint.h"
#include "tools/hall/rules/queue.h"
#include "wire/act.h"

#define ASK_BODY_MAX 8192
#define ASK_CODE_MAX 40
#define ORDER_WHY_MAX 200

/* {"id":"0417","passphrase":"…","code":"123456"} */
struct sign_in {
    char id[ACCOUNT_ID_MAX + 1], passphrase[PASSPHRASE_MAX + 1];
    char code[TOTP_CODE_LEN + 1]; /* of the authenticator; "": not said, which only joining may leave out */
    char once[ASK_CODE_MAX + 1];  /* joining: the one-time code */
};
int sign_in_decode(const void *data, size_t len, struct sign_in *ret, struct err *e);
/* The same with "once", and perhaps without "code". */
int sign_in_join_decode(const void *data, size_t len, struct sign_in *ret, struct err *e);

/* {"id":"32 hex","version":3,"words":"…","law":"…","to":"…","procedure":"…","days":5,"unit":"…","result":"…"}; all but the
 * first two may be missing. */
struct act_ask {
    uint8_t id[16];
    int64_t version;
    char words[CASE_WORDS_MAX + 1], law[CASE_LAW_MAX + 1], to[CASE_NAME_MAX + 1];
    enum case_procedure procedure; /* PROCEDURES: not said */
    int days;
    enum day_unit unit;
    enum case_result result;
};
int act_ask_decode(const void *data, size_t len, struct act_ask *ret, struct err *e);

/* {"reason":"…"}: one line, why a case is opened. */
struct open_ask {
    char reason[CASE_WORDS_MAX + 1];
};
int open_ask_decode(const void *data, size_t len, struct open_ask *ret, struct err *e);

/* {"name":"…"}: the applicant's, as it is to stand on a paper: one line. Whoever holds it wipes it. */
struct print_ask {
    char name[PAPER_NAME_MAX + 1];
    enum case_paper_kind kind; /* these two by print_path_decode() */
    bool page;                 /* HTML, else PDF */
};
int print_ask_decode(const void *data, size_t len, struct print_ask *ret, struct err *e);
/* "NUMBER/WHICH.pdf" or ".html", the end of a path. False: it is none. */
bool print_path_decode(const char *tail, char number[CASE_NUMBER_LEN + 1], int *ret_office, struct print_ask *ret);

/* {"period":"2026-Q1","by":"item","figure":"on-time","step":"decide-step","department":"…","item":"…","site":"…",
 * "after":"…"}; all but the first may be missing: "". What they mean, hallctl report judges, which gets them as they are. */
struct report_ask {
    char period[8], by[16], figure[24], step[24], department[100], item[RECORD_TEXT_MAX + 1], site[100],
        after[RECORD_TEXT_MAX + 1];
    const struct report_what *what; /* by report.c */
};
int report_ask_decode(const void *data, size_t len, struct report_ask *ret, struct err *e);

/* {"person":"0417","day":"20260105","subject":"…","after":123}; all may be missing: "", no day, 0. */
#define AUDIT_SUBJECT_MAX 200
struct audit_ask {
    char person[ACCOUNT_ID_MAX + 1], subject[AUDIT_SUBJECT_MAX + 1];
    struct date day; /* without a year: whenever */
    int64_t after;
};
int audit_ask_decode(const void *data, size_t len, struct audit_ask *ret, struct err *e);

/* {"id":"0417","name":"…","post":"…","role":"window"}; all but the first may be missing: "" and ROLES. */
struct people_ask {
    char id[ACCOUNT_ID_MAX + 1], name[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1];
    enum role role;
};
int people_ask_decode(const void *data, size_t len, struct people_ask *ret, struct err *e);

/* {"words":"…","to":"…","why":"not-ours"}; all may be missing: "" and NONE. What must be said, rules/complaint.h judges. */
struct said_ask {
    char words[COMPLAINT_WORDS_MAX + 1], to[CASE_NAME_MAX + 1];
    enum complaint_why why;
};
int said_ask_decode(const void *data, size_t len, struct said_ask *ret, struct err *e);
/* "NUMBER" or "NUMBER/EVENT", the end of a path; *ret_kind COMPLAINT_EVENTS where there is no event. False: it is none. */
bool said_path_decode(const char *tail, char number[SPEAK_NUMBER_LEN + 1], int *ret_office,
                      enum complaint_event_kind *ret_kind);

/* {"window":3,"at":"general/A 032","queues":"general priority","queue":"…","number":"…","to":"…"}; all but the first may be
 * missing: "". `at`: what the page had at the window; else the press was meant for something else. */
#define PRESS_QUEUES_MAX 200
#define PRESS_AT_MAX (QUEUE_ID_MAX + 1 + TICKET_NUMBER_MAX)
struct press_ask {
    int window;
    char at[PRESS_AT_MAX + 1], queues[PRESS_QUEUES_MAX + 1], queue[QUEUE_ID_MAX + 1], number[TICKET_NUMBER_MAX + 1],
        to[QUEUE_ID_MAX + 1];
};
int press_ask_decode(const void *data, size_t len, struct press_ask *ret, struct err *e);

/* {"id":"32 hex","terminals":["e-01","e-02"],"act":"out","reason":"repair","hours":2,"zh":"…","en":"…","why":"…"}: what
 * terminals are to do, and why, in one line. `hours` until OUT ends about (0: not known) or a MESSAGE is shown; else 0. */
#define ORDER_TERMINALS_MAX 32
#define ORDER_HOURS_MAX 168
struct order_ask {
    uint8_t id[16];
    char terminals[ORDER_TERMINALS_MAX][TERMINAL_ID_MAX + 1];
    size_t n;
    enum act_kind kind;
    enum outage_reason reason;
    int hours;
    char zh[ACT_MESSAGE_MAX + 1], en[ACT_MESSAGE_MAX + 1], why[ORDER_WHY_MAX + 1];
};
int order_ask_decode(const void *data, size_t len, struct order_ask *ret, struct err *e);
/* {"id":"32 hex","why":"…"}: which of them is taken back. */
int withdraw_ask_decode(const void *data, size_t len, struct order_ask *ret, struct err *e);

/* "NUMBER/EVENT", the end of a path; *ret_tacit: what the law says. False: it is none. */
bool act_path_decode(const char *tail, char number[CASE_NUMBER_LEN + 1], int *ret_office, enum case_event_kind *ret_kind,
                     bool *ret_tacit);

/* The session's token, 64 hex digits, out of a Cookie header (RFC 6265, 5.4), as its hash. False: it has none. */
#define SESSION_COOKIE "__Host-tongban"
#define SESSION_TOKEN_LEN 32
bool session_cookie_decode(const char *header, uint8_t hash[SHA256_LEN]);
/* That hash, as it is kept: with the network it was given to (guess.h), so that a cookie that was stolen is none elsewhere.
 */
void session_bind(uint8_t hash[SHA256_LEN], const char *address);

#endif
