/* SPDX-License-Identifier: Apache-2.0
 *
 * install: what a stick that installs itself runs on a terminal. Shows the pages, feeds the step, performs what it answers.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/options.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/version.h"
#include "tools/install/gpt_wire.h"
#include "tools/install/install.h"
#include "tools/install/sheet_block.h"

#define RESTART (-1)
#define OFF (-2)
#define FAILED 3

static const char help[] =
    "install                                   on a terminal started from a stick: shows the pages and installs\n"
    "install --take-sheet [--note DEVICE] [--to FILE]   first start: the sheet that the stick left, into FILE\n"
    "install --pack NAME --root-at AT+LENGTH   for the build: NAME.rest of NAME.img and NAME.bmap\n\n"
    "A machine that is empty is written whole, by one touch. One that has a system of ours gets the new one into its other\n"
    "slot: its records, and whatever is not delivered, stay where they are. What holds something else wants four digits\n"
    "typed. Where the stick is for another terminal nothing is written at all. Everything is read back; what starts the\n"
    "machine is written last. All is in memory by then: the stick may be pulled out.\n"
    "  --note DEVICE  (default /dev/tongban/note)   --to FILE  (default " SHEET_FILE ")\n"
    "  --assets DIR, --key FILE                  (defaults /usr/share/tongban and its image.pub)\n"
    "For tests: --sys DIR (media are files below DIR; nothing restarts), --stick NAME, --from DIR (system.sig, .bmap, "
    ".rest),\n"
    "--work DIR, --root FILE, --root-at AT+LENGTH, --control FD, --window. --help, --version\n"
    "Exit: 0 done, 1 there was no sheet, 2 wrong arguments, 3 it failed, and the message says why.\n";

static struct install install; /* large */

static void feed(struct install *i, const struct install_input *in);

/* --- what the step wants ------------------------------------------------------------------------------------------------
 */

static void end(struct install *i, int code)
{
    i->code = code;
    loop_stop(i->loop);
}

static enum install_trouble trouble_of(enum writer_fault fault)
{
    switch (fault) {
    case WRITER_NONE:
        return INSTALL_FINE;
    case WRITER_FAKE:
        return INSTALL_FAKE;
    case WRITER_SMALL:
        return INSTALL_SMALL;
    case WRITER_BUSY:
        return INSTALL_LOCKED;
    case WRITER_GONE:
    case WRITER_ROT:
    case WRITER_IO:
        return INSTALL_BROKEN;
    case WRITER_IMAGE:
    case WRITER_DIED:
    case WRITER_STOPPED:
        break;
    }
    return INSTALL_FAILED;
}

static void tell_progress(struct install *i)
{
    const struct writer_report *now = &i->job.now;
    bool checking = now->phase == WRITER_CHECK, late = checking && now->checked >= i->image.map->used;

    feed(i, &(struct install_input){.kind = INSTALL_PROGRESS,
                                    .part = now->phase == WRITER_MEASURE ? 0
                                            : late                       ? 3
                                            : checking                   ? 2
                                                                         : 1,
                                    .percent = write_job_percent(&i->job, &i->image),
                                    .left_s = write_job_left(&i->job, &i->image),
                                    .mb_s = (int)(write_job_rate(&i->job) / 1e6),
                                    .done = checking ? now->checked : now->written,
                                    .bytes = i->image.map->used});
}

static void on_heard(void *ctx, int fd, short revents)
{
    struct install *i = ctx;

    if (!write_job_listen(&i->job))
        return;
    if (write_job_runs(&i->job)) {
        tell_progress(i);
        return;
    }
    loop_fd_remove(i->heard);
    i->heard = NULL;
    if (i->job.now.fault != WRITER_NONE)
        log_error("install", "writing ended with fault %d", (int)i->job.now.fault);
    feed(i, &(struct install_input){.kind = INSTALL_ENDED, .trouble = trouble_of(i->job.now.fault)});
}

