/* SPDX-License-Identifier: Apache-2.0
 *
 * What is loaded before a terminal's program: sanitizer, disk log, emulated bus.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/scenario/stand.h"
#include "tools/scenario/xvfb.h"

/* The sanitizer's library, when this program was built with one: what is preloaded must come after it. */
static void sanitizer(char *out, size_t cap)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    char line[STAND_PATH_MAX], *path;

    while (maps && fgets(line, sizeof line, maps))
        if (strstr(line, "/libasan.so") && (path = strchr(line, '/'))) {
            path[strcspn(path, "\n")] = 0;
            snprintf(out, cap, "%s:", path);
            break;
        }
    if (maps)
        fclose(maps);
}

bool stand_sanitized(void)
{
    char library[STAND_PATH_MAX] = "";

    sanitizer(library, sizeof library);
    return library[0] != 0;
}

/* The loader takes spaces and colons for the end of a name: such a folder is named by a link beside the stand, whose own
 * path has neither (settle()). */
static const char *loadable(const struct stand *s, char link[STAND_PATH_MAX])
{
    if (!strpbrk(s->opt.build, " :"))
        return s->opt.build;
    snprintf(link, STAND_PATH_MAX, "%.480s/../programs", s->dir);
    if (symlink(s->opt.build, link) < 0 && errno != EEXIST)
        return s->opt.build; /* the loader will say what it misses */
    return link;
}

/* What the sanitizers and the emulated bus need loaded before a terminal program, in this order. */
void stand_preload(const struct stand *s, enum program p)
{
    char list[STAND_PATH_MAX * 3] = "", link[STAND_PATH_MAX];
    const char *build = loadable(s, link);

    if (p != PROGRAM_KIOSK && p != PROGRAM_SYNC)
        return;
    sanitizer(list, sizeof list);
    if (s->opt.disk_log)
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s/libdisklog.so:", build);
    if (p == PROGRAM_KIOSK)
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s/libusbfs.so", build);
    setenv("LD_PRELOAD", list, 1);
    setenv("TONGBAN_DESK", stand_path(s, "desk.sock"), 1);
    if (s->opt.disk_log) {
        setenv("TONGBAN_RECORD_DIR", stand_path(s, "term"), 1);
        setenv("TONGBAN_RECORD_LOG", stand_path(s, "disk.log"), 1);
        setenv("TONGBAN_RECORD_PAGE", stand_path(s, "disk.page"), 1);
        if (p == PROGRAM_KIOSK)
            setenv("TONGBAN_RECORD_KILL", "1", 1);
    }
    if (s->opt.xvfb)
        setenv("DISPLAY", xvfb_display(s->opt.xvfb), 1);
    if (!s->opt.window)
        setenv("SDL_VIDEODRIVER", s->opt.xvfb ? "x11" : "dummy", 1);
}
