/* SPDX-License-Identifier: Apache-2.0
 *
 * What a screen may know: a read-only picture of the session. The session keeps one and changes it in session_step();
 * screens read it and never write. Pointers are borrowed and valid until the next session_step(). Text of residents is
 * reached only through `values` and `identity`, which are NULL outside a visit that has them.
 */
#ifndef SESSION_VIEW_H
#define SESSION_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "model/appointment.h"
#include "model/ask_reason.h"
#include "model/composing.h"
#include "model/demand.h"
#include "model/device.h"
#include "model/device_trial.h"
#include "model/division.h"
#include "model/first.h"
#include "model/form.h"
#include "model/halt.h"
#include "model/identity.h"
#include "model/install_facts.h"
#include "model/item.h"
#include "model/my_case.h"
#include "model/my_licence.h"
#include "model/my_spoken.h"
#include "model/number.h"
#include "model/opening.h"
#include "model/outage.h"
#include "model/paper_change.h"
#include "model/receipt.h"
#include "model/staff_facts.h"
#include "model/strings.h"
#include "model/ticket.h"
#include "model/update_now.h"
#include "model/voice.h"

enum screen {
#define SCREEN(name, word) SCREEN_##name,
#include "screen.def"
#include "screen_install.def"
#undef SCREEN
    SCREEN_COUNT,
};
const char *screen_name(enum screen s);

enum text_size { SIZE_STANDARD, SIZE_LARGE, SIZE_LARGER, SIZE_LARGEST };
struct settings {
    enum language language;
    enum text_size size;
    bool high_contrast;
    bool low_reach; /* every target in the lower 60 % */
    bool voice;     /* what stands on the page is said */
    int loudness;   /* 1 … VOICE_VOLUMES */
    enum voice_speed speed;
};

#define SETTINGS_USUAL ((struct settings){.loudness = 3, .speed = VOICE_USUAL})

/* Whether this terminal has a voice, and who hears it. */
enum voice_reach {
    VOICE_NONE,
    VOICE_PRIVATE, /* headphones */
    VOICE_ALOUD,   /* whoever stands near: what is somebody's own is not said */
};

/* What works at this minute. */
enum journal_health { JOURNAL_WHOLE, JOURNAL_BEHIND, JOURNAL_FORK };
struct health {
    enum reader_health reader;
    enum printer_health printer[PRINTER_ROLES];
    struct printer_senses senses[PRINTER_ROLES];
    bool hall; /* the hall answered lately */
    bool clock_sure;
    bool storage;                /* the journal takes records */
    enum journal_health journal; /* it lost records, or went apart from what the hall holds: nothing may be promised here */
    bool catalogue;              /* there is a catalogue to work with */
    bool no_applications;        /* there is no key of the hall's to seal them to, or it is over; all else goes on */
    bool news_old; /* the hall's signed head is past its validity: a newer catalogue may be kept from this terminal */
    int unsent;    /* records the hall has not acknowledged */
};

/* What lies in `done`: the papers of a case are printed one after another in a visit. */
enum done_paper {
    DONE_APPLICATION, /* handed in here and now: the receipt */
    DONE_SUPPLEMENT,  /* added to a case here and now */
    DONE_RECEIPT,     /* of a case of before, once more */
    DONE_DECISION,    /* what was decided, also a refusal */
    DONE_SPOKEN,      /* said here and now: its code */
    DONE_APPOINTMENT, /* an hour that was booked here and now */
    DONE_PAPERS,
};

enum print_state {
    PRINT_IDLE,
    PRINT_RUNNING, /* progress in percent */
    PRINT_SLOW,    /* past the promised time: 比平时慢，还在打 */
    PRINT_DONE,
    PRINT_NOT, /* nothing came out */
    PRINT_UNKNOWN,
};

/* The printed paper, where the printer can tell. */
enum slip {
    SLIP_UNSEEN,
    SLIP_OUT, /* it stands at the slot */
    SLIP_TAKEN,
    SLIP_BACK, /* nobody took it: it was drawn back */
};
static inline bool slip_gone(enum slip s)
{
    return s == SLIP_TAKEN || s == SLIP_BACK;
}

#define VIEW_ROWS_MAX 8
#define NOTICE_MAX 240     /* bytes of a message of staff in one language */
#define VIEW_PAGE_ROWS 4   /* result cards on one page of the list */
#define VIEW_THEMES_MAX 40 /* or departments */
#define VIEW_FIELDS_MAX FORM_FIELDS_MAX
#define VIEW_QUEUES_MAX 5

