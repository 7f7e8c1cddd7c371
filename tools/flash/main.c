/* SPDX-License-Identifier: Apache-2.0
 *
 * flash: writes a signed image onto USB sticks. Reads how it was called, opens the image, and hands on.
 */
#include <glob.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/options.h"
#include "base/secret.h"
#include "base/version.h"
#include "tools/flash/flash.h"
#include "tools/flash/record.h"
#include "tools/flash/term.h"

static const char help[] =
    "flash [IMAGE] [--sheet FILE|FOLDER]            choose sticks, write, read back\n"
    "flash --provision [--picture FILE] [IMAGE]     the same, with the sheet that is held before the camera\n"
    "flash --list [--json]                          which media there are\n"
    "flash --to SERIAL[,SERIAL…] [--erase SERIAL[,SERIAL…]] [--yes] [--json] [--sheet FILE|FOLDER] [IMAGE]\n"
    "flash --line [--sheet FOLDER] [IMAGE]          plug in, it writes; done, pull out\n"
    "flash --give-back --to SERIAL [--erase SERIAL] [--yes]   make it an ordinary empty stick again\n"
    "flash --sheet CODE                             the record of an earlier time, to print\n"
    "flash --make IMAGE --sign KEY --release VERSION --arch ARCH [--zeros AT+LENGTH,…]\n\n"
    "Writes the signed image NAME.img (with NAME.bmap and NAME.sig beside it; without IMAGE the only one in this\n"
    "folder) onto media: only used blocks, the first of them last, and reads everything back. What is in use by\n"
    "this computer is never written; what holds files only when its serial number is said twice: typed, or again\n"
    "as --erase. --yes answers the question how many, for scripts; it does not stand for --erase.\n"
    "--sheet: enrolment sheets, one for each stick, or the number of a record. --key: the public key the image must\n"
    "be signed with (" FLASH_KEY "). --state DIR: where records are kept.\n"
    "--provision: reads the code on a sheet's paper (hallctl terminal add --print) with zbar, by the camera or from a "
    "picture,\n"
    "shows name and words to compare, and goes on when the terminal's number was typed.\n"
    "--make: makes NAME.bmap (unless it is there) and NAME.sig with the private key KEY. What lies in --zeros\n"
    "is written too where it is zeros; other zeros are not.\n"
    "--sys DIR: media are files below DIR (for tests). --version\n"
    "Exit: 0 every stick is good, 1 one must not be used or the answer could not be written, 2 wrong arguments, 3 no medium "
    "that may be written,\n"
    "4 refused: in use, or holds files and was not named twice, 5 the image is not what was signed,\n"
    "6 stopped by the person, 7 the sheet is no good.\n";

static struct flash flash; /* large */

void flash_assign(struct flash *f)
{
    size_t next = 0;

    for (size_t i = 0; i < f->sheets.n; i++)
        f->sheets.list[i].used = false;
    for (size_t i = 0; i < f->sticks.media.n; i++) {
        struct stick *k = stick_at(&f->sticks, i);
        if (!k || !k->chosen)
            continue;
        k->sheet = next < f->sheets.n ? &f->sheets.list[next] : NULL;
        if (k->sheet)
            f->sheets.list[next++].used = true;
    }
}

int flash_exit(const struct flash *f)
{
    if (f->run.stopped)
        return EXIT_STOPPED;
    return run_count(&f->run, STICK_BAD) ? EXIT_SOME_BAD : EXIT_GOOD;
}

static int usage(const char *wrong)
{
    fprintf(stderr, "flash: %s\n%s", wrong, help);
    return EXIT_USAGE;
}

/* -1: *ret_n serial numbers of the option `name`, none without it; else the exit code. */
static int split(const char *name, char *words, const char *out[FLASH_TO_MAX], int *ret_n)
{
    for (char *w = words ? strtok(words, ",") : NULL; w; w = strtok(NULL, ",")) {
        if (*ret_n == FLASH_TO_MAX)
            return options_wrong("flash", "%s names more than %d serial numbers", name, FLASH_TO_MAX);
        out[(*ret_n)++] = w;
    }
    return words && !*ret_n ? options_wrong("flash", "%s names no serial number", name) : -1;
}

/* The only image in this folder. */
static int find_image(char out[IMAGE_PATH_MAX])
{
    glob_t g;
    int n = glob("*.sig", 0, NULL, &g) == 0 ? (int)g.gl_pathc : 0;

    if (n == 1)
        snprintf(out, IMAGE_PATH_MAX, "%.*s", (int)strlen(g.gl_pathv[0]) - 4, g.gl_pathv[0]);
    globfree(&g);
    return n == 1 ? 0 : usage("name the image: this folder does not hold exactly one");
}

