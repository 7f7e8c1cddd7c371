/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole way of a paper: composed, laid out, encoded, and printed by a virtual printer that knows nothing of our encoder.
 * With PAPERS=folder the pictures are kept there as PNG, for a person and for zbarimg.
 */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>

#include "drivers/printer/script.h"
#include "drivers/virtual/printer.h"
#include "printer/papers.h"
#include "printer/send.h"
#include "test.h"

struct seen {
    const char *name; /* of the picture */
    int cuts, n_qr, width, height;
    char text[8192], qr[200];
};

static void keep_picture(const char *name, const struct virtual_paper *p)
{
    png_image image = {.version = PNG_IMAGE_VERSION, .width = (unsigned)p->width, .height = (unsigned)p->height};
    uint8_t *grey;
    char path[512];

    if (!getenv("PAPERS"))
        return;
    snprintf(path, sizeof path, "%s/%s.png", getenv("PAPERS"), name);
    image.format = PNG_FORMAT_GRAY;
    grey = malloc((size_t)p->width * (size_t)p->height);
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            grey[y * p->width + x] = p->rows[y * p->stride + x / 8] & (0x80 >> (x & 7)) ? 0 : 255;
    CHECK(png_image_write_to_file(&image, path, 0, grey, 0, NULL));
    free(grey);
}

static void on_paper(void *ctx, const struct virtual_paper *p)
{
    struct seen *s = ctx;

    s->cuts += p->cut;
    s->n_qr = p->n_qr;
    s->width = p->width;
    s->height = p->height;
    snprintf(s->text, sizeof s->text, "%s", p->text);
    snprintf(s->qr, sizeof s->qr, "%s", p->n_qr ? p->qr[0] : "");
    keep_picture(s->name, p);
}

/* Prints and destroys the paper. */
static struct seen print(const char *profile, const char *model, struct paper *paper, const char *name)
{
    struct err e = {0};
    struct seen seen = {.name = name};
    struct profiles *ps = NULL;
    struct virtual_device *d = virtual_printer_create(model, &e);
    struct glyphs *g = NULL;
    struct layout *l = NULL;
    struct script *s = NULL;

    CHECK_INT(profiles_load("assets/printers", &ps, &e), 0);
    glyphs_open(&g, &e);
    CHECK_INT(layout_create(paper, profiles_by_name(ps, profile), g, &l, &e), 0);
    CHECK_INT(script_create(l, profiles_by_name(ps, profile), "J001", PROFILE_MARKER_PAPER, false, &s, &e), 0);
    virtual_printer_on_job(d, on_paper, &seen);
    send_script(d, s);
    virtual_printer_unfinished(d, on_paper, &seen);
    script_destroy(s);
    layout_destroy(l);
    glyphs_close(g);
    profiles_free(ps);
    paper_destroy(paper);
    d->ops->destroy(d);
    return seen;
}

#define QR_TEXT "TB1:1103003261119000278:T-1103-003"

static const struct {
    const char *profile, *model;
} pairs[] = {{"epson-tm-t20iii", "epson-tm-t20iii"}, {"xprinter-80", "xprinter-80"},
             {"gprinter-zh380", "gprinter-zh380"},   {"generic-58", "zjiang-58"},
             {"generic-80", "xprinter-80"},          {"generic-80", "epson-tm-t20iii"}};
#define N_PAIRS (sizeof pairs / sizeof *pairs)

TEST(the_receipt_on_every_printer)
{
    for (size_t i = 0; i < N_PAIRS; i++) {
        struct item item = papers_item();
        struct receipt_facts f = papers_facts(&item);
        struct seen s = print(pairs[i].profile, pairs[i].model, receipt_compose(&f), i == 3 ? "receipt-58" : "receipt");
        static const char *const lines[] = {"城东政务服务 24 小时自助区\n", "事　项  高龄津贴申领\n", "申请人  测*甲\n",
                                            "证件号  110105********002X\n", "2026年11月26日\n",       "→收件凭证"};

        for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
            CHECK(strstr(s.text, lines[k]) != NULL);
        CHECK(strstr(s.text, "1103 003 261119") != NULL);
        CHECK(!strstr(s.text, "\xEF\xBF\xBD")); /* no code the printer does not know */
        CHECK_INT(s.n_qr, 1);
        CHECK_STR(s.qr, QR_TEXT);
        CHECK_INT(s.width, i == 3 ? 384 : 576);
        if (i != 3)
            CHECK(s.height <= 2000);
    }
}

TEST(a_reprint_with_all_its_remarks)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct seen s;

    f.copy = 2;
    f.provisional = f.clock_unsure = true;
    f.promised = (struct date){2027, 1, 5};
    f.masked_name = "𠮷*";
    s = print("epson-tm-t20iii", "epson-tm-t20iii", receipt_compose(&f), "receipt-reprint");
    CHECK(strstr(s.text, "暂定：明年放假安排公布后可能微调\n") != NULL);
    CHECK(strstr(s.text, "第 2 次打印") != NULL);
    CHECK(!strstr(s.text, "申请人")); /* the name has a rare character: that line is a picture */
    CHECK_INT(s.cuts, 1);
}

TEST(the_ticket_on_every_printer)
{
    for (size_t i = 0; i < N_PAIRS; i++) {
        struct seen s = print(pairs[i].profile, pairs[i].model, papers_ticket(1), i == 3 ? "ticket-58" : "ticket");

        CHECK(strstr(s.text, "前面 12 人\n") != NULL);
        CHECK(strstr(s.text, "大约等 25 分钟（10:21 估算）\n") != NULL);
        CHECK(strstr(s.text, "去哪里  1 楼东厅，看大屏听叫号\n") != NULL);
        CHECK(strstr(s.text, "当天有效　政务热线 12345\n") != NULL);
        CHECK_INT(s.n_qr, 1);
        CHECK_STR(s.qr, "TB1T:A032:GENERAL:20261119:T-1103-003");
    }
}

TEST_MAIN(T(the_receipt_on_every_printer), T(a_reprint_with_all_its_remarks), T(the_ticket_on_every_printer))
