/* SPDX-License-Identifier: Apache-2.0
 *
 * Every screen with sample views, measured: targets large enough and far enough apart, no text cut or on top of another,
 * labels that name exactly one thing, icons that exist.
 */
#include <unistd.h>

#include "model/hant.h"
#include "ratio.h"
#include "sample.h"
#include "sample_hant.h"
#include "test.h"
#include "ui/draw/font.h"
#include "ui/draw/paint.h"
#include "ui/screens/screens.h"

#define LEAST 88
#define APART 12
#define KEYS_APART 10

static struct fonts *fonts;
static struct scene *scene;
static const char *where;

/* What holds on every page. All pages are built once, for all of them. */
static struct rule {
    void (*see)(void);
    bool broken;
    char said[4000];
} * rule; /* the one that looks */

static void say(const char *what, const char *untrue)
{
    char line[400];

    rule->broken = true;
    snprintf(line, sizeof line, "# %s: %s: not true: %s", where, what, untrue);
    if (strlen(rule->said) + strlen(line) + 2 < sizeof rule->said)
        strcat(strcat(rule->said, line), "\n");
}

#define SEE(cond, what)                                                                                                     \
    do {                                                                                                                    \
        if (!(cond))                                                                                                        \
            say(what, #cond);                                                                                               \
    } while (0)

/* How a page can be shown. Contrast changes colours alone, so two sizes of it are enough. */
#define LOOK(l, s, c, r)                                                                                                    \
    {                                                                                                                       \
        .language = l, .size = SIZE_##s, .high_contrast = c, .low_reach = r, .loudness = 3, .speed = VOICE_USUAL            \
    }
static const struct settings looks[] = {
#define LOOKS_OF(l)                                                                                                         \
    LOOK(l, STANDARD, false, false), LOOK(l, LARGE, false, false), LOOK(l, LARGER, false, false),                           \
        LOOK(l, LARGEST, false, false), LOOK(l, STANDARD, false, true), LOOK(l, LARGE, false, true),                        \
        LOOK(l, LARGER, false, true), LOOK(l, LARGEST, false, true), LOOK(l, STANDARD, true, false),                        \
        LOOK(l, LARGER, true, false)
    LOOKS_OF(LANGUAGE_ZH_CN),
    LOOKS_OF(LANGUAGE_EN),
    /* as wide as the other characters, but for the dock */
    LOOK(LANGUAGE_ZH_HANT, STANDARD, false, false),
    LOOK(LANGUAGE_ZH_HANT, LARGEST, false, false),
};
#define LOOKS (sizeof looks / sizeof *looks)

static struct view view;

static void build(const struct sample *sample, const struct settings *look, int page)
{
    const struct scene_env env = {.metrics = {fonts_advance, fonts, look->language == LANGUAGE_EN},
                                  .screen = {0, 0, 1080, 1920},
                                  .size = (int)look->size,
                                  .contrast = look->high_contrast,
                                  .caret = true,
                                  .page = page};
    static char words[120];

    snprintf(words, sizeof words, "%s@%s,%d%s%s/%d", sample->name, language_tag(look->language), look->size,
             look->high_contrast ? ",contrast" : "", look->low_reach ? ",low-reach" : "", page);
    where = words;
    sample->make(&view);
    bool voice = view.settings.voice; /* of a page that is about it */
    view.settings = *look;
    view.settings.voice |= voice;
    sample_in_language(&view);
    scene_begin(scene, &env);
    screens_build(scene, &view);
    scene_end(scene);
}

/* A key, or the box that is written in among them. */
static bool of_keyboard(const struct node *n)
{
    return n->role == NODE_KEY || !strcmp(n->id, "writing");
}

static void see_targets(void)
{
    for (int i = 0; i < scene->n_nodes; i++) {
        const struct node *n = &scene->nodes[i];

        if (!node_is_target(n))
            continue;
        SEE(n->box.w >= LEAST && n->box.h >= LEAST, n->id);
        SEE(n->box.x >= 0 && n->box.y >= 0 && box_right(n->box) <= 1080 && box_bottom(n->box) <= 1920, n->id);
        for (int k = 0; k < i; k++) {
            const struct node *o = &scene->nodes[k];
            int apart = of_keyboard(n) && of_keyboard(o) ? KEYS_APART : APART;

            if (node_is_target(o))
                SEE(box_empty(box_meet(box_inset(n->box, 1 - apart, 1 - apart), o->box)), n->id);
        }
    }
}

static void see_names(void)
{
    for (int i = 0; i < scene->n_nodes; i++) {
        const struct node *n = &scene->nodes[i];

        if (!node_is_target(n))
            continue;
        SEE(*n->label && *n->words, n->id);
        for (int k = 0; k < scene->n_nodes; k++) {
            SEE(k == i || strcmp(n->id, scene->nodes[k].id), n->id);
            SEE(k == i || strcmp(n->label, scene->nodes[k].label), n->label);
        }
    }
}

/* Without the white above and below the characters. */
static struct box glyphs(const struct op *t)
{
    return box_inset(t->box, 2, t->px / 8);
}

static bool meets(struct box a, struct box b)
{
    return !box_empty(box_meet(a, b));
}

static bool holds(struct box outer, struct box inner)
{
    struct box meet = box_meet(outer, inner);

    return meet.w == inner.w && meet.h == inner.h;
}

/* Shapes a text lies on must hold all of it: cards, buttons, chips, sheets. */
static bool is_ground(const struct op *o)
{
    return o->kind == OP_RECT && o->alpha == 255 && o->fill != TOKEN_NONE && o->box.h >= 40 && o->box.w >= 40;
}

static void see_text_in_its_box(const struct op *t, int i)
{
    struct box ink = glyphs(t);

    SEE(t->box.x >= 16 && box_right(t->box) <= 1080 - 16 && box_bottom(t->box) <= 1920, t->text);
    SEE(text_width(&scene->env.metrics, t->weight, t->px, t->text, strlen(t->text)) <= t->box.w + 1, t->text);
    bool grounded = false; /* by the topmost shape below: what that one covers does not count */

    for (int k = i - 1; k >= 0; k--) {
        const struct op *o = &scene->ops[k];

        if (o->kind == OP_TEXT)
            SEE(!meets(ink, glyphs(o)), t->text);
        else if (o->kind == OP_ICON || o->kind == OP_QR)
            SEE(grounded || !meets(ink, o->box), t->text);
        else if (!grounded && is_ground(o) && meets(ink, o->box) && o->radius < o->box.h / 2) {
            SEE(holds(o->box, ink), t->text);
            grounded = true;
        }
    }
    for (int k = i + 1; k < scene->n_ops; k++) /* what comes later must not cover it */
        if (is_ground(&scene->ops[k]) || scene->ops[k].kind == OP_PICTURE)
            SEE(!meets(ink, scene->ops[k].kind == OP_PICTURE ? scene->ops[k].frame : scene->ops[k].box), t->text);
}

static void see_text(void)
{
    for (int i = 0; i < scene->n_ops; i++) {
        const struct op *t = &scene->ops[i];

        if (t->kind != OP_TEXT || !box_empty(t->clip))
            continue;
        see_text_in_its_box(t, i);
        for (int k = 0; k < scene->n_nodes; k++)
            if (node_is_target(&scene->nodes[k]) && meets(glyphs(t), scene->nodes[k].box))
                SEE(holds(scene->nodes[k].box, glyphs(t)), t->text);
    }
}

/* Header and dock belong to nobody else. */
static void see_frame(void)
{
    bool dock = node_by_id(scene->nodes, scene->n_nodes, "access");

    for (int i = 0; i < scene->n_nodes; i++) {
        const struct node *n = &scene->nodes[i];

        if (!strcmp(n->id, "start") || !strcmp(n->id, CARD_NOTICE) || n->box.y >= 1920 - 136)
            continue;
        SEE(n->box.y >= 104, n->label);
        SEE(!dock || box_bottom(n->box) <= 1920 - 136, n->label);
    }
}

/* Whoever sits reaches everything; a touch on idle counts anywhere. */
static void see_reach(void)
{
    for (int i = 0; view.settings.low_reach && i < scene->n_nodes; i++) {
        const struct node *n = &scene->nodes[i];

        if (node_is_target(n) && strcmp(n->id, "start"))
            SEE(n->box.y >= 768, n->id);
    }
}

/* The colour under the middle of a text. */
static enum token ground(int i)
{
    const struct op *t = &scene->ops[i];
    int x = t->box.x + t->box.w / 2, y = t->box.y + t->box.h / 2;

    for (int k = i - 1; k >= 0; k--) {
        const struct op *o = &scene->ops[k];
        int dx = x - o->box.x - o->box.w / 2, dy = y - o->box.y - o->box.h / 2, r = o->box.w / 2;
        bool round = o->kind == OP_DISC || (o->kind == OP_RECT && 2 * o->radius >= o->box.w && o->box.w == o->box.h);

        if ((o->kind != OP_RECT && o->kind != OP_DISC) || o->alpha < 255 || o->fill == TOKEN_NONE ||
            !box_holds(o->box, x, y, 0))
            continue;
        if (o->kind == OP_DISC && !box_holds(o->frame, x, y, 0))
            continue; /* cut off there */
        if (!round || dx * dx + dy * dy <= r * r)
            return o->fill;
    }
    return TOKEN_PAPER;
}

/* A key that leads nowhere is grey on purpose and does nothing (WCAG 1.4.3 exempts what is inactive). */
static bool on_dead_key(const struct op *o)
{
    const struct box b = o->box;

    for (int i = 0; i < scene->n_nodes; i++)
        if (scene->nodes[i].role == NODE_KEY && !scene->nodes[i].enabled &&
            box_holds(scene->nodes[i].box, b.x + b.w / 2, b.y + b.h / 2, 0))
            return true;
    return false;
}

static void see_colours(void)
{
    for (int i = 0; i < scene->n_ops; i++)
        if (scene->ops[i].kind == OP_TEXT && !on_dead_key(&scene->ops[i]))
            SEE(ratio(scene->ops[i].fill, ground(i), scene->env.contrast) >= 4.5, scene->ops[i].text);
}

static void see_icons(void)
{
    char path[128];

    for (int i = 0; i < scene->n_ops; i++) {
        const struct op *o = &scene->ops[i];

        if (o->kind != OP_ICON || !strcmp(o->text, "check-bold"))
            continue;
        snprintf(path, sizeof path, "assets/icons/%s.svg", o->text);
        SEE(access(path, R_OK) == 0, path);
        snprintf(path, sizeof path, " %d ", o->box.w);
        SEE(strstr(" 32 40 44 48 52 56 60 64 72 80 88 112 128 ", path), o->text); /* ICON_SIZES of assets/rules.mk */
    }
}

static void see_room(void)
{
    SEE(!scene->full, "scene");
    SEE(scene->n_ops > 5 && scene->n_nodes > 0, "scene");
}

static void see_title(void)
{
    int titles = 0;

    for (int i = 0; i < scene->n_nodes; i++)
        titles += scene->nodes[i].role == NODE_TITLE;
    SEE(titles == 1 || !strncmp(where, "idle", 4), "title");
}

static bool there(const char *id)
{
    return node_by_id(scene->nodes, scene->n_nodes, id);
}

/* On a page before the last nothing can be agreed to, signed or handed in: the main button leads on. Where a page is too
 * low for consent and signature, the signature alone is the last. */
static void see_agreement(void)
{
    static bool agreed;
    bool last = scene->env.page + 1 == scene->own_pages;

    if (view.screen != SCREEN_REVIEW)
        return;
    agreed = scene->env.page && agreed;
    SEE(there("submit") == last && there("more") == !last, "submit");
    SEE(there("signature") == (last && view.form.signature >= 0), "signature");
    SEE(!agreed || (last && there("signature") && !there("edit.0")), "nothing to read comes behind the consent");
    agreed |= there("consent");
    SEE(!last || agreed, "consent");
}

/* A number that was given stands with its code on the page that is seen first, large enough for any phone. */
static void see_number(void)
{
    const struct node *number = node_by_id(scene->nodes, scene->n_nodes, "number");
    const struct node *qr = node_by_id(scene->nodes, scene->n_nodes, "qr");

    if (!*view.done.number && !*view.ticket.number && !*view.recovery.number && !*view.recovery.ticket)
        return;
    if (scene->env.page || view.screen == SCREEN_RATING || view.screen == SCREEN_TIMEOUT || view.screen == SCREEN_LEAVE)
        return;
    if (view.screen == SCREEN_SPEAK_CODE) { /* who has it reads the answer: it is copied by hand, and no camera's */
        SEE(there("code") && !qr, "code");
        return;
    }
    SEE(number && qr, "number and qr");
    if (qr)
        SEE(qr->box.w >= 288 && qr->box.w == qr->box.h, "qr");
}

/* Stars in a number stand between its figures: a line that begins with one was broken there. */
static void see_whole_numbers(void)
{
    for (int i = 0; i < scene->n_ops; i++)
        if (scene->ops[i].kind == OP_TEXT)
            SEE(scene->ops[i].text[0] != '*' || scene->ops[i].text[1] != '*', scene->ops[i].text);
}

/* What the configuration, the lists and the hall say is in traditional characters with the rest of the page. A resident's
 * words stay, and names of staff, which are masked or on the badge; as what an installer compares with a sheet. */
static void see_traditional(void)
{
    char hans[1000], hant[1000];

    if (view.settings.language != LANGUAGE_ZH_HANT || view.install.on)
        return;
    for (int i = 0; i < scene->n_ops; i++) {
        const struct op *o = &scene->ops[i];

        if (o->kind == OP_TEXT && !o->secret && !strchr(o->text, '*') && !strstr(o->text, "测试维护"))
            SEE(strcmp(hant_text(hant, sizeof hant, hans_text(hans, sizeof hans, o->text)), o->text) == 0, o->text);
    }
}

/* The end of a paragraph that stands alone in its last line: one short word, one character with its stop. What somebody
 * typed ends where it ends. */
static void see_orphans(void)
{
    for (int i = 0; i < scene->n_ops; i++) {
        const struct op *o = &scene->ops[i];
        bool more = (i > 0 && scene->ops[i - 1].last && scene->ops[i - 1].box.y == o->box.y) ||
                    (i + 1 < scene->n_ops && scene->ops[i + 1].last && scene->ops[i + 1].box.y == o->box.y);

        if (!o->last || o->secret || more)
            continue;
        bool word = (unsigned char)o->text[0] < 0x80 && !strchr(o->text, ' ') && utf8_count(o->text) <= 6;
        SEE(!word && utf8_count(o->text) > 2, o->text);
    }
}

static struct rule rules[] = {
    {.see = see_targets}, {.see = see_names},         {.see = see_text},        {.see = see_frame},   {.see = see_reach},
    {.see = see_colours}, {.see = see_icons},         {.see = see_room},        {.see = see_title},   {.see = see_agreement},
    {.see = see_number},  {.see = see_whole_numbers}, {.see = see_traditional}, {.see = see_orphans},
};
#define RULES (sizeof rules / sizeof *rules)

/* Every page of every sample in every look. */
TEST(every_page_is_looked_at)
{
    struct err e = {0};

    if (fonts_create(&fonts, &e) < 0)
        SKIP(e.text);
    scene = scene_create();
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t k = 0; k < LOOKS; k++)
            for (int page = 0, pages = 1; page < pages; page++) {
                build(&samples[i], &looks[k], page);
                pages = scene->own_pages;
                for (rule = rules; rule < rules + RULES; rule++)
                    rule->see();
            }
}

