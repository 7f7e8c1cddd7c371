/* SPDX-License-Identifier: Apache-2.0
 *
 * See options.h.
 */
#include "kiosk/options.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/options.h"
#include "base/version.h"
#include "kiosk/outside.h"
#include "kiosk/speech.h"
#include "session/settings.h"
#include "ui/ui.h"

static const char usage[] =
    "kiosk [--data DIR] [--run DIR] [--assets DIR] [--note DEVICE] [--size WxH]\n"
    "      [--settings WORDS] [--voice WHERE] [--machine DIR] [--window] [--control FD[,MS]]\n"
    "The terminal: screen, card reader and printers, one resident at a time. Where it is not enrolled, or its sheet lies "
    "in\n"
    "DIR/sheet.json, it goes through the first boot: devices, hall, test, slip.\n"
    "  --data DIR     what the terminal keeps (default /var/lib/tongban)\n"
    "  --run DIR      socket for kiosk-sync and kioskctl (default /run/tongban)\n"
    "  --assets DIR   icons, pictures, printer profiles (default /usr/share/tongban)\n"
    "  --note DEVICE  for what stands outside an encrypted disk, if it is there (default " OUTSIDE_NOTE ")\n"
    "  --size WxH     of the picture: one that there is a layout for, " UI_LAYOUTS " (default 1080x1920)\n"
    "  --settings WORDS  what every visit starts with, such as en,large: zh-CN en, standard large larger largest,\n"
    "                 contrast, low-reach, voice (default zh-CN,standard)\n"
    "  --voice WHERE  what stands on the page is said on request: headphones, loudspeaker, or none; for tests samples, "
    "words,\n"
    "                 which are made and not heard (default none)\n"
    "  --machine DIR  where etc/os-release, run/tongban-slot and proc/cmdline are read (default /)\n"
    "  --window       in a window, scaled to the desktop\n"
    "  --control FD[,MS]  take requests on this inherited socket, set the clock (tests and the demo)\n"
    "  --help, --version\n"
    "Exit: 0 stopped, 2 wrong usage, 3 cannot start (the message says why), 4 a technician wants it started anew.\n";

/* One of the sizes that the screens are laid out for. -1: go on; else the exit code. */
static int read_size(const char *text, struct kiosk_options *o)
{
    size_t len = strlen(text);

    for (const char *w = UI_LAYOUTS; *w; w += strcspn(w, " "), w += *w == ' ')
        if (strcspn(w, " ") == len && !strncmp(w, text, len) && sscanf(text, "%dx%d", &o->width, &o->height) == 2)
            return -1;
    return options_wrong("kiosk", "there is no layout for --size %s, but for: " UI_LAYOUTS, text);
}

static int read_control(const char *text, struct kiosk_options *o)
{
    int64_t wall_ms;
    int code = options_control("kiosk", text, &o->control, &wall_ms);

    if (code < 0 && wall_ms) {
        clock_set_wall(wall_ms);
        clock_set_built(wall_ms);
    }
    return code;
}

static int read_settings(const char *text, struct kiosk_options *o)
{
    struct err e = {0};

    return settings_parse(text, &o->settings, &e) < 0 ? options_wrong("kiosk", "--settings: %s", e.text) : -1;
}

int kiosk_options_read(int argc, char **argv, struct kiosk_options *o)
{
    *o = (struct kiosk_options){.data = "/var/lib/tongban",
                                .run = "/run/tongban",
                                .assets = "/usr/share/tongban",
                                .note = OUTSIDE_NOTE,
                                .voice = "none",
                                .settings = SETTINGS_USUAL,
                                .machine = "",
                                .width = 1080,
                                .height = 1920,
                                .control = -1};
    const char *size = NULL, *control = NULL, *settings = NULL;
    enum voice_reach reach;
    bool version = false;
    const struct option_word list[] = {
        {"--data", &o->data, NULL},      {"--run", &o->run, NULL},         {"--assets", &o->assets, NULL},
        {"--note", &o->note, NULL},      {"--size", &size, NULL},          {"--control", &control, NULL},
        {"--settings", &settings, NULL}, {"--voice", &o->voice, NULL},     {"--window", NULL, &o->window},
        {"--version", NULL, &version},   {"--machine", &o->machine, NULL}, {0}};
    int n, code = options_read("kiosk", argc, argv, usage, list, NULL, 0, &n);

    if (code < 0 && version)
        return printf("kiosk %s\n", version_text()) < 0;
    if (code < 0 && size)
        code = read_size(size, o);
    if (code < 0 && settings)
        code = read_settings(settings, o);
    if (code < 0 && !speech_where(o->voice, &reach))
        code = options_wrong("kiosk", "there is no --voice %s, but for: none headphones loudspeaker samples words",
                             o->voice);
    return code < 0 && control ? read_control(control, o) : code;
}