static int open_image(struct flash *f)
{
    static char found[IMAGE_PATH_MAX]; /* for the whole run */
    char n[SIZE_TEXT_MAX];
    struct public_key key;
    struct err e = {0};
    size_t bad = 0;

    if (!f->image && find_image(found))
        return EXIT_USAGE;
    int rc = public_key_load(f->key, &key, &e);
    if (rc == 0)
        rc = image_open(f->image ? f->image : found, &key, &f->im, &e);
    if (rc == 0) {
        if (!f->json)
            term_say(word(WORD_checking));
        rc = image_check(&f->im, &bad, &e);
    }
    if (rc == 0)
        return EXIT_GOOD;
    if (bad)
        flash_refuse(0, WORD_refuse_image, count_text(bad, n));
    else
        flash_refuse(0, rc == -ERR_SIGNATURE || rc == -ERR_CHECKSUM ? WORD_refuse_signature : WORD_refuse_image_file, "");
    fprintf(stderr, "    %s\n", e.text);
    return EXIT_IMAGE;
}

static bool was_used(void *ctx, const struct sheet *t)
{
    char at[CLOCK_RFC3339_LEN + 1], moment[20];
    struct flash *f = ctx;
    int64_t ms;

    if (!record_has_sheet(f->state, t, &ms))
        return false;
    clock_format_rfc3339(ms, at);
    snprintf(moment, sizeof moment, "%.10s %.5s", at, at + 11);
    flash_refuse(EXIT_SHEET, WORD_sheet_used, t->unit, moment);
    return true;
}

/* What is on a stick already is left out, so that a folder can be worked off in several sittings. */
static int open_sheets(struct flash *f)
{
    struct err e = {0};

    if (f->provision) {
        int code = flash_provision(f, f->picture);
        if (code != EXIT_GOOD)
            return code;
        sheets_leave_out(&f->sheets, was_used, f);
        return f->sheets.n ? EXIT_GOOD : EXIT_SHEET;
    }
    if (!f->sheet)
        return EXIT_GOOD;
    if (sheets_open(f->sheet, &f->sheets, &e) < 0)
        return flash_refuse(EXIT_SHEET, WORD_refuse_sheet, e.text);
    sheets_leave_out(&f->sheets, was_used, f);
    return f->sheets.n ? EXIT_GOOD : EXIT_SHEET;
}

static int look(struct flash *f)
{
    struct err e = {0};

    if (sticks_look(&f->sticks, &e) == 0)
        return EXIT_GOOD;
    fprintf(stderr, "flash: %s\n", e.text);
    return EXIT_NO_MEDIUM;
}

static int print_record(const struct flash *f)
{
    char path[RECORD_PATH_MAX], text[WORDS_MAX];
    struct err e = {0};

    if (record_print(f->state, f->sheet, path, &e) == 0) {
        term_say(say(text, WORD_sheet_saved, path));
        return EXIT_GOOD;
    }
    return flash_refuse(EXIT_SHEET, WORD_sheet_none, f->sheet);
}

/* "AT+LENGTH,AT+LENGTH…", in bytes. */
static int read_zeros(char *words, struct image_zeros out[IMAGE_ZEROS_MAX], size_t *ret_n)
{
    *ret_n = 0;
    for (char *w = words ? strtok(words, ",") : NULL; w; w = strtok(NULL, ",")) {
        struct image_zeros *z = &out[*ret_n];
        if (*ret_n == IMAGE_ZEROS_MAX || sscanf(w, "%" SCNu64 "+%" SCNu64, &z->at, &z->len) != 2 || z->at % BMAP_BLOCK ||
            z->len % BMAP_BLOCK || z->at > BMAP_IMAGE_MAX || z->len > BMAP_IMAGE_MAX)
            return usage("--zeros is AT+LENGTH,… in bytes, whole blocks of 4096");
        ++*ret_n;
    }
    return EXIT_GOOD;
}

static int make(const char *path, const char *key_path, const char *release, const char *arch, char *zero_words)
{
    struct image_zeros zeros[IMAGE_ZEROS_MAX];
    struct private_key *key = NULL;
    struct err e = {0};
    size_t n;

    if (read_zeros(zero_words, zeros, &n) != EXIT_GOOD)
        return EXIT_USAGE;

    if (!path || !key_path || !release || !arch)
        return usage("--make needs IMAGE, --sign, --release and --arch");
    int rc = key_load(key_path, &key, &e);
    if (rc == 0)
        rc = image_make(path, key, release, arch, zeros, n, &e);
    key_free(key);
    if (rc < 0)
        fprintf(stderr, "flash: %s\n", e.text);
    return rc < 0 ? EXIT_IMAGE : EXIT_GOOD;
}

/* Page by page. */
static int sit(struct flash *f)
{
    if (!page_list(f)) {
        bool any = false;
        for (size_t i = 0; i < f->sticks.n; i++)
            any |= stick_may(&f->sticks, &f->sticks.list[i]);
        term_say(word(WORD_left_nothing));
        return any ? EXIT_STOPPED : EXIT_NO_MEDIUM;
    }
    if (!page_ask(f)) {
        term_say(word(WORD_left_nothing));
        return EXIT_STOPPED;
    }
    page_write(f);
    return page_verdict(f);
}

