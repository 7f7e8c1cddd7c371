/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of a page: strings in the language of the view, filled in, kept as long as the page.
 */
#ifndef UI_WIDGETS_WORDS_H
#define UI_WIDGETS_WORDS_H

#include "session/view.h"
#include "ui/node/scene.h"

/* SAY(item_days, "5") → "5 个工作日". For use where `s` and `v` are the scene and the view. */
#define SAY(id) str(v->settings.language, STR_##id)
#define SAY_WITH(id, ...) words_fill(s, v, STR_##id, STR_ARGS(__VA_ARGS__))
const char *words_fill(struct scene *s, const struct view *v, enum str_id id, const char *const *args, size_t n);

/* Names that are data, Chinese: the English one for pages in English, where there is one; in traditional characters for
 * pages in those. Never for what a resident wrote, a card says or staff wrote of a case. */
const char *words_either(struct scene *s, const struct view *v, const char *own, const char *english);
#define words_own(s, v, own) words_either(s, v, own, "")

const char *words_number(struct scene *s, long n);
/* "11月26日", with the year when it is not this one. */
const char *words_day(struct scene *s, const struct view *v, struct date d);
/* "11月26日　星期四", with the year when it is not this one. */
const char *words_date(struct scene *s, const struct view *v, struct date d);
const char *words_weekday(const struct view *v, struct date d);
/* "11月26日（星期四）" */
const char *words_date_inline(struct scene *s, const struct view *v, struct date d);
const char *words_time(struct scene *s, int64_t wall_ms); /* "10:12" */
/* "5 个工作日", "20 天", "当场" for 0. */
const char *words_days(struct scene *s, const struct view *v, int day, enum day_unit unit);
/* "不收费", "20 元", "20.50 元" */
const char *words_fee(struct scene *s, const struct view *v, long cent);

#endif
