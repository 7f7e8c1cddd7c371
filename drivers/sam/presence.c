/* SPDX-License-Identifier: Apache-2.0
 *
 * See presence.h. The way of a card: find, select, read, newest address, then the watch.
 */
#include "drivers/sam/presence.h"

#include "base/must.h"
#include "base/secret.h"
#include "drivers/idcard/card_text.h"
#include "drivers/sam/exchange.h"

#define READ_MS 3000
#define ADDRESS_MS 1500
#define TRIES 2
#define NO_ADDRESS_MAX 3 /* then it is not asked about any more: each time costs the resident ADDRESS_MS */

void presence_init(struct presence *p, struct identity *identity)
{
    must(identity, "nowhere to read a card to");
    *p = (struct presence){.identity = identity};
}

void presence_ready(struct presence *p)
{
    p->unsure = true;
}

void presence_closed(struct presence *p)
{
    p->no_address = 0;
}

static struct presence_action act(enum presence_word what)
{
    return (struct presence_action){.what = what};
}

static struct presence_action ask(struct presence *p, enum presence_asked asked, enum sam_command command, int timeout_ms)
{
    p->asked = asked;
    return (struct presence_action){.what = PRESENCE_ASK,
                                    .command = command,
                                    .timeout_ms = timeout_ms,
                                    .optional = asked != ASKED_FIND && asked != ASKED_SELECT && asked != ASKED_WATCH};
}

static struct presence_action look(struct presence *p)
{
    return p->card != CARD_READ && p->card != CARD_OLD ? ask(p, ASKED_FIND, SAM_FIND, COMMAND_MS)
                                                       : ask(p, ASKED_WATCH, p->watch, ADDRESS_MS);
}

/* --- telling ---------------------------------------------------------------------------------------------------------- */

static struct presence_action go_on(struct presence *p, bool polling)
{
    must(!p->lifting || p->card == CARD_NONE, "a card is lifted that still lies there");
    enum presence_next next = p->next;

    if (p->lifting) {
        p->lifting = false;
        return act(PRESENCE_LIFTED);
    }
    p->next = NEXT_REST;
    if (next == NEXT_SELECT && polling)
        return ask(p, ASKED_SELECT, SAM_SELECT, COMMAND_MS);
    if (next == NEXT_OLD && p->unsure && polling)
        return ask(p, ASKED_OLD_ADDRESS, SAM_ADDRESS, ADDRESS_MS);
    return act(next == NEXT_NOTHING ? PRESENCE_NOTHING : PRESENCE_REST);
}

static struct presence_action lose(struct presence *p, bool polling, enum card_fault why, enum presence_next next)
{
    struct presence_action failed = {.what = PRESENCE_FAILED, .why = why};
    bool unread = p->card == CARD_SEEN && polling;

    p->lifting = p->told || unread;
    p->next = next;
    p->card = CARD_NONE;
    p->told = false;
    p->tries = 0;
    secret_wipe(p->identity, sizeof *p->identity);
    return unread ? failed : go_on(p, polling);
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

static struct presence_action deliver(struct presence *p, bool polling)
{
    must(p->card == CARD_SEEN, "a card is read that nobody saw");
    p->card = CARD_READ;
    p->told |= polling;
    return act(PRESENCE_READ);
}

/* Once more from the start: it may have been laid down while it was being read. */
static struct presence_action unread(struct presence *p, const struct presence_input *in)
{
    must(p->card == CARD_SEEN, "a card cannot be read that nobody saw");
    must(p->tries >= 0 && p->tries < TRIES, "more tries than there are");
    bool again = ++p->tries < TRIES;
    struct presence_action a = again ? look(p) : act(PRESENCE_FAILED);

    a.sw3 = in->reply ? in->reply->sw3 : 0;
    a.why = in->reply ? sam_wire_fault(a.sw3) : CARD_FAULT_UNREADABLE;
    if (again)
        return a;
    p->card = CARD_FAILED;
    p->told |= in->polling;
    return a;
}

/* Never asked for twice without finding it anew: what comes late is the text of a card that may have been changed. */
static struct presence_action selected(struct presence *p, const struct presence_input *in)
{
    must(in->reply, "a card is selected without an answer");
    must(p->card == CARD_SEEN, "a card is selected that nobody saw");
    if (!in->polling) { /* nobody wants it any more: unread, it can be found again */
        p->card = CARD_NONE;
        return act(PRESENCE_REST);
    }
    return in->reply->status == SAM_OK ? ask(p, ASKED_READ, SAM_READ, READ_MS) : unread(p, in);
}

static struct presence_action take_text(struct presence *p, const struct presence_input *in)
{
    must(p->card == CARD_SEEN, "a card is read that nobody saw");
    const uint8_t *text = in->reply ? sam_wire_card_text(in->reply) : NULL;
    struct presence_action unknown = {.what = PRESENCE_UNKNOWN, .why = CARD_FAULT_TEXT};

