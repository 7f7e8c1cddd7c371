/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/map: the office's terminals by where they stand: each place with its coordinates, how many of its terminals stand
 * how, and by name those that are not good, the worst first; and the places nobody has put on the map.
 *
 *   {"at","all","situations":[words, the worst first],"counts":[of each],"outline":NAME or null,
 *    "places":[{"name","zone","spot","point":[lat,lon],"n":[of each situation],"pending":n,
 *               "need":[["e-02","02 号机",situation's place,why],…]},…],
 *    "without":[{"name","zone","spot","one":TERMINAL,"all":n},…],"without_more":n}
 *
 * `pending`: of the good ones, how many have not the catalogue or the system they are to have by now. All are judged for it
 * in one statement, and of those that are named the device is read in another.
 *
 * GET /api/outline/NAME: the outlines of that name, which never change under it: a browser may keep them (RFC 9110, 8.8.3).
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/staff/fleet_view.h"
#include "tools/hall/store/store_map.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/store/terminal.h"

#define NEED_MAX 6     /* named of one place */
#define WITHOUT_MAX 40 /* places that are named */

struct seen {
    char id[TERMINAL_ID_MAX + 1], zone[ZONE_NAME_LEN + 1];
    enum situation situation;
    const char *why; /* NULL: nothing is to be said */
    bool pending;
};
struct map {
    struct ask *ask;
    struct seen *list;
    size_t n, room;
    struct map_place *places;
    size_t n_places, places_room;
    char (*behind)[TERMINAL_ID_MAX + 1]; /* whose system is older than it should be, by name */
    size_t n_behind, behind_room, at_behind;
    struct edition rollout;
    bool full;
};

/* Room for one more of `each` bytes; NULL and m->full: none. */
static void *room_for(struct map *m, void *list, size_t *room, size_t n, size_t each)
{
    if (n < *room)
        return list;
    size_t more = *room ? 2 * *room : 256;
    void *now = reallocarray(list, more, each);

    m->full = !now;
    if (now)
        *room = more;
    return now ? now : list;
}

/* --- who there is --- */

static int keep_behind(void *ctx, const struct system_terminal *t)
{
    struct map *m = ctx;
    enum edition_place place = rollout_place(&m->rollout, &t->rule, m->ask->now);

    if (!t->rule.heard_ms || place == EDITION_OUTSIDE || place == EDITION_HAS)
        return 0;
    m->behind = room_for(m, m->behind, &m->behind_room, m->n_behind, sizeof *m->behind);
    if (!m->full)
        text_copy(m->behind[m->n_behind++], sizeof *m->behind, t->id);
    return m->full;
}

/* While a system is rolled out. */
static int find_behind(struct map *m, struct store *s, struct err *e)
{
    int rc = system_rollout(s, &m->rollout, e);

    if (rc == 0 && m->rollout.percent != EDITION_NO_STAGE && m->rollout.state == EDITION_RUNS)
        rc = system_each(s, &m->rollout, m->ask->me.office, false, keep_behind, m, e);
    return rc;
}

/* Both lists are by name. */
static bool is_behind(struct map *m, const char *id)
{
    while (m->at_behind < m->n_behind && strcmp(m->behind[m->at_behind], id) < 0)
        m->at_behind++;
    return m->at_behind < m->n_behind && strcmp(m->behind[m->at_behind], id) == 0;
}

static int keep(void *ctx, const struct fleet_stand *t)
{
    struct map *m = ctx;
    struct situation_now now;
    int64_t published = m->ask->published.version;

    m->list = room_for(m, m->list, &m->room, m->n, sizeof *m->list);
    if (m->full)
        return 1;
    fleet_judge_stand(t, m->ask->now, &now);
    struct seen *seen = &m->list[m->n++];
    *seen = (struct seen){.situation = now.situation, .why = now.n ? now.why[0] : NULL};
    seen->pending = is_behind(m, t->id) || (t->told && published && t->health.catalogue < published);
    text_copy(seen->id, sizeof seen->id, t->id);
    text_copy(seen->zone, sizeof seen->zone, t->zone);
    return 0;
}

static int keep_place(void *ctx, const struct map_place *p)
{
    struct map *m = ctx;

    m->places = room_for(m, m->places, &m->places_room, m->n_places, sizeof *m->places);
    if (!m->full)
        m->places[m->n_places++] = *p;
    return m->full;
}

/* By place, in it the worst first. */
static int by_place(const void *a, const void *b)
{
    const struct seen *one = a, *other = b;
    int order = strcmp(one->zone, other->zone);

    if (order == 0 && one->situation != other->situation)
        return one->situation < other->situation ? -1 : 1;
    return order ? order : strcmp(one->id, other->id);
}

static int gather(struct map *m, struct store *s, struct err *e)
{
    int rc = find_behind(m, s, e);

    if (rc == 0)
        rc = fleet_each_stand(s, m->ask->me.office, keep, m, e);
    if (rc == 0)
        rc = map_place_each(s, m->ask->me.office, keep_place, m, e);
    if (rc == 0 && m->full)
        rc = err_set(e, ERR_NOMEM, "the map");
    if (rc == 0 && m->n)
        qsort(m->list, m->n, sizeof *m->list, by_place);
    return rc;
}

/* --- what is written --- */

static int put_need(struct ask *a, struct store *s, const struct seen *t, struct err *e)
{
    struct jsonw *w = &a->w;
    struct place place = {.device = ""};
    int rc = terminal_place(s, a->me.office, t->id, &place, e);

    jsonw_arr(w, NULL);
    jsonw_str(w, NULL, t->id);
    jsonw_str(w, NULL, place.device);
    jsonw_int(w, NULL, t->situation);
    jsonw_str(w, NULL, t->why ? t->why : "");
    jsonw_end(w);
    return rc;
}

static int put_place(struct ask *a, struct store *s, const struct map_place *p, const struct seen *list, size_t n,
                     struct err *e)
{
    struct jsonw *w = &a->w;
    int64_t counts[SITUATIONS] = {0}, pending = 0;
    int rc = 0;

    for (size_t i = 0; i < n; i++) {
        counts[list[i].situation]++;
        pending += list[i].situation == SITUATION_GOOD && list[i].pending;
    }
    jsonw_obj(w, NULL);
    jsonw_str(w, "name", p->name);
    jsonw_str(w, "zone", p->place.zone);
    jsonw_str(w, "spot", p->place.spot);
    fleet_put_point(w, &p->at);
    jsonw_arr(w, "n");
    for (int i = 0; i < SITUATIONS; i++)
        jsonw_int(w, NULL, counts[i]);
    jsonw_end(w);
    jsonw_int(w, "pending", pending);
    jsonw_arr(w, "need");
    for (size_t i = 0; rc == 0 && i < n && i < NEED_MAX && list[i].situation != SITUATION_GOOD; i++)
        rc = put_need(a, s, &list[i], e);
    jsonw_end(w);
    jsonw_end(w);
    return rc;
}

/* Of the place from list[at] on: how many terminals it has. */
static size_t of_place(const struct map *m, size_t at)
{
    size_t n = 1;

    while (at + n < m->n && strcmp(m->list[at + n].zone, m->list[at].zone) == 0)
        n++;
    return n;
}

/* Places by name and terminals by place go side by side; a place without a terminal any more is not shown. */
static const struct map_place *place_of(const struct map *m, size_t *at, const char *zone)
{
    while (*at < m->n_places && strcmp(m->places[*at].name, zone) < 0)
        (*at)++;
    return *at < m->n_places && strcmp(m->places[*at].name, zone) == 0 ? &m->places[*at] : NULL;
}

static int put_places(struct map *m, struct store *s, struct err *e)
{
    size_t p = 0;
    int rc = 0;

    jsonw_arr(&m->ask->w, "places");
    for (size_t at = 0, n; rc == 0 && at < m->n; at += n) {
        const struct map_place *place = place_of(m, &p, m->list[at].zone);

        n = of_place(m, at);
        if (place)
            rc = put_place(m->ask, s, place, &m->list[at], n, e);
    }
    jsonw_end(&m->ask->w);
    return rc;
}

static int put_one_without(struct map *m, struct store *s, const struct seen *one, size_t n, struct err *e)
{
    struct jsonw *w = &m->ask->w;
    struct place place = {.zone = ""};
    int rc = terminal_place(s, m->ask->me.office, one->id, &place, e);

    jsonw_obj(w, NULL);
    jsonw_str(w, "name", one->zone);
    jsonw_str(w, "zone", place.zone);
    jsonw_str(w, "spot", place.spot);
    jsonw_str(w, "one", one->id);
    jsonw_int(w, "all", (int64_t)n);
    jsonw_end(w);
    return rc;
}

static int put_without(struct map *m, struct store *s, struct err *e)
{
    size_t p = 0, without = 0;
    int rc = 0;

    jsonw_arr(&m->ask->w, "without");
    for (size_t at = 0, n; rc == 0 && at < m->n; at += n) {
        n = of_place(m, at);
        if (!place_of(m, &p, m->list[at].zone) && without++ < WITHOUT_MAX)
            rc = put_one_without(m, s, &m->list[at], n, e);
    }
    jsonw_end(&m->ask->w);
    jsonw_int(&m->ask->w, "without_more", (int64_t)(without > WITHOUT_MAX ? without - WITHOUT_MAX : 0));
    return rc;
}

static void put_counts(struct map *m)
{
    int64_t counts[SITUATIONS] = {0};

    for (size_t i = 0; i < m->n; i++)
        counts[m->list[i].situation]++;
    jsonw_arr(&m->ask->w, "counts");
    for (int i = 0; i < SITUATIONS; i++)
        jsonw_int(&m->ask->w, NULL, counts[i]);
    jsonw_end(&m->ask->w);
}

static int answer(struct map *m, struct store *s, struct err *e)
{
    char outline[MAP_OUTLINE_NAME_LEN + 1];
    struct jsonw *w = &m->ask->w;
    int rc = map_outline_name(s, m->ask->me.office, outline, e);

    ask_answer(m->ask, 200);
    fleet_put_at(w, "at", m->ask->now);
    jsonw_int(w, "all", (int64_t)m->n);
    jsonw_arr(w, "situations");
    for (int i = 0; i < SITUATIONS; i++)
        jsonw_str(w, NULL, situation_word((enum situation)i));
    jsonw_end(w);
    put_counts(m);
    if (outline[0])
        jsonw_str(w, "outline", outline);
    else
        jsonw_null(w, "outline");
    if (rc == 0)
        rc = put_places(m, s, e);
    return rc == 0 ? put_without(m, s, e) : rc;
}

static int map_read(struct ask *a, struct store *s, struct err *e)
{
    struct map m = {.ask = a};
    int rc = gather(&m, s, e);

    if (rc == 0)
        rc = answer(&m, s, e);
    if (rc == 0 && !buf_ok(&a->out))
        rc = err_set(e, ERR_TOOLONG, "the map has more places than an answer holds");
    free(m.list);
    free(m.places);
    free(m.behind);
    return rc;
}

const struct api api_map = {.read = map_read};

/* --- outlines --- */

static void take_outline(struct ask *a, const void *body, size_t len)
{
    const char *name = exchange_tail(a->exchange);

    if (strlen(name) != MAP_OUTLINE_NAME_LEN || !text_copy(a->outline, sizeof a->outline, name))
        ask_refuse(a, 404, "no-outline");
}

static int read_outline(struct ask *a, struct store *s, struct err *e)
{
    int rc = map_outline_get(s, a->me.office, a->outline, &a->file, e);

    if (rc < 0)
        return rc;
    if (rc == 0) {
        ask_refuse(a, 404, "no-outline");
        return 0;
    }
    ask_answer(a, 200);
    a->type = "application/json";
    a->etag = a->outline;
    return 0;
}

const struct api api_outline = {.take = take_outline, .read = read_outline};
