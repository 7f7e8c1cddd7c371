/* SPDX-License-Identifier: Apache-2.0
 *
 * See receipt_parts.h.
 */
#include "model/receipt_parts.h"

#include <stdio.h>

#include "model/strings.h"

#define DAY_MS 86400000LL
#define ZONE_MS (8 * 3600 * 1000LL)

static const char *text(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

#define FILL(out, id, ...) str_fill(out, sizeof(out), LANGUAGE_ZH_CN, id, STR_ARGS(__VA_ARGS__))

void receipt_time(int64_t ms, bool seconds, char out[40])
{
    char day[36], hour[4], minute[4], second[4];
    struct date d = date_of_ms(ms);
    int of_day = clock_minute_of_day(ms);

    snprintf(day, sizeof day, "%04d-%02d-%02d", d.year, d.month, d.day);
    snprintf(hour, sizeof hour, "%02d", of_day / 60 % 24);
    snprintf(minute, sizeof minute, "%02d", of_day % 60);
    snprintf(second, sizeof second, "%02d", (int)((ms + ZONE_MS) % DAY_MS / 1000 % 60));
    str_fill(out, 40, LANGUAGE_ZH_CN, seconds ? STR_paper_time_seconds : STR_paper_time,
             STR_ARGS(day, hour, minute, second));
}

void receipt_date(struct date d, char out[60])
{
    char year[12], month[12], day[12];

    snprintf(year, sizeof year, "%04d", d.year);
    snprintf(month, sizeof month, "%02d", d.month);
    snprintf(day, sizeof day, "%02d", d.day);
    str_fill(out, 60, LANGUAGE_ZH_CN, STR_paper_date, STR_ARGS(year, month, day));
}

void receipt_place(const struct place *place, char out[128])
{
    str_fill(out, 128, LANGUAGE_ZH_CN, STR_paper_place, STR_ARGS(place->spot, place->device));
}

void receipt_copy_band(struct paper *p, int copy)
{
    char n[12], band[60];

    if (copy < 2)
        return;
    snprintf(n, sizeof n, "%d", copy);
    paper_band(p, FILL(band, STR_paper_reprint_band, n));
    paper_space(p, 16);
}

void receipt_ask(struct paper *p, const struct place *place)
{
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_paper_ask));
    paper_rule(p, false);
    paper_row(p, 10, text(STR_paper_hotline), place->hotline, false);
    paper_row(p, 10, text(STR_paper_supervision), place->supervision, false);
}

void receipt_printed(struct paper *p, const struct place *place, int copy, int64_t printed_ms)
{
    char n[12], label[60], at[40], where[128];

    snprintf(n, sizeof n, "%d", copy);
    receipt_time(printed_ms, true, at);
    paper_row(p, 13, FILL(label, STR_paper_copy, n), at, false);
    if (copy < 2)
        return;
    receipt_place(place, where);
    paper_row(p, 13, text(STR_paper_reprint_where), where, false);
}

struct paper *receipt_whole(struct paper *p)
{
    if (paper_ok(p))
        return p;
    paper_destroy(p);
    return NULL;
}