    if (!text)
        return unread(p, in);
    if (card_text_decode(text, p->identity, &unknown.not_understood) < 0) {
        p->card = CARD_READ;
        p->watch = SAM_ADDRESS;
        p->told |= in->polling;
        return unknown;
    }
    if (p->no_address < NO_ADDRESS_MAX)
        return ask(p, ASKED_ADDRESS, SAM_ADDRESS, ADDRESS_MS);
    p->watch = SAM_SELECT;
    return deliver(p, in->polling);
}

/* The card is good without it: only a newest address that cannot be read as text is worth a line. */
static struct presence_action take_newest(struct presence *p, const struct presence_input *in)
{
    bool spoke = in->reply && in->reply->status != SAM_RESEND && in->reply->status != SAM_REFUSED;
    const uint8_t *address = spoke ? sam_wire_address(in->reply) : NULL;
    struct presence_action a = deliver(p, in->polling);

    p->no_address = spoke ? 0 : p->no_address + 1;
    p->watch = spoke ? SAM_ADDRESS : SAM_SELECT;
    if (address)
        card_address_decode(address, p->identity, &a.not_understood);
    return a;
}

/* --- one from before -------------------------------------------------------------------------------------------------- */

static struct presence_action found_old(struct presence *p, bool polling, enum sam_command watch)
{
    must(p->card == CARD_NONE, "one card lies on another");
    if (!polling)
        return act(PRESENCE_REST);
    p->unsure = false;
    p->card = CARD_OLD;
    p->watch = watch;
    p->told = true;
    return act(PRESENCE_LIES);
}

static struct presence_action old_selected(struct presence *p, const struct presence_input *in)
{
    if (in->reply && in->reply->status == SAM_OK)
        return found_old(p, in->polling, SAM_SELECT);
    p->unsure = false;
    return act(PRESENCE_REST);
}

static struct presence_action old_address(struct presence *p, const struct presence_input *in)
{
    if (in->reply && (in->reply->status == SAM_OK || in->reply->status == SAM_NO_ITEM))
        return found_old(p, in->polling, SAM_ADDRESS);
    return ask(p, ASKED_OLD_SELECT, SAM_SELECT, COMMAND_MS);
}

/* --- finding and watching --------------------------------------------------------------------------------------------- */

/* Codes other than "found" all mean that there is no card to read: readers differ in what they say then. */
static struct presence_action found(struct presence *p, const struct presence_input *in)
{
    must(in->reply, "a card is found without an answer");
    must(p->card != CARD_READ && p->card != CARD_OLD, "a card is looked for that cannot be found");
    bool there = in->reply->status == SAM_FOUND;

    p->unsure = !there && (p->unsure || p->card != CARD_NONE);
    if (!there)
        return lose(p, in->polling, CARD_FAULT_LIFTED, NEXT_OLD);
    if (p->card == CARD_NONE && in->polling) {
        p->card = CARD_SEEN;
        p->next = NEXT_SELECT;
        return act(PRESENCE_SEEN);
    }
    p->next = p->card == CARD_SEEN ? NEXT_SELECT : NEXT_REST;
    return go_on(p, in->polling);
}

/* An address, or that there is none, and "selected": all of it only a card can say. */
static struct presence_action watched(struct presence *p, const struct presence_input *in)
{
    must(p->card == CARD_READ || p->card == CARD_OLD, "a card is watched that was not read");
    bool there = in->reply && (in->reply->status == SAM_OK || in->reply->status == SAM_NO_ITEM);

    return there ? act(PRESENCE_REST) : lose(p, in->polling, CARD_FAULT_LIFTED, NEXT_REST);
}

static struct presence_action answered(struct presence *p, const struct presence_input *in)
{
    enum presence_asked asked = p->asked;

    p->asked = ASKED_NOTHING;
    switch (asked) {
    case ASKED_FIND:
        return found(p, in);
    case ASKED_SELECT:
        return selected(p, in);
    case ASKED_READ:
        return take_text(p, in);
    case ASKED_ADDRESS:
        return take_newest(p, in);
    case ASKED_OLD_ADDRESS:
        return old_address(p, in);
    case ASKED_OLD_SELECT:
        return old_selected(p, in);
    case ASKED_WATCH:
        return watched(p, in);
    case ASKED_NOTHING:
        break;
    }
    must(false, "an answer about a card that nothing was asked about");
    return act(PRESENCE_NOTHING);
}

struct presence_action presence_step(struct presence *p, const struct presence_input *in)
{
    switch (in->event) {
    case PRESENCE_LOOK:
        return look(p);
    case PRESENCE_ANSWERED:
        return answered(p, in);
    case PRESENCE_LOST:
        p->asked = ASKED_NOTHING;
        return lose(p, in->polling, in->why, NEXT_NOTHING);
    case PRESENCE_TOLD:
        break;
    }
    return go_on(p, in->polling);
}
