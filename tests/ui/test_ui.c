/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole screen on SDL's dummy display: touches in, intents out, nodes and words, and nothing drawn for nothing.
 * Needs the assets of the build: TONGBAN_ASSETS, or assets/ beside the tests' folder.
 */
#include <glob.h>
#include <libgen.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "sample.h"
#include "test.h"
#include "ui/ui.h"

static struct loop *loop;
static struct ui *ui;
static struct view view;
static struct intent last;
static int intents, touches;

static void on_intent(void *ctx, struct intent i)
{
    last = i;
    intents++;
}
static void on_touched(void *ctx)
{
    touches++;
}
static struct intent aim;
static int aims;
static void on_aimed(void *ctx, struct intent i)
{
    aim = i;
    aims++;
}
static void on_quit(void *ctx)
{
}
static const char *assets(void)
{
    static char path[4200], exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

    if (getenv("TONGBAN_ASSETS"))
        return getenv("TONGBAN_ASSETS");
    exe[n > 0 ? n : 0] = '\0';
    snprintf(path, sizeof path, "%s/../../assets", dirname(exe));
    return path;
}

static bool open_ui(void)
{
    const struct ui_config config = {assets(), 1080, 1920, false};
    const struct ui_events events = {.intent = on_intent, .touched = on_touched, .aimed = on_aimed, .quit = on_quit};
    struct err e = {0};

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    if (!ui) {
        loop = loop_create();
        if (ui_create(loop, &config, &events, NULL, &ui, &e) < 0) {
            printf("# %s\n", e.text);
            return false;
        }
    }
    intents = touches = aims = 0;
    clock_advance(10000); /* no touch of one test is the double of another's */
    return true;
}

static void show(void (*make)(struct view *v))
{
    make(&view);
    ui_show(ui, &view);
}

/* "x y" of the node's centre, from the JSON. */
static bool find(const char *id, int *x, int *y)
{
    char key[120];
    struct buf b;
    int w = 0, h = 0;

    buf_init(&b, 1 << 20);
    ui_nodes_json(ui, &b);
    snprintf(key, sizeof key, "\"id\":\"%s\"", id);
    const char *at = strstr(buf_str(&b), key), *box = at ? strstr(at, "\"x\":") : NULL;
    bool found = box && sscanf(box, "\"x\":%d,\"y\":%d,\"w\":%d,\"h\":%d", x, y, &w, &h) == 4;

    *x += w / 2;
    *y += h / 2;
    buf_finish(&b);
    return found;
}

static void tap(const char *id)
{
    int x = 0, y = 0;

    clock_advance(1000);
    CHECK(find(id, &x, &y));
    ui_inject_touch(ui, x, y, true);
    ui_inject_touch(ui, x, y, false);
}

static bool json_has_text(const char *text)
{
    struct buf b;

    buf_init(&b, 1 << 20);
    ui_nodes_json(ui, &b);
    bool has = strstr(buf_str(&b), text);

    buf_finish(&b);
    return has;
}

static uint64_t hash(const struct buf *b)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (size_t i = 0; i < b->len; i++)
        h = (h ^ b->data[i]) * 0x100000001b3u;
    return h;
}

static size_t frame(uint64_t *ret_hash)
{
    struct err e = {0};
    struct buf b;

    buf_init(&b, 16 << 20);
    CHECK(ui_frame_png(ui, &b, &e) == 0);
    *ret_hash = hash(&b);
    size_t len = b.len;

    buf_finish(&b);
    return len;
}

TEST(a_touch_becomes_an_intent)
{
    if (!open_ui())
        SKIP("no assets: make $(B)/assets.stamp");
    show(sample_home);
    tap("queue");
    CHECK_INT(intents, 1);
    CHECK_INT(last.kind, INTENT_QUEUE);
    tap("item.task-20-33");
    CHECK_INT(last.kind, INTENT_ITEM);
    CHECK_INT(last.a, 3);
    CHECK_INT(touches, 2);
}

TEST(a_touch_beside_targets_is_only_a_touch)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_home);
    ui_inject_touch(ui, 5, 150, true);
    ui_inject_touch(ui, 5, 150, false);
    CHECK_INT(intents, 0);
    CHECK_INT(touches, 1);
}