static int with_image(struct flash *f, bool line)
{
    int code = open_image(f);

    if (code == EXIT_GOOD)
        code = open_sheets(f);
    if (code != EXIT_GOOD)
        return code;
    f->sticks.image = f->run.image = &f->im;
    f->run.sticks = &f->sticks;
    if (!line)
        code = look(f);
    if (code == EXIT_GOOD)
        code = line ? flash_line(f) : f->n_to ? flash_to(f) : sit(f);
    sheets_close(&f->sheets);
    image_close(&f->im);
    return code;
}

/* What was asked for; none of them: to sit before the list. */
struct call {
    bool list, line, back, making;
    const char *to, *erase, *root, *sign, *release, *arch, *zeros;
};

/* Do the words go together? -1, or the exit code. */
static int check_call(const struct call *c, const struct option_word *options)
{
#define EVERYWHERE " --key --state --sys"
    if (c->list + c->line + c->back + c->making + (c->to && !c->back) > 1)
        return usage("--list, --line, --give-back, --make and --to are apart from each other");
    if ((c->list || c->back) && flash.image)
        return options_wrong("flash", "\"%s\" is one word too many", flash.image);
    if (c->list)
        return options_fit("flash", options, "", "--list --json" EVERYWHERE);
    if (c->line)
        return options_fit("flash", options, "", "--line --sheet" EVERYWHERE);
    if (c->back)
        return options_fit("flash", options, "", "--give-back --to --erase --yes" EVERYWHERE);
    if (c->making)
        return options_fit("flash", options, "", "--make --sign --release --arch --zeros" EVERYWHERE);
    if (c->to || c->erase || flash.yes || flash.json)
        return options_fit("flash", options, "--to", "--erase --yes --json --sheet" EVERYWHERE);
    if (flash.provision || flash.picture)
        return options_fit("flash", options, "--provision", "--picture" EVERYWHERE);
    return options_fit("flash", options, "", "--sheet" EVERYWHERE);
#undef EVERYWHERE
}

/* -1: go on; else the exit code. */
static int read_call(int argc, char **argv, struct call *c)
{
    const struct option_word options[] = {{"--list", NULL, &c->list},
                                          {"--json", NULL, &flash.json},
                                          {"--yes", NULL, &flash.yes},
                                          {"--line", NULL, &c->line},
                                          {"--give-back", NULL, &c->back},
                                          {"--make", NULL, &c->making},
                                          {"--to", &c->to, NULL},
                                          {"--erase", &c->erase, NULL},
                                          {"--sheet", &flash.sheet, NULL},
                                          {"--key", &flash.key, NULL},
                                          {"--state", &flash.state, NULL},
                                          {"--sys", &c->root, NULL},
                                          {"--sign", &c->sign, NULL},
                                          {"--release", &c->release, NULL},
                                          {"--arch", &c->arch, NULL},
                                          {"--zeros", &c->zeros, NULL},
                                          {"--provision", NULL, &flash.provision},
                                          {"--picture", &flash.picture, NULL},
                                          {NULL, NULL, NULL}};
    int n, code = options_read("flash", argc, argv, help, options, &flash.image, 1, &n);

    if (code >= 0)
        return code;
    if (n == 0)
        flash.image = NULL;
    code = check_call(c, options);
    if (code < 0)
        code = split("--to", (char *)c->to, flash.to, &flash.n_to);
    return code < 0 ? split("--erase", (char *)c->erase, flash.erase, &flash.n_erase) : code;
}

static int run(int argc, char **argv)
{
    struct call c = {.root = ""};

    if (argc == 2 && !strcmp(argv[1], "--version")) {
        printf("flash %s\n", version_text());
        return EXIT_GOOD;
    }
    flash.key = FLASH_KEY;
    int code = read_call(argc, argv, &c);
    if (code >= 0)
        return code;
    if (c.making)
        return make(flash.image, c.sign, c.release, c.arch, (char *)c.zeros);
    words_choose();
    term_open();
    flash.sticks.media.root = c.root;
    if (c.list || c.back) {
        code = look(&flash);
        return code != EXIT_GOOD ? code : c.list ? flash_list(&flash) : flash_give_back(&flash);
    }
    if (flash.sheet && !flash.image && !c.line && !c.to && strlen(flash.sheet) == RECORD_CODE_LEN && flash.sheet[4] == '-')
        return print_record(&flash);
    return with_image(&flash, c.line);
}

int main(int argc, char **argv)
{
    int code = run(argc, argv);

    return options_end("flash", code, code == EXIT_GOOD ? EXIT_SOME_BAD : code);
}
