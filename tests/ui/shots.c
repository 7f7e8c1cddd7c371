/* SPDX-License-Identifier: Apache-2.0
 *
 * Draws every sample view into a folder, one PNG each, for people to look at:
 *   SDL_VIDEODRIVER=dummy shots ASSETS OUT [WORDS:] [NAME…]
 * WORDS are those of kiosk --settings, such as en,larger,contrast: and end with a colon.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "session/session.h"
#include "ui/ui.h"

static void no_intent(void *ctx, struct intent i)
{
}

static void nothing(void *ctx)
{
}

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (!strcmp(argv[i], name))
            return true;
    return argc == 0;
}

static void write_png(struct ui *u, const char *folder, const char *name)
{
    char path[512];
    struct err e = {0};
    struct buf png;
    FILE *f;

    snprintf(path, sizeof path, "%s/%s.png", folder, name);
    buf_init(&png, 32 * 1024 * 1024);
    if (ui_frame_png(u, &png, &e) < 0 || !(f = fopen(path, "wb"))) {
        fprintf(stderr, "shots: %s: %s\n", path, e.text);
        exit(1);
    }
    fwrite(png.data, 1, png.len, f);
    fclose(f);
    buf_finish(&png);
}

int main(int argc, char **argv)
{
    const struct ui_events events = {no_intent, nothing, nothing};
    struct loop *loop = loop_create();
    struct err e = {0};
    struct ui *u;

    struct settings settings = {LANGUAGE_ZH_CN, SIZE_STANDARD, false, false};
    int first = 3;

    if (argc < 3)
        return 2;
    if (argc > 3 && argv[3][strlen(argv[3]) - 1] == ':') {
        argv[3][strlen(argv[3]) - 1] = '\0';
        if (!settings_parse(argv[3], &settings))
            return 2;
        first++;
    }
    const struct ui_config config = {argv[1], 1080, 1920, true};

    if (ui_create(loop, &config, &events, NULL, &u, &e) < 0) {
        fprintf(stderr, "shots: %s\n", e.text);
        return 1;
    }
    for (size_t i = 0; i < SAMPLES; i++) {
        static struct view v;

        if (!wanted(samples[i].name, argc - first, argv + first))
            continue;
        samples[i].make(&v);
        v.settings = settings;
        ui_show(u, &v);
        write_png(u, argv[2], samples[i].name);
    }
    ui_destroy(u);
    loop_destroy(loop);
    return 0;
}