/* What of all that was found is shown. */
enum search_kind { FOUND_ALL, FOUND_HERE, FOUND_PERSON, FOUND_COMPANY, FOUND_KINDS };

struct view_queue {
    struct queue queue;
    struct queue_now now; /* waiting and minutes -1: not known, or too old to be told */
    struct queue_times times;
};

/* The keyboard, whatever it types into. */
enum keyboard_kind {
    KEYBOARD_NONE,
    KEYBOARD_DIGITS,
    KEYBOARD_DIGITS_X,
    KEYBOARD_MONEY,
    KEYBOARD_LATIN,
    KEYBOARD_CHINESE, /* pages; letters become candidates */
    KEYBOARD_SEARCH,  /* pages; letters are what is looked for */
};
enum keys_page { KEYS_LETTERS, KEYS_CAPITALS, KEYS_SYMBOLS, KEYS_STROKES, KEYS_WRITING, KEYS_PAGE_COUNT };
struct view_keys {
    enum keyboard_kind kind;
    enum keys_page page;
    unsigned pages;                    /* bit p: a key leads to page p (KEYBOARD_CHINESE, KEYBOARD_SEARCH) */
    uint32_t greyed;                   /* bit 0: a … bit 25: z: finds nothing; pale, and typed like any other */
    bool open_text;                    /* what is typed is nobody's secret: a pressed key lights up */
    bool gone;                         /* Chinese cannot be composed any more: letters are letters */
    int candidates;                    /* page of the candidates shown */
    const struct composing *composing; /* NULL: nothing is being composed */
};

/* trouble-card */
enum card_trouble {
    CARD_UNREADABLE,      /* lifted too early, or a bad read: lay it flat, try once more */
    CARD_UNREADABLE_LONG, /* the third time: the other ways */
    CARD_CHIP,            /* card and reader do not trust each other: another terminal, a counter */
    CARD_EXPIRED,
    CARD_BAD_NUMBER,
    CARD_NOT_RESIDENT, /* a kind of card or a record this terminal does not know, or that does not fill the form */
};

enum service_reason { OUT_STORAGE, OUT_CATALOGUE, OUT_CATALOGUE_CUT, OUT_STARTING, OUT_STAFF, OUT_JOURNAL };

/* staff-pin */
enum staff_trouble { STAFF_FINE, STAFF_WRONG, STAFF_EXPIRED, STAFF_UNRECORDED };
enum staff_sure { STAFF_SURE_NOT, STAFF_SURE_STICK, STAFF_SURE_OTHER }; /* versions: what was touched once */
#define STAFF_DIGITS 6
#define STAFF_UNTILS 4

#define VIEW_PLACES_MAX 3
struct view_place {
    bool window; /* staffed; else a terminal */
    char name[80], name_en[120], note[100], note_en[160];
};

#define CASE_PHONE_DIGITS 4

enum speak_digits { SPEAK_DIGITS_CASE, SPEAK_DIGITS_PHONE, SPEAK_DIGITS_CODE };
enum speak_who { SPEAK_WHO_NOBODY, SPEAK_WHO_PHONE, SPEAK_WHO_CARD };

/* How it stands with the question to the hall. */
enum asking { ASKED_NOTHING, ASKED_WAITING, ASKED_KNOWN, ASKED_REFUSED };
/* What this terminal itself knows of a number that was typed in. */
struct case_here {
    bool here, sent; /* its application was handed in here; and the hall has it */
    bool unprinted;  /* its receipt did not come out here, or nobody knows */
    int64_t at_ms;
};

struct view;
/* Whether a queue gives numbers at this moment. OUTSIDE its hours; SHUT by the catalogue, until there is another; NEWER: of
 * a later version than this software, which never gives any.
 *
 * On a terminal whose clock nobody vouches for, hours decide nothing: it may be noon when it says three at night, and who is
 * refused at an open counter has lost his way, while a number too many costs him nothing. So numbers are given as if there
 * were no hours, and no page says "now" or "from": the hours themselves are shown and printed, which are true by any clock.
 */
