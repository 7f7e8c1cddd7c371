/* SPDX-License-Identifier: Apache-2.0
 *
 * When something is said, on SDL's dummy display. Needs the assets of the build: TONGBAN_ASSETS, or assets/ beside the
 * tests' folder.
 */
#include <libgen.h>
#include <unistd.h>

#include "sample.h"
#include "test.h"
#include "ui/ui.h"

static struct loop *loop;
static struct ui *ui;
static struct view view;
static struct intent last;
static int intents;

static void on_intent(void *ctx, struct intent i)
{
    last = i;
    intents++;
}
static void on_nothing(void *ctx)
{
}
static char said[4096]; /* since the last hush */
static int hushes;
static void on_say(void *ctx, const char *words, bool add)
{
    size_t n = add ? strlen(said) : 0;

    snprintf(said + n, sizeof said - n, "%s", words);
}
static void on_hush(void *ctx)
{
    said[0] = '\0';
    hushes++;
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

static void open_ui(void)
{
    const struct ui_config config = {assets(), 1080, 1920, false};
    const struct ui_events events = {
        .intent = on_intent, .touched = on_nothing, .quit = on_nothing, .say = on_say, .hush = on_hush};
    struct err e = {0};

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    loop = loop_create();
    if (ui_create(loop, &config, &events, NULL, &ui, &e) < 0) {
        printf("# %s\n", e.text);
        exit(1);
    }
}

/* The key with the braille mark turns it on; then everything can be read, and a key is silence at once. */
TEST(the_voice)
{
    open_ui();
    sample_home(&view);
    ui_show(ui, &view);
    ui_inject_key(ui, "repeat"); /* there is none */
    CHECK_INT(intents, 0);
    CHECK_STR(said, "");
    view.voice = VOICE_PRIVATE;
    ui_show(ui, &view);
    ui_inject_key(ui, "louder");
    CHECK_INT(intents, 0);
    ui_inject_key(ui, "repeat");
    CHECK_INT(intents, 1);
    CHECK_INT(last.kind, INTENT_VOICE);
    view.settings.voice = true;
    view.settings.loudness = 3;
    ui_show(ui, &view);
    CHECK(strstr(said, "语音打开了。") == said && strstr(said, "您好，想办什么事？") && strstr(said, "按确认键选"));
    hushes = 0;
    ui_inject_key(ui, "right");
    CHECK_INT(hushes, 1);
    CHECK(strstr(said, "，第 1 个，共 "));
    ui_inject_key(ui, "louder");
    CHECK_INT(last.kind, INTENT_LOUDNESS);
    CHECK_STR(said, "");
    view.settings.loudness = 4;
    ui_show(ui, &view);
    CHECK_STR(said, "音量 4");
    ui_inject_key(ui, "up"); /* to what cannot be chosen */
    CHECK(said[0] && !strstr(said, "按钮"));
    ui_inject_key(ui, "enter");
    CHECK(said[0] && !strstr(said, "按钮"));
    ui_inject_touch(ui, 5, 5, true);
    ui_inject_touch(ui, 5, 5, false);
    CHECK_STR(said, "");
    ui_destroy(ui);
    loop_destroy(loop);
}

TEST_MAIN(T(the_voice))