TEST(a_pad_is_written_on)
{
    int x = 0, y = 0;

    if (!open_ui())
        SKIP("no assets");
    show(sample_review_signed);
    tap("more"); /* all was read */
    CHECK(find("signature", &x, &y));
    ui_inject_touch(ui, x, y, true);
    CHECK_INT(last.kind, INTENT_PEN_DOWN);
    CHECK_INT(last.a, ink_signature.x / 2);
    CHECK_INT(last.b, ink_signature.y / 2);
    ui_inject_touch(ui, x + 50, y + 50, true); /* the hand that comes to rest */
    ui_inject_move(ui, x + 100, y);
    CHECK_INT(last.kind, INTENT_PEN_MOVE);
    CHECK(last.a > ink_signature.x / 2);
    ui_inject_touch(ui, x + 100, y, false);
    CHECK_INT(last.kind, INTENT_PEN_UP);
    ui_inject_move(ui, x + 200, y); /* no finger is down */
    CHECK_INT(intents, 3);
    ui_inject_touch(ui, x, y, true);
    clock_advance(1000); /* its going up was lost */
    ui_inject_touch(ui, x, y, true);
    ui_inject_touch(ui, x, y, false);
    CHECK_INT(intents, 6);
}

TEST(idle_is_one_target)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_idle);
    ui_inject_touch(ui, 3, 3, true);
    ui_inject_touch(ui, 3, 3, false);
    CHECK_INT(last.kind, INTENT_START);
}

TEST(keys_type_and_choices_choose)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_form_keys);
    tap("key.7");
    CHECK_INT(last.kind, INTENT_KEY);
    CHECK_INT(last.a, '7');
    tap("way.call");
    CHECK_INT(last.kind, INTENT_CHOOSE);
    CHECK_INT(last.a, F_WAY);
    CHECK_INT(last.b, 1);
    tap("mobile");
    CHECK_INT(last.kind, INTENT_FOCUS);
    CHECK_INT(last.a, F_MOBILE);
    tap("key.backspace");
    CHECK_INT(last.kind, INTENT_BACKSPACE);
}

TEST(capital_letters_are_the_keyboards_own)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_form_latin);
    tap("key.shift");
    CHECK_INT(intents, 0);
    tap("key.Q");
    CHECK_INT(last.a, 'Q');
    view.form.focus = F_DATE; /* another field starts small */
    ui_show(ui, &view);
    tap("key.q");
    CHECK_INT(last.a, 'q');
}

TEST(long_pages_turn_without_the_session)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_guide_long);
    CHECK(!json_has_text("\"more\""));
    tap("page.next");
    CHECK_INT(intents, 0);
    CHECK(json_has_text("\"more\""));
    show(sample_home);
    show(sample_guide_long);
    CHECK(!json_has_text("\"more\""));
}

TEST(an_off_button_does_nothing)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_printing);
    tap("finish");
    CHECK_INT(intents, 0);
    CHECK_INT(touches, 1);
}

TEST(a_double_touch_is_one)
{
    int x = 0, y = 0;

    if (!open_ui())
        SKIP("no assets");
    show(sample_guide);
    CHECK(find("apply", &x, &y));
    for (int i = 0; i < 2; i++) {
        ui_inject_touch(ui, x, y, true);
        ui_inject_touch(ui, x, y, false);
    }
    CHECK_INT(intents, 1);
}

TEST(the_title_is_spoken_once_on_arrival)
{
    struct buf b;

    if (!open_ui())
        SKIP("no assets");
    buf_init(&b, 65536);
    ui_wipe(ui);
    show(sample_home);
    ui_show(ui, &view);
    ui_spoken_json(ui, &b);
    CHECK_STR(buf_str(&b), "[\"您好，想办什么事？\"]");
    buf_reset(&b);
    ui_spoken_json(ui, &b);
    CHECK_STR(buf_str(&b), "[]");
    buf_finish(&b);
}

TEST(the_keypad_walks_and_enters)
{
    if (!open_ui())
        SKIP("no assets");
    ui_wipe(ui);
    show(sample_home);
    ui_inject_key(ui, "down");
    CHECK(json_has_text("\"focused\":true"));
    ui_inject_key(ui, "enter");
    CHECK_INT(last.kind, INTENT_SEARCH);
    ui_inject_key(ui, "up"); /* around the end: the dock comes last */
    ui_inject_key(ui, "enter");
    CHECK_INT(last.kind, INTENT_ACCESSIBILITY);
    show(sample_guide);
    ui_inject_key(ui, "back");
    CHECK_INT(last.kind, INTENT_BACK);
}

TEST(the_same_view_is_the_same_frame)
{
    uint64_t one, two, three;

    if (!open_ui())
        SKIP("no assets");
    show(sample_home);
    frame(&one);
    show(sample_form_fault);
    frame(&two);
    show(sample_home); /* drawn over the form, by damage alone */
    frame(&three);
    CHECK(one == three);
    CHECK(one != two);
}