static void begin_writing(struct install *i)
{
    struct err e = {0};

    if (install_write(i, &e) == 0) {
        i->heard = loop_add_fd(i->loop, i->job.fd, POLLIN, on_heard, i);
        return;
    }
    log_error("install", "%s", e.text);
    feed(i, &(struct install_input){.kind = INSTALL_ENDED, .trouble = INSTALL_FAILED});
}

static void feed(struct install *i, const struct install_input *in)
{
    enum install_effect effect = install_step(&i->view, in);

    ui_show(i->ui, &i->view);
    control_shown(i->control);
    switch (effect) {
    case INSTALL_WRITE:
        begin_writing(i);
        break;
    case INSTALL_RESTART:
        end(i, RESTART);
        break;
    case INSTALL_OFF:
        end(i, OFF);
        break;
    case INSTALL_NOTHING:
        break;
    }
}

/* --- what happens -------------------------------------------------------------------------------------------------------
 */

static void on_intent(void *ctx, struct intent intent)
{
    feed(ctx, &(struct install_input){.kind = INSTALL_INTENT, .intent = intent});
}

static void on_touched(void *ctx)
{
}

static void on_quit(void *ctx)
{
    end(ctx, 0);
}

static void on_moved(void *ctx)
{
}

/* The stick is looked for once a second, which is often enough for a hand; it is the one thing that is not waited for. */
static void on_second(void *ctx)
{
    struct install *i = ctx;
    bool in = target_stick_in(&i->target);

    loop_timer_start(i->second, 1000);
    if (in != i->view.install.stick)
        feed(i, &(struct install_input){.kind = INSTALL_STICK, .in = in});
    feed(i, &(struct install_input){.kind = INSTALL_SECOND});
}

/* Once the first page stands: it says that it looks. */
static void on_look(void *ctx)
{
    struct install *i = ctx;
    struct install_facts f = {.trouble = INSTALL_FINE};
    uint8_t table[GPT_BYTES];
    uint64_t at, verity = 0;
    struct err e = {0};

    int rc = install_bring(i, &e);
    if (rc == 0)
        rc = image_read(&i->image, 0, table, sizeof table, &e);
    if (rc == 0)
        rc = err_wrap(&e, gpt_find(table, "verity-a", &at, &verity), "the image has no verity-a");
    if (rc == 0) {
        text_copy(f.version, sizeof f.version, i->image.manifest.version);
        text_copy(f.arch, sizeof f.arch, i->image.manifest.arch);
        target_look(&i->target, &i->image, i->root.len, verity, &f);
    } else {
        log_error("install", "%s", e.text);
        text_copy(f.version, sizeof f.version, version_text());
        f.trouble = INSTALL_STICK_BAD;
    }
    feed(i, &(struct install_input){.kind = INSTALL_FOUND, .facts = &f});
}

/* --- the program --------------------------------------------------------------------------------------------------------
 */

/* The initramfs wrote down which disk it was started from. */
static int find_stick(struct install *i, struct err *e)
{
    static char name[MEDIUM_TEXT_MAX + 1]; /* for the whole run */
    FILE *f;

    if (i->call.stick)
        return 0;
    f = fopen("/run/tongban-stick", "re");
    if (!f || fscanf(f, "%63s", name) != 1)
        snprintf(name, sizeof name, "none");
    if (f)
        fclose(f);
    i->call.stick = name;
    return 0;
}

static int open_all(struct install *i, struct err *e)
{
    const struct ui_config config = {.assets = i->call.assets, .width = 1080, .height = 1920, .window = i->call.window};
    const struct ui_events events = {.intent = on_intent, .touched = on_touched, .quit = on_quit};
    const struct control_events control = {.moved = on_moved, .quit = on_quit};
    int fd = -1;
    int64_t ms;

    int rc = find_stick(i, e);
    i->target.sys = i->call.sys;
    i->target.stick = i->call.stick;
    if (rc == 0)
        rc = ui_create(i->loop, &config, &events, i, &i->ui, e);
    if (rc == 0 && i->call.control && options_control("install", i->call.control, &fd, &ms) < 0)
        i->control = control_create(i->loop, fd, i->ui, &control, i);
    if (rc < 0)
        return err_wrap(e, rc, "open the screen");
    i->look = loop_add_timer(i->loop, on_look, i);
    i->second = loop_add_timer(i->loop, on_second, i);
    install_begin(&i->view, SETTINGS_USUAL);
    ui_show(i->ui, &i->view);
    loop_timer_start(i->look, 0);
    loop_timer_start(i->second, 1000);
    return loop_on_terminate(i->loop, on_quit, i);
}

