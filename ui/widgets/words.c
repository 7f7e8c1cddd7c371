/* SPDX-License-Identifier: Apache-2.0
 *
 * See words.h.
 */
#include "ui/widgets/words.h"

#include <stdio.h>

#include "base/secret.h"
#include "model/hant.h"

const char *words_fill(struct scene *s, const struct view *v, enum str_id id, const char *const *args, size_t n)
{
    char out[600];
    const char *kept = scene_keep(s, str_fill(out, sizeof out, v->settings.language, id, args, n));

    secret_wipe(out, sizeof out);
    return kept;
}

const char *words_either(struct scene *s, const struct view *v, const char *own, const char *english)
{
    char hant[600];

    if (v->settings.language == LANGUAGE_ZH_HANT)
        return scene_keep(s, hant_text(hant, sizeof hant, own));
    return v->settings.language == LANGUAGE_EN && english[0] ? english : own;
}

const char *words_number(struct scene *s, long n)
{
    char out[24];

    snprintf(out, sizeof out, "%ld", n);
    return scene_keep(s, out);
}

const char *words_weekday(const struct view *v, struct date d)
{
    static const enum str_id ids[] = {STR_ui_sunday,   STR_ui_monday, STR_ui_tuesday, STR_ui_wednesday,
                                      STR_ui_thursday, STR_ui_friday, STR_ui_saturday};

    return str(v->settings.language, ids[date_weekday(d)]);
}

const char *words_day(struct scene *s, const struct view *v, struct date d)
{
    const char *month = str_month(v->settings.language, d.month), *day = words_number(s, d.day);

    if (d.year == date_of_ms(v->now_ms).year)
        return SAY_WITH(ui_date, month, day);
    return SAY_WITH(ui_date_year, words_number(s, d.year), month, day);
}

const char *words_date(struct scene *s, const struct view *v, struct date d)
{
    return SAY_WITH(ui_date_weekday, words_day(s, v, d), words_weekday(v, d));
}

const char *words_date_inline(struct scene *s, const struct view *v, struct date d)
{
    return SAY_WITH(ui_date_weekday_inline, words_day(s, v, d), words_weekday(v, d));
}

const char *words_time(struct scene *s, int64_t wall_ms)
{
    char out[8];
    int minute = clock_minute_of_day(wall_ms);

    snprintf(out, sizeof out, "%d:%02d", (minute / 60) % 24, minute % 60);
    return scene_keep(s, out);
}

const char *words_days(struct scene *s, const struct view *v, int day, enum day_unit unit)
{
    if (day <= 0)
        return SAY(ui_at_once);
    if (unit == DAY_WORKING)
        return SAY_WITH(ui_working_days, words_number(s, day));
    return SAY_WITH(ui_days, words_number(s, day));
}

const char *words_fee(struct scene *s, const struct view *v, long cent)
{
    char out[32];

    if (cent <= 0)
        return SAY(ui_free);
    if (cent % 100)
        snprintf(out, sizeof out, "%ld.%02ld", cent / 100, cent % 100);
    else
        snprintf(out, sizeof out, "%ld", cent / 100);
    return SAY_WITH(ui_yuan, scene_keep(s, out));
}
