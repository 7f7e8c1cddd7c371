/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-page: the pages that are shown when kiosk is not there, or the machine does not start, drawn straight onto the
 * kernel's framebuffer. It shares with kiosk only what draws: no SDL, no device, no journal, no catalogue, so that what ends
 * kiosk does not end it. Of the terminal's data it reads where the terminal stands and whom to call, and does without where
 * that cannot be read.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/options.h"
#include "base/sandbox.h"
#include "base/text.h"
#include "base/version.h"
#include "model/terminal.h"
#include "ui/draw/font.h"
#include "ui/draw/frame.h"
#include "ui/draw/paint.h"
#include "ui/draw/panel.h"
#include "ui/screens/stuck.h"
#include "wire/note.h"

#define WIDTH 1080
#define HEIGHT 1920
#define SLOW_MS 10000
#define PICTURE_MAX (16 * 1024 * 1024)
#define EXIT_CANNOT 3
#define PATH_LEN 512
#define CODE_LEN 8

static const char usage[] =
    "kiosk-page boot [--data DIR] [--assets DIR] [--run DIR] [--panel DEVICE | --picture FILE]\n"
    "      [--mark]\n"
    "kiosk-page crash --code CODE --since TIME --times N [--other VERSION] [--data DIR] …\n"
    "kiosk-page stuck --code CODE [--note DEVICE] [--data DIR] …\n"
    "What the panel shows when kiosk is not there.\n"
    "  boot           the machine starts; after ten seconds, when kiosk has not begun, that it takes long\n"
    "  crash          kiosk ended again and again: that nothing is lost, whom to call, and the code to say\n"
    "  stuck          the machine does not start: what happened, what was not touched, whom to call, what to do\n"
    "  --code CODE    such as K2011, see board/README.md; of stuck one of R001, R002, D001 to D004\n"
    "  --since TIME   of day, such as 14:18\n"
    "  --times N      how often it ended\n"
    "  --other VERSION  the one that is started now; without it the same one is tried again\n"
    "  --stuck FILE   boot: a code in it (default /run/tongban-stuck) makes it the page stuck\n"
    "  --note DEVICE  what stands outside the encrypted disk: whose machine, how many wait for the hall\n"
    "  --mark         only the middle, without names: the picture that the firmware shows\n"
    "  --data DIR     with terminal.json (default /var/lib/tongban)\n"
    "  --assets DIR   icons (default /usr/share/tongban)\n"
    "  --run DIR      where kiosk's socket will be (default /run/tongban)\n"
    "  --panel DEVICE the kernel's framebuffer (default /dev/fb0)\n"
    "  --picture FILE draws a file instead, and waits for nothing: BMP where its name ends so, for kiosk-panel where it\n"
    "                 ends in .raw, else PNG\n"
    "  --help, --version\n"
    "Exit: 0 drawn, 2 wrong usage, 3 it could not be drawn.\n";

struct options {
    const char *page, *data, *assets, *run, *panel, *picture, *code, *since, *times, *other, *stuck, *note;
    bool mark;
};

struct drawing {
    struct fonts *fonts;
    struct pack *pack;
    struct runs *runs;
    struct scene *scene;
    struct canvas canvas;
};

static int drawing_open(struct drawing *d, const char *assets, struct err *e)
{
    int rc = fonts_create(&d->fonts, e);

    if (rc >= 0)
        rc = pack_open(assets, &d->pack, e);
    if (rc < 0)
        return rc;
    d->runs = runs_create(d->fonts);
    d->scene = scene_create();
    d->canvas = (struct canvas){calloc(WIDTH * HEIGHT, sizeof(uint32_t)), WIDTH, WIDTH, HEIGHT, {0, 0, WIDTH, HEIGHT}};
    return d->canvas.px ? 0 : err_set(e, ERR_NOMEM, "draw");
}

static void drawing_close(struct drawing *d)
{
    free(d->canvas.px);
    scene_destroy(d->scene);
    runs_destroy(d->runs);
    pack_close(d->pack);
    fonts_destroy(d->fonts);
}

static void draw(struct drawing *d, const struct boot_page *boot, const struct crash_page *crash,
                 const struct stuck_page *stuck)
{
    const struct scene_env env = {.metrics = {fonts_advance, d->fonts, false}, .screen = {0, 0, WIDTH, HEIGHT}};
    const struct painter painter = {d->runs, d->pack};

    scene_begin(d->scene, &env);
    if (crash)
        build_crash(d->scene, crash);
    else if (stuck)
        build_stuck(d->scene, stuck);
    else
        build_boot(d->scene, boot);
    scene_end(d->scene);
    paint(&painter, &d->canvas, d->scene);
}