static void close_all(struct install *i)
{
    write_job_stop(&i->job);
    loop_fd_remove(i->heard);
    control_destroy(i->control);
    ui_destroy(i->ui);
    if (i->image.map)
        image_close(&i->image);
    secret_wipe(&i->target, sizeof i->target);
    loop_destroy(i->loop);
}

/* Everything is on its disk by now, and nothing else here has anything to lose. */
static int finish(const struct install *i)
{
    if (i->code >= 0)
        return i->code;
    if (*i->call.sys) {
        puts(i->code == RESTART ? "install: restart" : "install: off");
        return 0;
    }
    sync();
    reboot(i->code == RESTART ? RB_AUTOBOOT : RB_POWER_OFF);
    return FAILED;
}

static int take_sheet(const char *note, const char *to)
{
    struct err e = {0};
    int rc = sheet_take(note, to, &e);

    if (rc < 0)
        fprintf(stderr, "install: %s\n", e.text);
    return rc < 0 ? FAILED : rc == 1 ? 0 : 1;
}

static int pack(const char *name, const char *root_at)
{
    struct bring_root root;
    struct err e = {0};

    if (!root_at || sscanf(root_at, "%lu+%lu", &root.at, &root.len) != 2)
        return options_wrong("install", "--pack needs --root-at AT+LENGTH");
    int rc = bring_make(name, root, &e);
    if (rc < 0)
        fprintf(stderr, "install: %s\n", e.text);
    return rc < 0 ? FAILED : 0;
}

int main(int argc, char **argv)
{
    struct install *i = &install;
    struct install_call *c = &i->call;
    const char *note = "/dev/tongban/note", *to = SHEET_FILE, *packed = NULL;
    bool taking = false, version = false;
    struct err e = {0};
    int n;
    const struct option_word options[] = {{"--sys", &c->sys, NULL},         {"--stick", &c->stick, NULL},
                                          {"--from", &c->from, NULL},       {"--work", &c->work, NULL},
                                          {"--root", &c->root, NULL},       {"--root-at", &c->root_at, NULL},
                                          {"--assets", &c->assets, NULL},   {"--key", &c->key, NULL},
                                          {"--control", &c->control, NULL}, {"--window", NULL, &c->window},
                                          {"--pack", &packed, NULL},        {"--take-sheet", NULL, &taking},
                                          {"--note", &note, NULL},          {"--to", &to, NULL},
                                          {"--version", NULL, &version},    {0}};

    *c = (struct install_call){.sys = "",
                               .work = INSTALL_WORK,
                               .root = "/dev/dm-0",
                               .assets = "/usr/share/tongban",
                               .key = "/usr/share/tongban/image.pub"};
    int code = options_read("install", argc, argv, help, options, NULL, 0, &n);
    if (code < 0 && version)
        code = printf("install %s\n", version_text()) < 0;
    if (code < 0 && packed)
        code = pack(packed, c->root_at);
    if (code < 0 && taking)
        code = take_sheet(note, to);
    if (code >= 0)
        return options_end("install", code, FAILED);
    secret_harden_process();
    i->loop = loop_create();
    i->image.fd = i->root_fd = -1;
    int rc = open_all(i, &e);
    if (rc >= 0)
        rc = loop_run(i->loop);
    if (rc < 0)
        log_error("install", "%s", e.text);
    close_all(i);
    return rc < 0 ? FAILED : finish(i);
}
