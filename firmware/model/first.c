/* SPDX-License-Identifier: Apache-2.0
 *
 * See first.h.
 */
#include "model/first.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/strings.h"

#define HASH_SHOWN 20 /* bytes of the image's hash in figures; all of them stand in the code */
#define HASH_LINE 12  /* of them in one line */

static const struct {
    enum first_part part;
    const char *code;
} lacks[FIRST_LACKS] = {
    {FIRST_TOUCH, ""},
#define FIRST_LACK(name, part, code) {FIRST_##part, code},
#include "model/first_lack.def"
#undef FIRST_LACK
};

const char *first_lack_code(enum first_lack l)
{
    return lacks[l].code;
}

enum first_part first_lack_part(enum first_lack l)
{
    return lacks[l].part;
}

bool first_may_lack(enum first_lack l)
{
    enum first_part p = first_lack_part(l);

    return p == FIRST_READER || p == FIRST_RECEIPT || p == FIRST_TICKET;
}

int first_left_out(const struct first *f)
{
    int n = 0;

    for (int i = 0; i < FIRST_PARTS; i++)
        n += f->part[i] == FIRST_LEFT_OUT;
    return n;
}

static const char *say(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

#define FILL(out, id, ...) str_fill(out, sizeof out, LANGUAGE_ZH_CN, STR_##id, STR_ARGS(__VA_ARGS__))

static struct paper *checked(struct paper *p)
{
    if (paper_ok(p))
        return p;
    paper_destroy(p);
    return NULL;
}

static const char *printer_name(enum first_part p)
{
    return say(p == FIRST_TICKET ? STR_first_paper_ticket : STR_first_paper_receipt);
}

/* "2026-11-19 10:42" */
static const char *time_of(int64_t ms, char out[40])
{
    char day[DATE_LEN + 1], hour[12], minute[12];
    int m = clock_minute_of_day(ms);

    date_format(date_of_ms(ms), day);
    snprintf(hour, sizeof hour, "%02d", m / 60);
    snprintf(minute, sizeof minute, "%02d", m % 60);
    return str_fill(out, 40, LANGUAGE_ZH_CN, STR_paper_time, STR_ARGS(day, hour, minute));
}

struct paper *first_page_compose(const struct first *f, const struct place *place, int64_t now_ms)
{
    struct paper *p = paper_create();
    char number[12], at[40];

    snprintf(number, sizeof number, "%04d", f->number.offered[f->number.right]);
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, place->terminal[0] ? place->terminal : f->facts.terminal);
    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, printer_name(f->testing));
    paper_text(p, PAPER_DOUBLE, PAPER_CENTER, true, number);
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, say(STR_first_paper_which));
    paper_rule(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, time_of(now_ms, at));
    paper_cut(p);
    return checked(p);
}

/* "4F9A 17C2 …" */
static void hash_rows(struct paper *p, const struct machine *m)
{
    char line[HASH_LINE * 5 / 2 + 2];

    for (int from = 0; from < HASH_SHOWN; from += HASH_LINE) {
        size_t n = 0;
        for (int i = from; i < HASH_SHOWN && i < from + HASH_LINE; i++)
            n += (size_t)snprintf(line + n, sizeof line - n, "%s%02X", i > from && i % 2 == 0 ? " " : "", m->image[i]);
        paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, line);
    }
}

static const char *result(const struct first *f, enum first_part part, char note[80])
{
    char number[16];

    switch (f->part[part]) {
    case FIRST_LEFT_OUT:
    case FIRST_BAD:
    case FIRST_UNTESTED:
        return say(STR_first_paper_left_out);
    case FIRST_UNSEEN:
        return say(STR_first_paper_unseen);
    case FIRST_GOOD:
        break;
    }
    if (!f->seen[part])
        return say(STR_first_paper_good);
    snprintf(number, sizeof number, "%04d", f->seen[part]);
    return str_fill(note, 80, LANGUAGE_ZH_CN, STR_first_paper_seen, STR_ARGS(number));
}

static void parts(struct paper *p, const struct first *f)
{
    static const struct {
        enum first_part part;
        enum str_id name;
    } rows[] = {{FIRST_TOUCH, STR_first_paper_touch},     {FIRST_READER, STR_first_paper_reader},
                {FIRST_RECEIPT, STR_first_paper_receipt}, {FIRST_TICKET, STR_first_paper_ticket},
                {FIRST_HALL, STR_first_paper_hall},       {FIRST_STORAGE, STR_first_paper_storage}};
    char note[80], size[24];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = result(f, rows[i].part, note);
        if (rows[i].part == FIRST_STORAGE && f->facts.total_mb > 0) {
            snprintf(size, sizeof size, "%lld", (long long)(f->facts.total_mb / 1024));
            text = FILL(note, first_paper_disk, size);
        }
        paper_row(p, 14, say(rows[i].name), text, false);
    }
}

struct paper *first_slip_compose(const struct first *f, const struct place *place, int64_t now_ms)
{
    const struct machine *m = &f->facts.machine;
    const char slot[2] = {m->slot == '-' ? '-' : (char)toupper((unsigned char)m->slot), '\0'};
    char text[120], at[40], missing[12];
    struct paper *p = paper_create();
    int left_out = first_left_out(f);

    snprintf(missing, sizeof missing, "%d", left_out);
    paper_band(p, left_out ? FILL(text, first_paper_opens_without, missing) : say(STR_first_paper_opens));
    paper_text(p, PAPER_DOUBLE, PAPER_CENTER, true, place->terminal);
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, FILL(text, first_paper_place, place->spot, place->device));
    paper_rule(p, false);
    paper_row(p, 8, say(STR_first_paper_version),
              m->imaged ? FILL(text, first_paper_image, m->version, slot) : say(STR_first_paper_by_hand), false);
    paper_row(p, 8, say(STR_first_paper_tested), time_of(now_ms, at), false);
    paper_rule(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, say(STR_first_paper_parts));
    parts(p, f);
    paper_rule(p, true);
    if (m->imaged) {
        paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, say(STR_first_paper_hash));
        hash_rows(p, m);
    }
    if (f->facts.proof[0]) {
        paper_qr(p, f->facts.proof);
        paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, say(STR_first_paper_signed));
    }
    paper_rule(p, false);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, say(STR_first_paper_stick));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, say(STR_first_paper_go));
    paper_cut(p);
    return checked(p);
}