enum queue_giving { QUEUE_GIVES, QUEUE_PAUSED, QUEUE_OUTSIDE, QUEUE_SHUT, QUEUE_NEWER };
enum queue_giving queue_giving(const struct view *v, const struct view_queue *q);
/* Hours of it can be booked. */
bool queue_bookable(const struct view_queue *q);
/* Its hours are known, and the clock is good enough to go by them. */
bool queue_timed(const struct view *v, const struct view_queue *q);
/* The opening that is, or else the next one in which numbers will be given, behind a pause too. NULL: none is known. */
const struct opening *queue_opening(const struct view *v, const struct view_queue *q);
/* When numbers are to be had of one that gives none now; 0: not known. */
int64_t queue_from(const struct view *v, const struct view_queue *q);

/* What staff of the hall say on the idle screen, until then. */
struct notice {
    char zh[NOTICE_MAX + 1], en[NOTICE_MAX + 1];
    int64_t until_ms; /* 0: nothing */
};

struct view {
    enum screen screen;
    struct settings settings;
    enum voice_reach voice;
    const struct place *place;
    int64_t now_ms; /* wall clock, for the header; whole minutes count */
    struct health health;
    bool can_back; /* the dock shows 返回 */
    bool visit;    /* somebody is being served */
    bool reading;  /* a visit on a terminal out of service: guides only, nothing is handed in and nothing recorded */

    struct halts halts; /* items that are taken off everywhere: they are shown, and not to be applied for */

    struct {
        int here, all; /* items to be done here; all there are */
        int off;       /* … of `here`, taken off now */
        struct item_row hot[4];
        int n_hot;
    } home;

    struct {
        struct item_theme themes[VIEW_THEMES_MAX];
        int n_themes;
        bool by_dept; /* `themes` are departments */
        int theme;    /* -1: themes are shown, else its rows */
        struct item_row rows[VIEW_ROWS_MAX];
        int n_rows, total, page, pages;
    } browse;

    struct {
        const char *text; /* what is looked for: a resident's; "" before anything was typed */
        enum search_kind kind;
        int total[FOUND_KINDS];
        struct item_row rows[VIEW_ROWS_MAX]; /* as many as any page may take; what fits is shown */
        int n_rows, first;                   /* the place of rows[0], from 0 */
        bool forgiven;                       /* none fits exactly, these come near */
    } search;

    struct {
        const struct item *item; /* also on the screens that follow; NULL before */
        int page;                /* 0: guide; 1: legal basis, codes, form contents */
        int pages;
    } item;

    const struct queue *newer; /* newer: the queue it speaks of; NULL: it is the item */

    struct {
        bool remind;  /* the card still lies there: card-remove, and every page after 8 s until it is lifted */
        int calls;    /* counts the times it is to be said aloud */
        bool slow;    /* card-reading: longer than usual; card-waiting: no card is seen though there was time */
        bool lies;    /* card-waiting: what lies there was read before; it has to be lifted first */
        bool cases;   /* it is to say whose cases are asked for, and not to fill a form */
        bool booking; /* … or who books, or has booked */
        bool other;   /* another card was placed and is ignored: any page of a visit that has its card */
        int tries;
        enum card_trouble trouble;
    } card;

    struct {
        int field;                    /* whose value is chosen */
        char name[DIVISION_NAME_MAX]; /* what the rows lie in; "" for the whole country */
        struct division rows[DIVISIONS_MAX];
        int n;
        int turn; /* counts the lists shown */
    } region;

    struct view_keys keys; /* kind KEYBOARD_NONE: no keyboard is open */

    const struct identity *identity;
    const struct form_values *values; /* licences: values->licences is what was chosen */
    struct {
        enum asking asking;
        enum ask_reason why;             /* ASKED_REFUSED */
        bool silent;                     /* … and that is that it said nothing in the time a person waits */
        const struct my_licences *known; /* ASKED_KNOWN, else NULL */
        bool missing;                    /* 下一步 was pressed before each was chosen */
    } licences;
    struct {
        int page, pages;             /* form pages; steps shown = pages + 1 (review) */
        int question, questions;     /* from SIZE_LARGER on one field is asked at a time: which of the page's; else 0, 0 */
        const char *title;           /* of the group(s) of this page */
        int fields[VIEW_FIELDS_MAX]; /* editable fields of this page, in order */
        int n_fields;
        int locked[VIEW_FIELDS_MAX]; /* fields from the card, shown on page 0 and on review */
        int n_locked;
        int focus;                                 /* field, or -1 */
        struct form_fault faults[FORM_FIELDS_MAX]; /* by field */
        struct {                                   /* review: one entry a page */
            const char *title;
            int group;
            int fields[VIEW_FIELDS_MAX];
            int n_fields;
        } groups[FORM_GROUPS_MAX];
        bool consent;
        bool consent_missing;   /* 确认提交 was pressed without it */
        int signature;          /* the field to sign, -1: none; its strokes are in values->ink */
        bool signature_missing; /* 确认提交 was pressed without it */
        bool submitting;        /* between confirm and the record: buttons are off */
    } form;