static void everywhere(void (*see)(void))
{
    if (!fonts)
        SKIP("no fonts");
    for (size_t i = 0; i < RULES; i++)
        if (rules[i].see == see && rules[i].broken) {
            fputs(rules[i].said, stdout);
            test_failed_ = 1;
        }
}

TEST(targets_are_large_and_apart)
{
    everywhere(see_targets);
}
TEST(each_label_and_id_names_one_thing)
{
    everywhere(see_names);
}
TEST(no_text_is_cut_or_covered)
{
    everywhere(see_text);
}
TEST(header_and_dock_are_free)
{
    everywhere(see_frame);
}
TEST(low_reach_brings_all_targets_down)
{
    everywhere(see_reach);
}
TEST(text_stands_out_from_its_ground)
{
    everywhere(see_colours);
}
TEST(icons_exist)
{
    everywhere(see_icons);
}
TEST(pages_fit_into_a_scene)
{
    everywhere(see_room);
}
TEST(one_title)
{
    everywhere(see_title);
}
TEST(one_agrees_on_the_last_page)
{
    everywhere(see_agreement);
}
TEST(a_number_is_seen_first)
{
    everywhere(see_number);
}
TEST(no_number_is_broken)
{
    everywhere(see_whole_numbers);
}

TEST(nothing_stands_alone_in_its_last_line)
{
    everywhere(see_orphans);
}