/* Only a printer that said nothing is told to have said nothing. */
TEST(a_paper_not_seen_is_not_an_unknown_one)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_unknown);
    CHECK(json_has_text("打印机没有回话"));
    show(sample_unknown_ticket);
    CHECK(json_has_text("打印机没有回话"));
    show(sample_not_seen);
    CHECK(!json_has_text("打印机没有回话"));
    CHECK(json_has_text("打印机说打好了"));
    CHECK(json_has_text("补打"));
    show(sample_not_seen_ticket);
    CHECK(!json_has_text("打印机没有回话"));
    CHECK(json_has_text("打印机说打好了"));
}

TEST(the_answers_of_a_yes_no_are_words)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_form);
    CHECK(json_has_text("\"id\":\"urgent.yes\",\"role\":\"radio\",\"label\":\"一起申请\""));
    CHECK(json_has_text("\"id\":\"urgent.no\",\"role\":\"radio\",\"label\":\"不申请\""));
    tap("urgent.no");
    CHECK_INT(last.kind, INTENT_CHOOSE);
    CHECK_INT(last.b, 1);
    show(sample_review);
    CHECK(json_has_text("不申请"));
}

static void stop(void *ctx)
{
    loop_stop(loop);
}

/* Lets what is due after `ms` happen. */
static void pass(int ms)
{
    struct loop_timer *t = loop_add_timer(loop, stop, NULL);

    clock_advance(ms);
    loop_timer_start(t, 0);
    loop_run(loop);
    loop_timer_remove(t);
}

TEST(the_arrow_at_the_reader_moves_for_six_seconds)
{
    uint64_t low, high, now;

    if (!open_ui())
        SKIP("no assets");
    show(sample_waiting);
    frame(&low);
    pass(600);
    frame(&high);
    CHECK(high != low);
    ui_show(ui, &view); /* as every minute does: the six seconds go on */
    for (int i = 2; i <= 20; i++) {
        pass(600);
        frame(&now);
        CHECK(now == (i < 10 && i % 2 ? high : low));
    }
    show(sample_idle);
    frame(&low);
    show(sample_waiting);
    show(sample_idle);
    pass(600);
    frame(&now);
    CHECK(now == low);
}

TEST(a_resting_finger_aims)
{
    int x = 0, y = 0;

    if (!open_ui())
        SKIP("no assets");
    show(sample_review);
    pass(0);
    CHECK(find("submit", &x, &y));
    ui_inject_touch(ui, x, y, true);
    CHECK_INT(aims, 0); /* the look comes first */
    pass(0);
    CHECK_INT(aims, 1);
    CHECK_INT(aim.kind, INTENT_SUBMIT);
    ui_inject_touch(ui, x, y, false);
    CHECK_INT(intents, 1);
    pass(1000);
    ui_inject_touch(ui, x, y, true);
    ui_inject_touch(ui, x, y, false);
    pass(0); /* it is gone */
    CHECK_INT(aims, 1);
    show(sample_printing);
    CHECK(find("finish", &x, &y));
    ui_inject_touch(ui, x, y, true);
    pass(0); /* off */
    CHECK_INT(aims, 1);
    ui_inject_touch(ui, x, y, false);
    pass(1000);
}

/* A finger whose going up is lost: neither the key it lay on nor the one under the next finger goes on by itself. */
TEST(a_held_key_repeats_for_a_while_and_only_itself)
{
    int x = 0, y = 0, n;

    if (!open_ui())
        SKIP("no assets");
    show(sample_form_latin);
    CHECK(find("key.backspace", &x, &y));
    ui_inject_touch(ui, x, y, true);
    pass(2250);
    CHECK_INT(last.kind, INTENT_BACKSPACE);
    CHECK(intents > 0);
    CHECK(find("key.q", &x, &y));
    n = intents;
    ui_inject_touch(ui, x, y, true); /* another one comes down */
    pass(3000);
    CHECK_INT(intents, n);
    ui_inject_touch(ui, x, y, false);
    CHECK_INT(last.a, 'q');
    CHECK(find("key.backspace", &x, &y));
    ui_inject_touch(ui, x, y, true);
    for (int i = 0; i < 100; i++)
        pass(250);
    n = intents;
    for (int i = 0; i < 100; i++)
        pass(250);
    CHECK_INT(intents, n);
    ui_inject_touch(ui, x, y, false); /* it was there all the time: nothing more is meant */
    CHECK_INT(intents, n);
    tap("key.q");
    CHECK_INT(intents, n + 1);
}

/* What the display was given: SDL's dummy one writes each frame into the working directory. Returns how many there are and
 * takes them away; *ret_last: of the last one. */
static int presented(uint64_t *ret_last)
{
    struct buf b;
    glob_t files;
    int n = glob("SDL_window*.bmp", 0, NULL, &files) ? 0 : (int)files.gl_pathc;

    for (int i = 0; i < n; i++) {
        CHECK(fs_read(files.gl_pathv[i], 32 << 20, &b, NULL) >= 0);
        if (i == n - 1)
            *ret_last = hash(&b);
        buf_finish(&b);
        remove(files.gl_pathv[i]);
    }
    if (n)
        globfree(&files);
    return n;
}