    struct {
        enum asking asking;
        enum ask_reason why;                /* ASKED_REFUSED */
        bool silent;                        /* … and that is that it said nothing in the time a person waits */
        const struct my_cases *known;       /* ASKED_KNOWN, else NULL */
        const struct my_case *one;          /* that is shown, among them; NULL: none */
        const struct item *item;            /* of that, where this terminal's catalogue has it */
        bool by_number;                     /* no card: one case, by its number and the last digits of a telephone */
        struct case_here here;              /* of `one`, or of the number typed in */
        const char *number, *phone;         /* case-number: as far as they are typed */
        bool at_phone;                      /* case-number: the second question of the two */
        bool wrong;                         /* case-number: all 19 digits are there, and are no case number */
        const char *words;                  /* supplement: what is added, a resident's */
        bool words_missing;                 /* … and 下一步 was pressed without any */
        bool sending;                       /* between confirm and the record: buttons are off */
        char supplied[CASE_NUMBER_LEN + 1]; /* added to in this visit; the hall may not say so yet */
    } cases;

    struct {
        const struct spoken *said;    /* as far as it is said */
        bool named;                   /* his card's name goes with it */
        bool phone;                   /* speak-code: a telephone went with it */
        const char *given;            /* speak-code: its code; "" before */
        const char *asked;            /* speak-digits, speak-answer: the code whose answer is looked for */
        enum speak_digits digits;     /* speak-digits: what is typed */
        bool whole, wrong;            /* … and it is right; or all digits are there, and they cannot be right */
        bool words_missing;           /* 下一步 was pressed without any */
        bool sending;                 /* between confirm and the record: buttons are off */
        enum asking asking;           /* speak-answer */
        enum ask_reason why;          /* ASKED_REFUSED */
        bool silent;                  /* … and that is that it said nothing in the time a person waits */
        const struct my_spoken *told; /* ASKED_KNOWN, else NULL */
    } speak;

    struct {
        enum asking asking;
        enum ask_reason why;                     /* ASKED_REFUSED */
        bool silent;                             /* … and that is that it said nothing in the time a person waits */
        enum appointment_verb verb;              /* what was asked */
        const struct my_appointments *known;     /* ASKED_KNOWN, else NULL */
        enum appointment_refusal refused;        /* … and the hall did not do it */
        int queue;                               /* book: index into queue.queues */
        int day, hour;                           /* book: chosen, among known's; hour -1: none yet */
        int giving_back;                         /* appointments: the one it is asked about; -1: none */
        char moving[APPOINTMENT_NUMBER_MAX + 1]; /* book: the one another hour is looked for; "": none */
        struct appointment booked;               /* booked, trouble pages: number "" none */
    } booking;

    struct {
        enum done_paper paper;
        int characters;                   /* DONE_SUPPLEMENT: how much was added */
        char number[CASE_NUMBER_LEN + 1]; /* success and trouble pages; "" when there is none */
        char qr[80];
        struct date promised, accepted;      /* year 0: none */
        struct date parts[ITEM_MEMBERS_MAX]; /* of a bundle, whose number `number` is: `promised` of each member … */
        int n_parts;                         /* … whose own numbers case_number_part() says; 0: it is none */
        bool provisional;
        int provisional_year; /* it waits for this year's notice of holidays; 0: for the clock to be checked */
        struct demand demand; /* what was told before it was handed in */
        int64_t submitted_ms;
        bool sent; /* the hall has it */
        enum print_state print;
        enum slip slip;
        int progress;            /* percent */
        int copy;                /* print now under way or last */
        enum printer_health why; /* trouble-paper: what is wrong with the printer */
        bool partly;             /* trouble-paper: that stopped it in the middle, and how much came out nobody knows */
        bool expired;            /* the page's time is nearly over: 再看一会儿 */
    } done;