TEST(traditional_characters_throughout)
{
    everywhere(see_traditional);
}

TEST(a_long_guide_has_pages)
{
    build(&samples[7], &looks[0], 0);
    CHECK(!strncmp(where, "guide-long@", 11));
    CHECK(scene->own_pages >= 2);
    CHECK(node_by_id(scene->nodes, scene->n_nodes, "page.next")->enabled);
    CHECK(!node_by_id(scene->nodes, scene->n_nodes, "page.previous")->enabled);
    CHECK(!node_by_id(scene->nodes, scene->n_nodes, "apply")); /* to be done at a window */
}

TEST(what_is_typed_is_marked_secret)
{
    static struct view v;
    const struct scene_env env = {.metrics = {fonts_advance, fonts, false}, .screen = {0, 0, 1080, 1920}};
    int seen = 0;

    sample_review(&v);
    scene_begin(scene, &env);
    screens_build(scene, &v);
    for (int i = 0; i < scene->n_ops; i++)
        if (scene->ops[i].kind == OP_TEXT && (strstr(scene->ops[i].text, "0123") || strstr(scene->ops[i].text, "测试甲"))) {
            CHECK(scene->ops[i].secret);
            seen++;
        }
    CHECK(seen >= 2);
}

/* Who may use the priority window meets it first, with the keypad too. */
TEST(the_priority_window_comes_first)
{
    static struct view v;
    const struct scene_env env = {.metrics = {fonts_advance, fonts, false}, .screen = {0, 0, 1080, 1920}};
    const char *first = NULL;

    sample_choose_queue(&v);
    CHECK(v.queue.n_queues > 1 && !v.queue.queues[0].queue.priority);
    scene_begin(scene, &env);
    screens_build(scene, &v);
    for (int i = 0; i < scene->n_nodes && !first; i++)
        if (!strncmp(scene->nodes[i].id, "queue.", 6))
            first = scene->nodes[i].id;
    for (int i = 0; i < v.queue.n_queues; i++)
        if (v.queue.queues[i].queue.priority)
            CHECK_STR(first + 6, v.queue.queues[i].queue.id);
}

