/* SPDX-License-Identifier: Apache-2.0
 *
 * desk: the simulated desk, and the command that pokes it. With words behind the options it is a client.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/line.h"
#include "base/options.h"
#include "base/version.h"
#include "drivers/virtual/printer.h"
#include "drivers/virtual/sam.h"
#include "drivers/virtual/usbip_server.h"
#include "tools/desk/desk.h"

#define ANSWER_MAX (32 * 1024 * 1024)
#define ANSWER_MS 10000

static const char usage[] =
    "desk --socket PATH --paper DIR [--reader KIND] [--printer PROFILE] [--ticket PROFILE] [--usbip PORT] [--usbredir "
    "PATH]\n"
    "desk --socket PATH COMMAND...\n"
    "A simulated desk with ID-card reader, receipt printer and ticket printer, for tests and demonstrations; or a command "
    "to\n"
    "one that runs. A program finds its devices with LD_PRELOAD=BUILD/libusbfs.so TONGBAN_DESK=PATH.\n"
    "\n"
    "  --socket PATH      commands come here; PATH.usb carries the devices\n"
    "  --paper DIR        every piece of paper is kept here: NNN-role.bin, .txt, .png\n"
    "  --reader KIND      split (default), whole, interrupt, synjones, hid, odd, dfu, none\n"
    "  --printer PROFILE  epson-tm-t20iii (default), another profile, none\n"
    "  --ticket PROFILE   xprinter-80 (default), another profile, none\n"
    "  --usbip PORT       serves the devices over USB/IP on 127.0.0.1: usbip --tcp-port PORT attach -r 127.0.0.1 -b 1-1;\n"
    "                     ADDRESS:PORT for other machines, which then need no password\n"
    "  --usbredir PATH    serves them to virtual machines at PATH.reader, PATH.printer, PATH.ticket: qemu-system-x86_64 …\n"
    "                     -chardev socket,id=r,path=PATH.reader -device usb-redir,chardev=r\n"
    "  --profiles         every profile of a printer and what it is like: models, and odd ones that each lie in one way\n"
    "  --help, --version\n"
    "\n"
    "Commands:\n"
    "  card place FILE | card lift\n"
    "  reader unplug|plug|silent|stall|garbage|junk|junk-body|short|late [N]|chop N|babble N|slow MS|stale|status-bytes|\n"
    "         no-card-error|card-error HH|no-address|mute-address|mute-read|self-test|deaf "
    "[reset|clear-halt|release|usb-reset]|\n"
    "         unauthorised|lame|clear\n"
    "  printer|ticket unplug|plug|paper-out|paper-low|paper-load|cover-open|cover-close|jam|cutter|head-hot|clear|take|\n"
    "                 slow MS|silent|split|merge|stale-reply|swallow N|die-after BYTES|power-loss|paper-out-in-line|\n"
    "                 FAULT-after LINES|FAULT-at-cut       FAULT: paper-out, cover-open, jam, cutter, head-hot\n"
    "  ROLE transfer N timeout|stall|short|gone   the N-th USB transfer of the device from now on goes wrong\n"
    "  ROLE transfers                             how many there were since\n"
    "  add reader2 [KIND] | add keyboard | add stick   one device more: then reader2 unplug, keyboard touched, ...\n"
    "  hub reset                                  all devices leave and come back on their ports\n"
    "  paper   what was printed, as JSON        status   what stands on the desk, as JSON        quit\n"
    "\n"
    "Exit: 0 done, 1 could not start or the desk refused, 2 wrong arguments.\n";

/* A card's path means the same to the desk, which may have been started elsewhere. */
static void add_word(struct buf *line, const char *word, bool is_path)
{
    char *absolute = is_path ? realpath(word, NULL) : NULL;
    if (line->len > 0)
        buf_addc(line, ' ');
    buf_adds(line, absolute ? absolute : word);
    free(absolute);
}

