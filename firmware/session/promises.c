/* SPDX-License-Identifier: Apache-2.0
 *
 * See promises.h. Each line is a promise of this terminal, or what the files of this folder rely on of each other.
 */
#include "session/promises.h"

#include <string.h>

#include "base/must.h"
#include "session/internal.h"

/* Nobody is served on these; on all others somebody is. The card that was forgotten is asked back on either side. */
static bool between_visits(enum screen to)
{
    return to == SCREEN_IDLE || to == SCREEN_OUT_OF_SERVICE || to == SCREEN_RECOVERY || to == SCREEN_UPDATE ||
           to == SCREEN_SELFTEST;
}

static bool behind_a_pin(enum screen to)
{
    return to == SCREEN_TECHNICIAN || to == SCREEN_PAPER_CHANGE || to == SCREEN_DEVICE_TESTS || to == SCREEN_STAFF_PAUSE ||
           to == SCREEN_VERSIONS || to == SCREEN_LOGS || to == SCREEN_NETWORK;
}

static bool of_staff(enum screen to)
{
    return to == SCREEN_STAFF_PIN || behind_a_pin(to);
}

static bool of_first_boot(enum screen to)
{
    return to == SCREEN_FIRST_NO_SHEET || to == SCREEN_FIRST_FINDING || to == SCREEN_FIRST_TEST ||
           to == SCREEN_FIRST_NOT_READY;
}

static bool overlay(enum screen to)
{
    return to == SCREEN_LEAVE || to == SCREEN_ACCESSIBILITY || to == SCREEN_TIMEOUT;
}

/* Whose page it is. */
static void page_of(const struct session *s, enum screen to)
{
    bool nobody = between_visits(to) || of_staff(to) || of_first_boot(to);

    must(!overlay(to), "a page that lies above others takes the place of one");
    must(nobody || to == SCREEN_CARD_REMOVE || s->view.visit, "a page of a visit without a visit");
    must(!nobody || !s->view.visit, "a page for nobody while somebody is served");
    must(of_staff(to) == s->view.staff.on, "a technician's page without one, or another page over his");
    must(!of_first_boot(to) || s->view.first.on, "a page of the first boot on an open terminal");
    must(!behind_a_pin(to) || s->view.staff.in, "a technician without his PIN");
    must(!behind_a_pin(to) || !s->view.staff.digits, "a PIN stays behind");
}

/* Nothing is promised before it is so (written first). */
static void page_shows(const struct session *s, enum screen to)
{
    bool case_number = s->view.done.number[0], ticket = s->view.ticket.number[0];

    must(to != SCREEN_SUCCESS || case_number, "handed in without a case number");
    must(to != SCREEN_TROUBLE_PAPER || case_number, "a receipt is missing of nothing");
    must(to != SCREEN_RATING || case_number, "a rating of nothing");
    must(to != SCREEN_TICKET || ticket, "a ticket without a number");
    must(to != SCREEN_TROUBLE_TICKET || ticket, "a ticket is missing of no number");
    must(to != SCREEN_TROUBLE_UNKNOWN || case_number || ticket, "nobody knows whether nothing was printed");
    must(to != SCREEN_ITEM || s->guide.item, "a guide page without an item");
    must(to != SCREEN_FORM || (s->fields.item && s->view.identity), "a form of no item or of nobody");
    must(to != SCREEN_REGION || s->fields.item, "a region for no form");
    must(to != SCREEN_REVIEW || (s->fields.item && s->view.identity), "a review of no item or of nobody");
    must(to != SCREEN_CASES || s->view.identity, "a list of nobody's cases");
    must(to != SCREEN_CASE || s->view.cases.one || s->view.cases.by_number, "a page of no case");
    must(to != SCREEN_CASE_RATING || s->view.cases.one, "a rating of no case");
    must(to != SCREEN_CASE_PAPER ||
             (case_number && s->view.done.paper != DONE_APPLICATION && s->view.done.paper < DONE_SPOKEN),
         "a paper of no case");
    must(to != SCREEN_APPOINTMENTS || s->view.identity, "a list of nobody's appointments");
    must(to != SCREEN_BOOKED || (case_number && s->view.booking.booked.number[0]), "booked without a number");
    must((to != SCREEN_SUPPLEMENT && to != SCREEN_SUPPLEMENT_WRITE && to != SCREEN_SUPPLEMENT_CHECK) ||
             (s->view.cases.one && s->view.identity),
         "something is added to no case, or by nobody");
    must(to != SCREEN_SPEAK_CODE || (case_number && s->view.done.paper == DONE_SPOKEN && s->speak.typed->given[0]),
         "a code of nothing that was said");
    must((to != SCREEN_SPEAK_WHO && to != SCREEN_SPEAK_CHECK) || s->speak.typed->said.words[0], "who said nothing");
    must(to != SCREEN_SPEAK || !s->view.reading, "something is said where nothing is recorded");
    must(to != SCREEN_QUEUE || !s->view.reading, "numbers are given where nothing is recorded");
    must(to != SCREEN_FORM || !s->view.reading, "a form is filled where nothing is recorded");
    must(to != SCREEN_IDLE || !s->view.reading, "idle while somebody reads");
}

void promises_page(const struct session *s, enum screen to)
{
    page_of(s, to);
    page_shows(s, to);
}