/* Also where it is said that nothing is called so. */
TEST(what_is_looked_for_is_marked_secret)
{
    static struct view v;
    const struct scene_env env = {.metrics = {fonts_advance, fonts, false}, .screen = {0, 0, 1080, 1920}};
    int seen = 0;

    sample_search_nearly(&v);
    scene_begin(scene, &env);
    screens_build(scene, &v);
    for (int i = 0; i < scene->n_ops; i++)
        if (scene->ops[i].kind == OP_TEXT && strstr(scene->ops[i].text, v.search.text)) {
            CHECK(scene->ops[i].secret);
            seen++;
        }
    CHECK_INT(seen, 2);
}

TEST(a_pale_key_is_alive)
{
    static struct view v;
    const struct scene_env env = {.metrics = {fonts_advance, fonts, false}, .screen = {0, 0, 1080, 1920}};

    sample_search(&v);
    scene_begin(scene, &env);
    screens_build(scene, &v);
    const struct node *pale = node_by_id(scene->nodes, scene->n_nodes, "key.q");

    CHECK(v.keys.greyed >> ('q' - 'a') & 1);
    CHECK(pale && pale->enabled);
}

/* The arrow takes nothing with it: what is drawn again is its two places. */
TEST(the_arrow_is_all_that_moves)
{
    static struct view v;
    struct scene_env env = {.metrics = {fonts_advance, fonts, false}, .screen = {0, 0, 1080, 1920}};
    struct scene *moved = scene_create();
    struct damage d;

    sample_waiting(&v);
    scene_begin(scene, &env);
    screens_build(scene, &v);
    scene_end(scene);
    env.raised = true;
    scene_begin(moved, &env);
    screens_build(moved, &v);
    scene_end(moved);
    damage_find(scene, moved, &d);
    CHECK_INT(d.n, 1);
    CHECK(d.boxes[0].w <= 120 && d.boxes[0].h <= 180);
    scene_destroy(moved);
}

