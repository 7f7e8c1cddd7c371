/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: a request on its way. A handler is three steps of a `struct api`, all but the first with the database:
 *
 *   take   in the loop's thread: reads path and body; a status refuses
 *   read   in a reader's thread: who asks is known by then; answers, or leaves what wait or write needs
 *   wait   in the loop's thread: asks another process, and goes on by ask_go_on(), once
 *   write  in the writer's thread, inside a transaction, perhaps more than once; who asks was looked up again there
 *   ended  in the loop's thread: the answer is about to go out
 *
 * Each may be NULL. A step answers by ask_answer() or ask_refuse(); after that nothing but `ended` follows. An error that is
 * returned is the hall's (500, 503) and undoes what was written.
 */
#ifndef HALL_STAFF_ASK_H
#define HALL_STAFF_ASK_H

#include "base/json.h"
#include "tools/hall/cases/people.h"
#include "tools/hall/cases/published.h"
#include "tools/hall/door/guess.h"
#include "tools/hall/door/server.h"
#include "tools/hall/rules/zone.h"
#include "tools/hall/staff/ask_wire.h"
#include "tools/hall/staff/desk.h"
#include "tools/hall/staff/duty_wire.h"
#include "tools/hall/staff/edition_wire.h"
#include "tools/hall/staff/place_wire.h"
#include "tools/hall/store/reader.h"
#include "tools/hall/store/store_account.h"
#include "tools/hall/store/store_logs.h"
#include "tools/hall/store/store_map.h"
#include "tools/hall/terminals/opener_line.h"

struct ask;
/* Who may ask: anybody, whoever is signed in, whose role sees cases, or a use of rules/role_may.def. */
enum needs {
    NEEDS_NOBODY,
    NEEDS_SIGNED_IN,
    NEEDS_CASES,
#define ROLE_USE(name, roles) NEEDS_##name,
#include "tools/hall/rules/role_may.def"
};
struct api {
    void (*take)(struct ask *a, const void *body, size_t len);
    int (*read)(struct ask *a, struct store *s, struct err *e);
    void (*wait)(struct ask *a);
    int (*write)(struct ask *a, struct store *s, struct err *e);
    void (*ended)(struct ask *a);
    size_t body;  /* bytes; 0: ASK_BODY_MAX */
    bool watches; /* a page asks by itself, again and again: nobody is kept signed in by it */
};
#define API(method, path, needs, body, name) extern const struct api api_##name;
#include "tools/hall/staff/route.def"
#undef API

#define HASHING_MAX 8 /* passphrases that wait or are hashed; above it 503 */

struct page_set;
struct desk {
    struct event_base *base;
    char data[400];
    struct server *server;
    struct reader *reader; /* of its own: a passphrase keeps one of its threads for 0.2 s */
    struct writer *writer;
    struct alerts *alerts;
    struct guesses *guesses, *people; /* wrong tries, by address and by id; the second for alerts alone */
    struct opener_line *opener;       /* hall-open, for what staff read; NULL: stopped */
    struct page_set *pages;
    struct board_kept *boards; /* board.c's */
    struct makings *makings;   /* made.c's */
    int hashing;
    bool verifying; /* the chain of the audit log, by one reader at a time */
    bool stopped;
};

struct ask {
    struct read_job reading;
    struct write_job writing;
    struct desk *desk;
    struct exchange *exchange;
    const struct api *api;
    enum needs needs;
    int64_t now;                         /* ms */
    char address[GUESS_ADDRESS_MAX + 1]; /* also when he has gone meanwhile */
    char lane[ACCOUNT_ID_MAX + 2];       /* of the writer: each person's own */
    bool shown;                          /* a token */
    struct session session;
    struct account me; /* id "": nobody */
    struct sent once;  /* what the page gave it, has_once (once.h) */
    bool has_once;
    struct published published; /* of all that is about cases */
    struct opened *opened;      /* open_case.c's, wiped at its end */
    union {
        struct sign_in sign_in; /* wiped at the end */
        struct {
            struct act_ask say;
            uint8_t what[SHA256_LEN];
            enum case_event_kind kind;
            bool tacit;
        } act;
        struct {
            char stage[24], after[48];
            bool mine, all;
        } list;
        struct {
            char situation[12], zone[ZONE_NAME_LEN + 1], after[TERMINAL_ID_MAX + 1];
        } fleet;
        struct open_ask open;
        struct print_ask print;
        struct press_ask press;
        struct { /* editions of the catalogue; the first two are freed by who made them */
            struct edition_say *edition;
            struct upload *upload;
            int64_t version;
            char name[SYSTEM_VERSION_LEN + 1]; /* of a system */
            bool printed, figures;             /* as a page to print; without the list of terminals */
            bool damaged;                      /* of an act on a system: its bundle is not as it was published */
        };
        struct retry_say again;
        struct halt_say halt;
        char looked_for[ITEMS_TEXT_MAX + 1];
        char outline[MAP_OUTLINE_NAME_LEN + 1];
        struct order_ask order;
        struct place_ask place;
        struct {
            uint8_t id[ACT_ID_LEN];
            char name[LOGS_NAME_MAX + 1];
        } logs;
        struct duty_ask duty;
        struct shift_ask shift;
        struct report_ask report;
        struct audit_ask audit;
        struct {
            struct said_ask say;
            char number[SPEAK_NUMBER_LEN + 1];
            enum complaint_event_kind kind;
        } said;
        struct {
            struct people_ask say;
            enum people_verb verb;
        } people;
    };
    char number[CASE_NUMBER_LEN + 1];
    char terminal[TERMINAL_ID_MAX + 1]; /* of the path */
    int office;                         /* of that number */
    int64_t step;                       /* of the authenticator's code */
    char kept[PASSPHRASE_KEPT_MAX + 1]; /* joining: of the passphrase */
    bool hashes, verifies;              /* it counts in desk->hashing, desk->verifying */

    int status;     /* 0: not answered yet */
    struct buf out; /* JSON */
    struct jsonw w;
    struct buf file; /* with `type`: what a 200 answers in place of JSON */
    const char *type;
    const char *etag; /* of that file: it never changes, and a browser may keep it; NULL: it may not */
    char cookie[200]; /* "": none is set */
    int retry_s;      /* Retry-After; 0: none */
};

/* Takes the request over and answers it, sooner or later. The loop's thread. */
void ask_begin(struct desk *d, struct exchange *x, const struct api *api, enum needs needs);
/* Begins the answer, an object, to be written by way of a->w. */
void ask_answer(struct ask *a, int status);
/* The end of `wait`: to `write`, or out with what was answered. */
void ask_go_on(struct ask *a);
/* {"reason":WORD}, with the object left open for more. */
void ask_refuse(struct ask *a, int status, const char *reason);
/* May these words of staff be kept for all to read? Else it is refused: they hold what nobody sees, or a citizen number. */
bool ask_keeps(struct ask *a, const char *words);

#endif
