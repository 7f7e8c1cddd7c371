/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk-sync is told: how far the journal is, which catalogue is in use, how the terminal is. See wiring.h.
 */
#include <string.h>

#include "base/text.h"
#include "kiosk/wiring.h"

void wiring_tell_journal(struct kiosk *k)
{
    if (records_journal(k->records))
        peers_say(k->peers, &(struct peer_line){.kind = PEER_JOURNAL, .seq = (int64_t)records_last(k->records)});
}

static bool same(const struct peer_line *a, const struct peer_line *b)
{
    return a->version == b->version && a->whole == b->whole && a->needs == b->needs && a->tried == b->tried &&
           a->halts == b->halts && !strcmp(a->reason, b->reason) && !strcmp(a->warnings, b->warnings);
}

/* "signature" of -ERR_SIGNATURE; "-" of 0. */
static void put_reason(int rc, char out[PEER_WORD_MAX + 1])
{
    text_copy(out, PEER_WORD_MAX + 1, rc < 0 ? err_name(rc) : "-");
    for (char *c = out; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 'a' - 'A');
}

void wiring_tell_catalogue(struct kiosk *k, bool again)
{
    struct peer_line p = {.kind = PEER_CATALOGUE, .version = catalogue_version(k->catalogue)};
    const struct facts all = wiring_facts(k);
    const struct health h = wiring_health(k);
    struct catalogue_state c;
    struct buf words;

    catalogue_state(k->catalogue, &c);
    p.whole = c.whole;
    p.needs = c.needs;
    p.tried = c.tried;
    put_reason(c.tried ? c.why : 0, p.reason);
    p.halts = halt_desk_version(k->halts);
    buf_init(&words, PEER_WARNINGS_MAX);
    facts_warnings(&all, &h, &words);
    text_copy(p.warnings, sizeof p.warnings, buf_str(&words));
    buf_finish(&words);
    if (again || !same(&p, &k->told))
        peers_say(k->peers, &p);
    k->told = p;
}

static bool same_how(const struct peer_line *a, const struct peer_line *b)
{
    return !strcmp(a->receipt, b->receipt) && !strcmp(a->ticket, b->ticket) && !strcmp(a->reader, b->reader) &&
           !strcmp(a->out, b->out) && a->since == b->since && a->until == b->until;
}

void wiring_tell_how(struct kiosk *k, bool again)
{
    const struct health h = wiring_health(k);
    struct peer_line p = {.kind = PEER_HOW};

    if (!k->session)
        return;
    const struct outage *o = &session_view(k->session)->out;
    text_copy(p.receipt, sizeof p.receipt, printer_word(h.printer[DEVICE_RECEIPT]));
    text_copy(p.ticket, sizeof p.ticket, printer_word(h.printer[DEVICE_TICKET]));
    text_copy(p.reader, sizeof p.reader, reader_word(h.reader));
    text_copy(p.out, sizeof p.out, o->on ? outage_word(o->reason) : "-");
    p.since = o->on ? o->since_ms : 0;
    p.until = o->on ? o->until_ms : 0;
    if (again || !same_how(&p, &k->how))
        peers_say(k->peers, &p);
    k->how = p;
}