/* Else none of this would be looked at. */
TEST(every_screen_has_a_sample)
{
    static bool seen[SCREEN_COUNT];

    for (size_t i = 0; i < SAMPLES; i++) {
        samples[i].make(&view);
        seen[view.screen] = true;
    }
    for (int i = 0; i < SCREEN_COUNT; i++) {
        if (!seen[i])
            printf("# none in sample_list.h: %s\n", screen_name((enum screen)i));
        CHECK(seen[i]);
    }
}

TEST_MAIN(SETUP(every_page_is_looked_at), T(every_screen_has_a_sample), T(targets_are_large_and_apart),
          T(each_label_and_id_names_one_thing), T(no_text_is_cut_or_covered), T(header_and_dock_are_free),
          T(low_reach_brings_all_targets_down), T(text_stands_out_from_its_ground), T(icons_exist),
          T(pages_fit_into_a_scene), T(one_title), T(a_long_guide_has_pages), T(one_agrees_on_the_last_page),
          T(a_number_is_seen_first), T(no_number_is_broken), T(nothing_stands_alone_in_its_last_line),
          T(traditional_characters_throughout), T(what_is_typed_is_marked_secret), T(what_is_looked_for_is_marked_secret),
          T(a_pale_key_is_alive), T(the_priority_window_comes_first), T(the_arrow_is_all_that_moves))