    struct {
        bool named;                      /* the rating carries the case number; off unless the resident switches it on */
        bool thanks;                     /* it is written down */
        bool lost;                       /* it could not be written down */
        char rated[CASE_NUMBER_LEN + 1]; /* the case that was rated in this visit; "": none */
    } rating;

    struct {
        struct view_queue queues[VIEW_QUEUES_MAX];
        int n_queues;
        int64_t as_of_ms; /* the moment of what is known; 0: nothing is */
        int told;         /* the one that was touched and gives no numbers: it says why in its place; -1: none */
        bool booking;     /* rows are for booking an hour, not for a number now */
    } queue;
    struct {
        char number[TICKET_NUMBER_MAX + 1];
        char qr[80];
        struct queue queue;
        int64_t booked_ms;      /* the hour that was booked, of who has checked in; 0: none was */
        int ahead, minutes;     /* when it was taken; -1: not known */
        struct day_hours hours; /* of its windows; n 0: not known */
        bool hours_today;       /* today's; else those of an ordinary working day, for the clock is unsure */
        int64_t taken_ms;
        bool kept; /* valid without paper */
        enum print_state print;
        enum slip slip;
        enum printer_health why; /* trouble-ticket and trouble-unknown: what is wrong with the printer */
    } ticket;

    struct {
        int seconds;       /* time-out: left */
        enum screen below; /* what it covers, or what the question whether to end covers */
        bool nothing_typed;
    } timeout;

    struct {
        bool handed_in;
        bool supplement; /* what was handed in belongs to a case of before */
        bool paper;      /* the last thing printed was a paper of a case of before, and `print` how it stands with that */
        bool spoken;     /* it is what somebody said; its code is not known any more */
        char number[CASE_NUMBER_LEN + 1];
        int parts; /* it is a bundle's number, of so many applications; 0: it is a case's */
        char qr[80];
        enum print_state print;
        char ticket[TICKET_NUMBER_MAX + 1]; /* a queue number that counts */
        char ticket_qr[80];
    } recovery;

    struct {
        bool before;   /* trouble-storage: found out before anything was to be handed in */
        bool no_space; /* the disk is full */
    } storage;

    bool testing_card; /* selftest: the reader, else a printer */

    struct first first; /* on: the first boot, and the pages first-* */

    enum service_reason out_reason;
    struct outage out; /* by a technician */
    struct notice notice;
    struct update_now update;
    struct view_place places[VIEW_PLACES_MAX];
    int n_places;

    struct {
        bool on; /* a staff card was laid down: PIN page, and what follows when it was right */
        bool in; /* the PIN was right */
        struct staff_badge badge;
        int digits; /* typed so far; which ones the view does not know */
        int wait_s; /* no PIN is taken for so long */
        enum staff_trouble trouble;
        struct staff_facts facts;
        struct {
            enum print_state print;
            enum printer_health why;
        } test[2];                    /* by printer_role: the test page */
        struct paper_change change;   /* paper-change */
        struct device_trial trial;    /* device-tests */
        int reason, until;            /* staff-pause: chosen; -1 */
        int64_t untils[STAFF_UNTILS]; /* staff-pause: what may be chosen; 0: not known yet */
        bool restart;                 /* asked once */
        enum staff_sure sure;
    } staff;

    struct {
        bool on; /* this is no terminal yet: a stick installs one (tools/install) */
        struct install_facts facts;
        bool stick;  /* it is in */
        bool remind; /* somebody pressed what only taking it out does */
        int typed;   /* install-foreign: digits so far */
        bool wrong;  /* they were others */
        int seconds; /* install-half: until it goes on by itself; install-done, with the stick out: until it starts anew */
        struct {
            int part;             /* 0 measuring, 1 writing, 2 reading back, 3 the last step */
            int percent, left_s;  /* of all; -1: not known */
            uint64_t done, bytes; /* written or read back */
            int mb_s;             /* 0: not known */
        } now;
    } install;
};

/* Can a card be asked for, or is there one already? */
static inline bool speak_card_here(const struct view *v)
{
    return v->identity || v->health.reader == READER_READY;
}

/* How many items can be done here now, as pages say it. */
static inline int view_items_here(const struct view *v)
{
    return v->home.here > v->home.off ? v->home.here - v->home.off : 0;
}

#endif