/* The firmware shows it in the middle of the panel: there the rest is drawn around it, and nothing jumps. */
static struct canvas middle_of(const struct canvas *c)
{
    struct canvas m = *c;

    m.w = 640, m.h = 800;
    m.px = c->px + (ptrdiff_t)(HEIGHT - m.h) / 2 * c->stride + (WIDTH - m.w) / 2;
    m.clip = (struct box){0, 0, m.w, m.h};
    return m;
}

static int put_out(const struct options *o, const struct canvas *c, struct err *e)
{
    struct canvas part = o->mark ? middle_of(c) : *c;
    struct buf file;

    if (!o->picture)
        return panel_show(o->panel, &part, e);
    size_t len = strlen(o->picture);
    const char *end = len > 4 ? o->picture + len - 4 : "";
    buf_init(&file, PICTURE_MAX);
    int rc = strcmp(end, ".bmp") == 0   ? frame_bmp(&part, &file, e)
             : strcmp(end, ".raw") == 0 ? panel_picture_encode(&part, &file)
                                        : frame_png(&part, &file, e);
    if (rc >= 0)
        rc = fs_write_atomic(o->picture, file.data, file.len, 0644, e);
    buf_finish(&file);
    return rc;
}

/* Before the data is mounted, or where it is damaged, nothing is known of the place. */
static bool read_place(const char *data, struct terminal_config *t)
{
    char path[PATH_LEN];
    struct err e = {0};
    struct buf text;
    int rc = fs_join(path, sizeof path, data, "terminal.json");

    if (rc < 0 || fs_read(path, TERMINAL_CONFIG_MAX, &text, &e) < 0)
        return false;
    rc = terminal_config_decode(text.data, text.len, t, &e);
    buf_finish(&text);
    if (rc < 0)
        log_warn("page", "%s", e.text);
    return rc >= 0;
}

/* What can be known without the disk's key. False: nobody was ever enrolled, or it cannot be read. */
static bool read_note(const char *device, struct note *ret)
{
    static uint8_t copies[NOTE_COPIES][NOTE_COPY_BYTES];
    int fd = open(device, O_RDONLY | O_CLOEXEC);
    bool is = fd >= 0;

    for (off_t i = 0; is && i < NOTE_COPIES; i++)
        is = pread(fd, copies[i], NOTE_COPY_BYTES, i * NOTE_COPY_AT) == NOTE_COPY_BYTES;
    if (fd >= 0)
        close(fd);
    return is && note_choose(copies[0], copies[1], ret, NULL) == 0;
}

/* The code that is to be told in place of a start; false: none. */
static bool read_code(const struct options *o, char out[CODE_LEN])
{
    struct buf text;

    if (fs_read(o->stuck, CODE_LEN - 1, &text, NULL) < 0)
        return false;
    text_copy(out, CODE_LEN, buf_str(&text));
    buf_finish(&text);
    out[strcspn(out, "\n")] = '\0';
    return stuck_code_known(out);
}

/* "A" or "B"; "-" where the start did not say. */
static void read_slot(char out[2])
{
    struct buf text;

    text_copy(out, 2, "-");
    if (fs_read("/run/tongban-slot", 16, &text, NULL) < 0)
        return;
    const char *slot = buf_str(&text);
    if (*slot == 'a' || *slot == 'b')
        out[0] = (char)(*slot - 'a' + 'A');
    buf_finish(&text);
}

static bool kiosk_began(const char *run)
{
    char path[PATH_LEN];

    return fs_join(path, sizeof path, run, "kiosk.sock") >= 0 && access(path, F_OK) == 0;
}

/* Whose machine it is the note says also where the data does not open; where there is none, the data may. */
static int show_stuck(const struct options *o, struct drawing *d, const struct boot_page *b, const char *code, struct err *e)
{
    struct stuck_page p = {.boot = *b, .code = code, .unsent = STUCK_UNSENT_UNKNOWN};
    struct note n;

    if (o->note && read_note(o->note, &n)) {
        text_copy(n.place.terminal, sizeof n.place.terminal, n.terminal);
        p.boot.place = &n.place;
        p.unsent = n.waiting == NOTE_WAITING_UNKNOWN ? STUCK_UNSENT_UNKNOWN : (long)n.waiting;
    }
    draw(d, NULL, NULL, &p);
    return put_out(o, &d->canvas, e);
}