/* The desk's own refusals are {"ok":false,"error":"…"}; everything else is what was asked for. */
static int show(const char *answer)
{
    struct json *doc;
    const char *error = NULL;
    if (json_parse(answer, strlen(answer), ANSWER_MAX, &doc, NULL) == 0) {
        const struct json *e = json_is_obj(doc) ? json_member(doc, "error") : NULL;
        if (e)
            error = json_str(e);
        if (error)
            fprintf(stderr, "desk: %s\n", error);
        json_free(doc);
    }
    if (!error)
        puts(answer);
    return error ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int call(const char *socket, const char **words, int n)
{
    struct buf line;
    struct err e = {0};
    int fd, code = EXIT_FAILURE;
    buf_init(&line, LINE_MAX_BYTES);
    for (int i = 0; i < n; i++)
        add_word(&line, words[i], i == 2 && !strcmp(words[0], "card"));
    char *answer = malloc(ANSWER_MAX);
    int rc = answer ? line_connect(socket, &fd, &e) : err_set(&e, ERR_NOMEM, "call the desk");
    if (rc == 0) {
        rc = line_call(fd, buf_str(&line), answer, ANSWER_MAX, ANSWER_MS, &e);
        close(fd);
    }
    if (rc == 0)
        code = show(answer);
    else
        fprintf(stderr, "desk: %s; is a desk running with --socket %s?\n", e.text, socket);
    free(answer);
    buf_finish(&line);
    return code;
}

static int list_profiles(void)
{
    for (const char *const *name = virtual_printer_profiles(); *name; name++)
        printf("%-18s %s\n", *name, virtual_printer_meaning(*name));
    return EXIT_SUCCESS;
}

/* Is there such a device? It is made to see, and thrown away. -1, or OPTIONS_USAGE. */
static int check_kind(struct virtual_device *(*create)(const char *, struct err *), const char *kind)
{
    struct err e = {0};

    if (!strcmp(kind, "none"))
        return -1;
    struct virtual_device *v = create(kind, &e);
    if (!v)
        return options_wrong("desk", "%s", e.text);
    v->ops->destroy(v);
    return -1;
}

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct desk_options *o, const char **words, int *ret_n)
{
    bool profiles = false, version = false;
    const struct option_word list[] = {{"--socket", &o->socket, NULL},     {"--paper", &o->paper, NULL},
                                       {"--reader", &o->reader, NULL},     {"--printer", &o->printer, NULL},
                                       {"--ticket", &o->ticket, NULL},     {"--usbip", &o->usbip, NULL},
                                       {"--usbredir", &o->usbredir, NULL}, {"--profiles", NULL, &profiles},
                                       {"--version", NULL, &version},      {0}};
    int code = options_read("desk", argc, argv, usage, list, words, argc, ret_n);
    if (code >= 0)
        return code;
    if (version)
        return printf("desk %s\n", version_text()) < 0;
    if (profiles)
        return list_profiles();
    return *ret_n ? options_fit("desk", list, "--socket", "")
                  : options_fit("desk", list, "--socket --paper", "--reader --printer --ticket --usbip --usbredir");
}

int main(int argc, char **argv)
{
    const char **words = calloc((size_t)argc + 1, sizeof *words);
    struct desk_options o = {0};
    struct err e = {0};
    int n = 0, code = words ? read_options(argc, argv, &o, words, &n) : EXIT_FAILURE;
    if (code < 0 && n)
        code = call(o.socket, words, n);
    free(words);
    if (code >= 0)
        return options_end("desk", code, EXIT_FAILURE);
    o.reader = o.reader ? o.reader : "split";
    o.printer = o.printer ? o.printer : "epson-tm-t20iii";
    o.ticket = o.ticket ? o.ticket : "xprinter-80";
    code = !o.usbip || usbip_server_check(o.usbip, &e) == 0 ? -1 : options_wrong("desk", "--usbip: %s", e.text);
    if (code < 0)
        code = check_kind(virtual_sam_create, o.reader);
    if (code < 0)
        code = check_kind(virtual_printer_create, o.printer);
    if (code < 0)
        code = check_kind(virtual_printer_create, o.ticket);
    if (code >= 0)
        return code;
    if (desk_run(&o, &e) < 0) {
        fprintf(stderr, "desk: %s\n", e.text);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