/* Nothing of a resident outlives his visit. */
static void outside_a_visit(const struct session *s)
{
    must(!s->view.identity, "a card's data outlive the visit");
    must(!s->view.values && !s->fields.item && !s->fields.typed, "what was typed outlives the visit");
    must(!s->searching.text[0], "what was looked for outlives the visit");
    must(!s->entry.composing->letters[0] && !s->entry.target.text, "what is being typed outlives the visit");
    must(!s->view.done.number[0] && !s->view.done.qr[0], "a case number outlives the visit");
    must(!s->view.ticket.number[0] && !s->view.ticket.qr[0], "a ticket outlives the visit");
    must(!s->view.cases.known && !s->view.cases.one && !s->view.cases.supplied[0] && !s->view.rating.rated[0],
         "somebody's cases outlive the visit");
    must(!s->cases.typed->number[0] && !s->cases.typed->phone[0] && !s->cases.typed->words[0],
         "what was typed of a case outlives the visit");
    must(!s->speak.typed->said.words[0] && !s->speak.typed->said.phone[0] && !s->speak.typed->said.case_number[0] &&
             !s->speak.typed->given[0] && !s->speak.typed->asked[0],
         "what was said outlives the visit");
    must(!s->view.speak.told && !s->speak.told->words[0], "an answer outlives the visit");
    must(!s->cases.item && !s->view.cases.item, "the item of a case outlives the visit, and its catalogue");
    must(!s->view.booking.known && !s->view.booking.booked.number[0] && !s->view.booking.moving[0],
         "somebody's appointments outlive the visit");
    must(!s->guide.item && !s->view.item.item, "an item outlives the visit, and its catalogue");
    must(!session_pending(s), "a record of a visit that is over is awaited");
    must(!s->timed_out && !s->asked_leave, "a question outlives the visit");
    must(!s->view.reading && !s->finished, "a visit that is over goes on");
}

static void in_a_visit(const struct session *s)
{
    must(!s->view.staff.on, "a technician's pages over a visit");
    must(!s->view.first.on, "a visit before the terminal is open");
    must(!s->view.identity || s->view.identity == s->identity, "the page shows another card");
    must(!s->view.values || s->view.values == s->fields.values, "the page shows other values");
    must(!s->view.reading || !s->view.identity, "a card was read where nothing can be handed in");
    must(!s->view.form.submitting || s->fields.item, "what is handed in is no form");
    must(s->view.form.submitting + s->queues.taking + s->view.cases.sending + s->view.speak.sending <= 1,
         "two records are awaited at once");
    must(!s->view.cases.known || s->view.cases.known == s->cases.known, "the page shows other cases");
    must(!s->view.speak.told || s->view.speak.told == s->speak.told, "the page shows another answer");
    must(!s->view.speak.named || s->view.identity, "somebody says something under nobody's name");
    must(!s->view.booking.known || s->view.booking.known == s->booking.known, "the page shows other appointments");
    must(!s->view.done.number[0] || s->finished, "a case number of nothing that was handed in");
}

static void tables(const struct session *s)
{
    must(s->view.form.pages >= 0 && s->view.form.pages <= FORM_GROUPS_MAX, "more pages than a form has groups");
    must(s->view.form.n_fields >= 0 && s->view.form.n_fields <= VIEW_FIELDS_MAX, "more fields than a page has room for");
    must(!s->view.form.pages || s->view.form.page < s->view.form.pages, "a page the form does not have");
    must(s->view.form.question == 0 || s->view.form.question < s->view.form.questions, "a question the page does not have");
    must(s->view.form.focus >= -1 && s->view.form.focus < FORM_FIELDS_MAX, "the focus is on no field");
    must(s->view.form.focus < 0 || s->fields.item, "the focus is on a field of no form");
    must(s->view.browse.n_rows >= 0 && s->view.browse.n_rows <= VIEW_ROWS_MAX, "more rows than a list has room for");
    must(s->view.browse.n_themes >= 0 && s->view.browse.n_themes <= VIEW_THEMES_MAX, "more themes than there is room for");
    must(s->view.search.n_rows >= 0 && s->view.search.n_rows <= VIEW_ROWS_MAX, "more rows than a list has room for");
    must(s->view.region.n >= 0 && s->view.region.n <= DIVISIONS_MAX, "more regions than there is room for");
    must(s->view.queue.n_queues >= 0 && s->view.queue.n_queues <= VIEW_QUEUES_MAX, "more queues than there is room for");
    must(s->view.queue.told < s->view.queue.n_queues, "a queue there is none of speaks");
    must(s->searching.n_pages >= 0 && s->searching.n_pages <= SEARCHING_BACK_MAX, "more pages back than are remembered");
    must(s->region.depth >= 0 && s->region.depth < REGION_DEPTH, "a region below all regions");
    must(s->entry.n_after >= 0 && s->entry.n_after <= ENTRY_AFTER_MAX, "more touches wait than there is room for");
    must(!s->entry.target.text || strlen(s->entry.target.text) <= s->entry.target.cap,
         "more was typed than there is room for");
    must(s->view.staff.digits >= 0 && s->view.staff.digits <= STAFF_DIGITS, "a PIN longer than there is room for");
}

void promises_kept(const struct session *s)
{
    must((unsigned)s->view.screen < SCREEN_COUNT && (unsigned)s->base < SCREEN_COUNT, "a screen there is none of");
    must(s->view.done.progress >= 0 && s->view.done.progress <= 100, "more than all of a paper");
    must(!s->view.staff.in || s->view.staff.on, "a technician is in who was not there");
    must(s->view.staff.on || !s->staff.pin[0], "a PIN stays behind");
    if (s->view.visit)
        in_a_visit(s);
    else
        outside_a_visit(s);
    tables(s);
}