static int show_boot(const struct options *o, struct drawing *d, struct boot_page *b, struct err *e)
{
    char code[CODE_LEN];

    if (read_code(o, code))
        return show_stuck(o, d, b, code, e);
    draw(d, b, NULL, NULL);
    int rc = put_out(o, &d->canvas, e);
    if (rc < 0 || o->picture)
        return rc;
    poll(NULL, 0, SLOW_MS);
    if (kiosk_began(o->run))
        return 0;
    if (read_code(o, code))
        return show_stuck(o, d, b, code, e);
    b->slow = true;
    draw(d, b, NULL, NULL);
    return put_out(o, &d->canvas, e);
}

static int show(const struct options *o, int64_t times, struct err *e)
{
    struct terminal_config terminal;
    struct drawing d = {0};
    char slot[2];
    bool known = read_place(o->data, &terminal);
    struct boot_page boot = {
        .place = known ? &terminal.place : NULL, .version = o->mark ? "" : version_text(), .slot = o->mark ? "" : slot};
    struct crash_page crash = {.code = o->code, .since = o->since, .other = o->other, .times = (int)times};

    read_slot(slot);
    crash.boot = boot;
    int rc = drawing_open(&d, o->assets, e);
    if (rc >= 0 && !strcmp(o->page, "boot"))
        rc = show_boot(o, &d, &boot, e);
    else if (rc >= 0 && !strcmp(o->page, "stuck"))
        rc = show_stuck(o, &d, &boot, o->code, e);
    else if (rc >= 0) {
        draw(&d, NULL, &crash, NULL);
        rc = put_out(o, &d.canvas, e);
    }
    drawing_close(&d);
    return rc;
}

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct options *o, int64_t *ret_times)
{
    bool version = false;
    const struct option_word list[] = {{"--data", &o->data, NULL},       {"--assets", &o->assets, NULL},
                                       {"--run", &o->run, NULL},         {"--panel", &o->panel, NULL},
                                       {"--picture", &o->picture, NULL}, {"--code", &o->code, NULL},
                                       {"--since", &o->since, NULL},     {"--times", &o->times, NULL},
                                       {"--other", &o->other, NULL},     {"--stuck", &o->stuck, NULL},
                                       {"--note", &o->note, NULL},       {"--mark", NULL, &o->mark},
                                       {"--version", NULL, &version},    {0}};
    int n, code = options_read("kiosk-page", argc, argv, usage, list, &o->page, 1, &n);

    if (code >= 0)
        return code;
    if (version)
        return printf("kiosk-page %s\n", version_text()) < 0;
    if (!o->page || (strcmp(o->page, "boot") && strcmp(o->page, "crash") && strcmp(o->page, "stuck")))
        return options_wrong("kiosk-page", "the page is boot, crash or stuck");
    if (!strcmp(o->page, "stuck"))
        return o->code && stuck_code_known(o->code) ? -1 : options_wrong("kiosk-page", "stuck needs --code, one it knows");
    if (!strcmp(o->page, "boot"))
        return o->code || o->since || o->times || o->other ? options_wrong("kiosk-page", "boot takes no code") : -1;
    if (!o->code || !o->since || !o->times)
        return options_wrong("kiosk-page", "crash needs --code, --since and --times");
    return options_number("kiosk-page", "--times", o->times, 1, 9999, ret_times);
}

int main(int argc, char **argv)
{
    struct options o = {.data = "/var/lib/tongban",
                        .assets = "/usr/share/tongban",
                        .run = "/run/tongban",
                        .panel = "/dev/fb0",
                        .stuck = "/run/tongban-stuck"};
    int64_t times = 0;
    struct err e = {0};
    int code = read_options(argc, argv, &o, &times);

    if (code >= 0)
        return options_end("kiosk-page", code, EXIT_CANNOT);
    int rc = sandbox_no_network(&e);
    /* a picture may be drawn where an image is made, for another machine by qemu-user, which knows no filters */
    if (rc >= 0 || o.picture)
        rc = show(&o, times, &e);
    if (rc < 0)
        log_error("page", "%s", e.text);
    return rc < 0 ? EXIT_CANNOT : 0;
}
