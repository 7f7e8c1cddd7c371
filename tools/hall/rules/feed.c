/* SPDX-License-Identifier: Apache-2.0
 *
 * See feed.h.
 */
#include "tools/hall/rules/feed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const struct {
    const char *what;
    enum notice_kind kind;
} alerts[] = {
#define FEED_ALERT(alert, kind) {alert, NOTICE_##kind},
#include "tools/hall/rules/feed.def"
};
#define FEED_LONG(people) people
static const int long_people =
#include "tools/hall/rules/feed.def"
    ;

enum notice_kind feed_of_alert(const char *what, int64_t last, int64_t now, char about[NOTICE_ABOUT_MAX + 1])
{
    snprintf(about, NOTICE_ABOUT_MAX + 1, "%.20s %" PRId64, what, last);
    for (size_t i = 0; i < sizeof alerts / sizeof *alerts; i++)
        if (strcmp(alerts[i].what, what) == 0)
            return now - last < FEED_FRESH_MS ? alerts[i].kind : NOTICES;
    return NOTICES;
}

void feed_alert_of(const char *about, char ret[NOTICE_ABOUT_MAX + 1])
{
    text_copy(ret, NOTICE_ABOUT_MAX + 1, about);
    ret[strcspn(ret, " ")] = '\0';
}

int feed_long(void)
{
    return long_people;
}

enum notice_kind feed_of_queue(int64_t now, char about[NOTICE_ABOUT_MAX + 1])
{
    char day[DATE_LEN + 1];

    date_format(date_of_ms(now), day);
    snprintf(about, NOTICE_ABOUT_MAX + 1, "long %s %02d", day, clock_minute_of_day(now) / 60);
    return NOTICE_FEED_QUEUE;
}

enum notice_kind feed_of_duty(int64_t now, bool nobody, char about[NOTICE_ABOUT_MAX + 1])
{
    snprintf(about, NOTICE_ABOUT_MAX + 1, "duty %" PRId64, now);
    return nobody ? NOTICE_FEED_DUTY_NOBODY : NOTICE_FEED_DUTY;
}

int64_t feed_duty_at(const char *about)
{
    const char *at = strchr(about, ' ');

    return at ? strtoll(at + 1, NULL, 10) : 0;
}

enum notice_kind feed_of_card(const struct card *c, char about[NOTICE_ABOUT_MAX + 1])
{
    char day[DATE_LEN + 1];

    date_format(c->since, day);
    snprintf(about, NOTICE_ABOUT_MAX + 1, "%.20s %s", c->rule, day);
    switch (c->level) {
    case CARD_YELLOW:
        return NOTICE_FEED_YELLOW;
    case CARD_RED:
        return NOTICE_FEED_RED;
    case CARD_REMINDER:
    case CARD_TACIT:
    case CARD_LEVELS:
        break;
    }
    return NOTICES;
}