static void show_review_presented(uint64_t *ret)
{
    show(sample_review);
    ui_wipe(ui);
    ui_show(ui, &view);
    CHECK(presented(ret) >= 1);
}

/* A page painted ahead is never given to the display before it is shown, whatever else is. */
TEST(painted_ahead_is_not_shown)
{
    static struct view next;
    char dir[] = "/tmp/tongban-frames-XXXXXX", back[4096];
    uint64_t review, done, now;
    int x = 0, y = 0;

    if (!open_ui())
        SKIP("no assets");
    CHECK(getcwd(back, sizeof back) && mkdtemp(dir) && !chdir(dir));
    sample_printing(&next);
    setenv("SDL_VIDEO_DUMMY_SAVE_FRAMES", "1", 1);
    ui_wipe(ui);
    ui_show(ui, &next);
    CHECK_INT(presented(&done), 1);
    show_review_presented(&review);
    CHECK(find("submit", &x, &y));
    ui_inject_touch(ui, x, y, true);
    CHECK_INT(presented(&now), 1);
    ui_paint_ahead(ui, &next);
    view.now_ms += 1000; /* nothing that is seen */
    ui_show(ui, &view);
    CHECK_INT(presented(&now), 0);
    ui_inject_touch(ui, 5, y, false); /* the finger went elsewhere: the pressed look ends */
    pass(1000);
    CHECK_INT(presented(&now), 1);
    CHECK(now == review);
    frame(&review);
    ui_paint_ahead(ui, &next);
    frame(&now);
    CHECK(now == review); /* a frame asked for is the one on the screen */
    presented(&now);
    ui_paint_ahead(ui, &next);
    ui_show(ui, &next); /* nothing is left to paint, all is left to show */
    CHECK_INT(presented(&now), 1);
    CHECK(now == done);
    unsetenv("SDL_VIDEO_DUMMY_SAVE_FRAMES");
    CHECK(!chdir(back) && !rmdir(dir));
}

/* Right or wrong, what was foreseen leaves no trace in what is shown. */
TEST(painted_ahead_comes_out_the_same)
{
    static struct view next, other;
    uint64_t want, wrong, now;

    if (!open_ui())
        SKIP("no assets");
    sample_printing(&next);
    sample_unknown(&other);
    ui_wipe(ui);
    ui_show(ui, &other);
    frame(&wrong);
    ui_wipe(ui);
    ui_show(ui, &next);
    frame(&want);
    show(sample_review);
    ui_paint_ahead(ui, &next);
    ui_show(ui, &next);
    frame(&now);
    CHECK(now == want);
    show(sample_review);
    ui_paint_ahead(ui, &next);
    ui_show(ui, &other);
    frame(&now);
    CHECK(now == wrong);
    show(sample_review);
    ui_paint_ahead(ui, &next);
    ui_wipe(ui);
    ui_show(ui, &other);
    frame(&now);
    CHECK(now == wrong);
}

TEST(the_wiped_screen_has_no_nodes)
{
    if (!open_ui())
        SKIP("no assets");
    show(sample_review);
    CHECK(json_has_text("138 0000 0123"));
    ui_wipe(ui);
    CHECK(!json_has_text("138 0000 0123"));
    show(sample_idle);
    CHECK(json_has_text("\"id\":\"start\""));
}

TEST(closing)
{
    if (!open_ui())
        SKIP("no assets");
    ui_destroy(ui);
    ui_destroy(NULL);
    loop_destroy(loop);
    ui = NULL;
}

TEST_MAIN(T(a_touch_becomes_an_intent), T(a_touch_beside_targets_is_only_a_touch), T(a_pad_is_written_on),
          T(idle_is_one_target), T(keys_type_and_choices_choose), T(capital_letters_are_the_keyboards_own),
          T(long_pages_turn_without_the_session), T(an_off_button_does_nothing), T(a_double_touch_is_one),
          T(the_title_is_spoken_once_on_arrival), T(the_keypad_walks_and_enters), T(the_same_view_is_the_same_frame),
          T(a_paper_not_seen_is_not_an_unknown_one), T(the_answers_of_a_yes_no_are_words),
          T(the_arrow_at_the_reader_moves_for_six_seconds), T(a_resting_finger_aims),
          T(a_held_key_repeats_for_a_while_and_only_itself), T(painted_ahead_is_not_shown),
          T(painted_ahead_comes_out_the_same), T(the_wiped_screen_has_no_nodes), TEARDOWN(closing))
