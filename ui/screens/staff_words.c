/* SPDX-License-Identifier: Apache-2.0
 *
 * See staff_words.h. A word that is not known here, for an older screen meets a newer hall, is said as it is.
 */
#include "ui/screens/staff_words.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

const char *staff_words_moment(struct scene *s, const struct view *v, int64_t ms)
{
    struct date d = date_of_ms(ms), today = date_of_ms(v->now_ms);

    if (date_compare(d, today) == 0)
        return words_time(s, ms);
    return SAY_WITH(staff_moment, words_number(s, d.month), words_number(s, d.day), words_time(s, ms));
}

const char *staff_words_day(struct scene *s, int64_t ms)
{
    char day[DATE_LEN + 1];

    date_format(date_of_ms(ms), day);
    return scene_keep(s, day);
}

/* --- the last update --- */

/* Root's part says "stick" or "unknown" where it could read no version. */
static const char *what_came(const struct view *v, const char *version)
{
    if (!strcmp(version, "stick"))
        return SAY(versions_of_stick);
    return !*version || !strcmp(version, "unknown") ? SAY(versions_of_it) : version;
}

const char *staff_words_update(struct scene *s, const struct view *v, const struct system_report *r)
{
    const char *what = what_came(v, r->version);

    switch (r->state) {
    case SYSTEM_NONE:
        return SAY(versions_never);
    case SYSTEM_DOWNLOADING:
        return SAY_WITH(versions_downloading, what);
    case SYSTEM_HERE:
        return SAY_WITH(versions_here, what);
    case SYSTEM_INSTALLING:
        return SAY_WITH(versions_installing, what);
    case SYSTEM_INSTALLED:
        return SAY_WITH(versions_installed, what);
    case SYSTEM_RESTARTING:
        return SAY_WITH(versions_restarting, what);
    case SYSTEM_GOOD:
        return SAY_WITH(versions_good, what);
    case SYSTEM_UNHEALTHY:
        return SAY_WITH(versions_unhealthy, what);
    case SYSTEM_FELLBACK:
        return SAY_WITH(versions_fellback, what);
    case SYSTEM_FAILED:
        return SAY_WITH(versions_failed, what);
    case SYSTEM_REFUSED:
        return SAY_WITH(versions_refused, what);
    case SYSTEM_STATES:
        break;
    }
    return SAY(staff_unknown);
}

const char *staff_words_update_why(struct scene *s, const struct view *v, const char *why)
{
    const struct {
        const char *word, *text;
    } list[] = {{"signature", SAY(versions_why_signature)}, {"other-version", SAY(versions_why_other)},
                {"older", SAY(versions_why_older)},         {"no-bundle", SAY(versions_why_none)},
                {"nothing-there", SAY(versions_why_empty)}, {"unreadable", SAY(versions_why_unreadable)},
                {"install", SAY(versions_why_install)},     {"interrupted", SAY(versions_why_interrupted)},
                {"did-not-start", SAY(versions_why_start)}, {"not-ready", SAY(versions_why_ready)},
                {"download", SAY(versions_why_download)},   {"ended", SAY(versions_why_ended)},
                {"not-kept", SAY(versions_why_kept)}};

    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (!strcmp(why, list[i].word))
            return list[i].text;
    return *why ? SAY_WITH(versions_why_unit, why) : "";
}

/* --- what waits --- */

static const char *hour(struct scene *s, int minute)
{
    char out[16];

    snprintf(out, sizeof out, "%d:%02d", minute / 60, minute % 60);
    return scene_keep(s, out);
}

const char *staff_words_waits(struct scene *s, const struct view *v, const struct system_facts *f)
{
    const struct {
        const char *word, *text;
    } list[] = {{"withdrawn", SAY(versions_wait_withdrawn)},
                {"failed-here", SAY(versions_wait_failed)},
                {"stopped", SAY(versions_wait_stopped)},
                {"paused", SAY(versions_wait_paused)},
                {"stage", SAY(versions_wait_stage)},
                {"fetching", SAY(versions_wait_fetching)},
                {"neighbour", SAY(versions_wait_neighbour)},
                {"neighbour-silent", SAY(versions_wait_silent)},
                {"go", SAY(versions_wait_go)}};

    if (!strcmp(f->why, "nothing") || !strcmp(f->why, "current"))
        return "";
    if (!strcmp(f->why, "hours"))
        return SAY_WITH(versions_wait_hours, hour(s, f->from_min), hour(s, f->to_min));
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (!strcmp(f->why, list[i].word))
            return list[i].text;
    return scene_keep(s, f->why);
}

/* --- the way to the hall --- */

#define FOUND_BYTES 400

const char *staff_words_found(struct scene *s, const struct view *v, const struct uplink_found *f)
{
    char text[FOUND_BYTES];

    return scene_keep(s, uplink_found_says(f, v->settings.language, text, sizeof text));
}
