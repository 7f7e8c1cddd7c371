/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl slip: whether the code on a technician's slip (wire/slip.h) is of a terminal of this hall, and which system it
 * says was running. What a scanner types on standard input will do.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hall/store/terminal.h"
#include "tools/hallctl/hallctl.h"
#include "wire/slip.h"

#define COMMAND "hallctl slip"

static const char usage[] =
    "hallctl slip --data DIR [--image HASH] [--json] [CODE]\n"
    "Checks the code of the slip that a terminal printed at its first boot: that this terminal signed it, with the key it\n"
    "registered, and what system it ran. CODE is what the QR code says, in quotation marks; without it, one is read from\n"
    "standard input, so a scanner that types will do.\n"
    "  --image HASH  64 hexadecimal digits: the image it must be, by the root hash (tongban.hash=) of its command line\n"
    "  --json        {\"terminal\",\"version\",\"slot\",\"image\",\"tested\",\"ready\":true or false,\"signed\":true,\n"
    "                \"same_image\":true or false where --image is given}\n"
    "It proves who printed it. A terminal whose programs were taken over could still say another image than it runs.\n"
    "Exit: 0 good, 1 not signed by that terminal, or another image, 2 wrong arguments or no such code, 3 no such "
    "terminal.\n";

struct check {
    struct slip_claim slip;
    bool wants, same; /* an image is asked for; it is this one */
    uint8_t image[MACHINE_IMAGE_LEN];
};

static int read_code(const char *given, struct slip_claim *ret)
{
    char line[SLIP_TEXT_MAX + 3];
    struct err e = {0};

    if (!given && !fgets(line, sizeof line, stdin))
        return options_wrong(COMMAND, "CODE is missing, and standard input holds none");
    if (!given)
        line[strcspn(line, "\r\n")] = '\0';
    const char *text = given ? given : line;
    return slip_decode(text, strlen(text), ret, &e) < 0 ? options_wrong(COMMAND, "%s", e.text) : -1;
}

static int verify(const char *data, const struct slip_claim *slip, struct err *e)
{
    struct store *s = NULL;
    struct terminal t;
    int rc = store_open(data, &s, e);

    if (rc == 0)
        rc = terminal_get(s, slip->terminal, &t, e);
    store_close(s);
    if (rc == 0 && !t.registered)
        rc = err_set(e, ERR_NOTFOUND, "%s has not enrolled", slip->terminal);
    return rc < 0 ? rc : slip_verify(&t.signing, t.epoch, slip, e);
}

static void report(const struct check *c, bool json)
{
    const struct slip_claim *s = &c->slip;
    char at[CLOCK_RFC3339_LEN + 1], image[2 * MACHINE_IMAGE_LEN + 1] = "", slot[] = {s->machine.slot, '\0'};
    struct hallctl_object answer;

    clock_format_rfc3339(s->minute * 60000, at);
    if (s->machine.imaged)
        hex_encode(s->machine.image, sizeof s->machine.image, image);
    if (!json) {
        printf("%s: signed by it, system %s, slot %s, tested %s, %s\nimage %s%s\n", s->terminal,
               s->machine.version[0] ? s->machine.version : "not known", slot, at,
               s->ready ? "nothing is missing" : "opened with something missing", *image ? image : "none: set up by hand",
               !c->wants ? ""
               : c->same ? ": the one asked for"
                         : ": NOT the one asked for");
        return;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "terminal", s->terminal);
    jsonw_str(&answer.w, "version", s->machine.version);
    jsonw_str(&answer.w, "slot", slot);
    jsonw_str(&answer.w, "image", image);
    jsonw_str(&answer.w, "tested", at);
    jsonw_bool(&answer.w, "ready", s->ready);
    jsonw_bool(&answer.w, "signed", true);
    if (c->wants)
        jsonw_bool(&answer.w, "same_image", c->same);
    hallctl_object_print(&answer);
}

int hallctl_slip(int argc, char **argv)
{
    const char *data = NULL, *image = NULL, *text[1] = {NULL};
    bool json = false;
    struct check c = {.wants = false};
    struct err e = {0};
    size_t len;
    const struct option_word options[] = {{"--data", &data, NULL}, {"--image", &image, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, text, 1, &n);

    if (code < 0)
        code = options_fit(COMMAND, options, "--data", "--image --json");
    c.wants = image != NULL;
    if (code < 0 && image && (hex_decode(image, strlen(image), c.image, sizeof c.image, &len) < 0 || len != sizeof c.image))
        code = options_wrong(COMMAND, "--image is %d hexadecimal digits", 2 * MACHINE_IMAGE_LEN);
    if (code < 0)
        code = read_code(text[0], &c.slip);
    if (code >= 0)
        return code;
    if (verify(data, &c.slip, &e) < 0)
        return hallctl_fail(&e);
    c.same = c.slip.machine.imaged && memcmp(c.image, c.slip.machine.image, sizeof c.image) == 0;
    report(&c, json);
    return c.wants && !c.same ? EXIT_FAILED : EXIT_OK;
}
