/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole way of a paper: composed, laid out, encoded, and printed by a virtual printer that knows nothing of our encoder.
 * With PAPERS=folder each is kept there: .png the picture (for a person and for zbarimg), .bin what was sent and .txt what
 * was read from it (for decode.mjs).
 */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "drivers/printer/escpos_wire.h"
#include "drivers/printer/script.h"
#include "drivers/virtual/printer.h"
#include "model/width_ruler.h"
#include "printer/papers.h"
#include "printer/send.h"
#include "test.h"

struct seen {
    const char *name; /* of the picture */
    int cuts, n_qr, width, height;
    char text[8192], qr[512];
    int bars; /* as high as a line, at the right edge of the head */
};

static void path_of(const char *name, const char *end, char out[512])
{
    snprintf(out, 512, "%s/%s.%s", getenv("PAPERS"), name, end);
}

static void keep_file(const char *name, const char *end, const void *data, size_t n)
{
    char path[512];
    FILE *f;

    path_of(name, end, path);
    f = fopen(path, "wb");
    CHECK(f != NULL);
    if (!f)
        return;
    fwrite(data, 1, n, f);
    fclose(f);
}

static void keep_picture(const char *name, const struct virtual_paper *p)
{
    png_image image = {.version = PNG_IMAGE_VERSION, .width = (unsigned)p->width, .height = (unsigned)p->height};
    uint8_t *grey = malloc((size_t)p->width * (size_t)p->height);
    char path[512];

    path_of(name, "png", path);
    image.format = PNG_FORMAT_GRAY;
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            grey[y * p->width + x] = p->rows[y * p->stride + x / 8] & (0x80 >> (x & 7)) ? 0 : 255;
    CHECK(png_image_write_to_file(&image, path, 0, grey, 0, NULL));
    free(grey);
}

static void keep(const char *name, const struct virtual_paper *p)
{
    if (!getenv("PAPERS"))
        return;
    keep_picture(name, p);
    keep_file(name, "bin", p->bytes, p->n_bytes);
    keep_file(name, "txt", p->text, strlen(p->text));
}

static bool black(const struct virtual_paper *p, int x, int y)
{
    return p->rows[y * p->stride + x / 8] & (0x80 >> (x & 7));
}

static int bars_at_edge(const struct virtual_paper *p)
{
    int bars = 0;

    for (int y = 0, n = 0; y < p->height; y++) {
        n = black(p, p->width - 1, y) ? n + 1 : 0;
        bars += n == LAYOUT_CELL;
    }
    return bars;
}

static void on_paper(void *ctx, const struct virtual_paper *p)
{
    struct seen *s = ctx;

    s->cuts += p->cut;
    s->n_qr = p->n_qr;
    s->width = p->width;
    s->height = p->height;
    s->bars = bars_at_edge(p);
    snprintf(s->text, sizeof s->text, "%s", p->text);
    snprintf(s->qr, sizeof s->qr, "%s", p->n_qr ? p->qr[0] : "");
    keep(s->name, p);
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

/* All of a long text. */
struct seen_all {
    char *text;
};
static void on_all(void *ctx, const struct virtual_paper *p)
{
    struct seen_all *s = ctx;

    free(s->text);
    s->text = strdup(p->text);
    keep("every-code", p);
}

#define QR_TEXT "1103 003 261119 00027 8 T-1103-003"

/* Each profile on the twin of its model; the careful one also on odd ones. */
static const struct {
    const char *profile, *model;
    int dots;
} pairs[] = {
    {"epson-tm-t20iii", "epson-tm-t20iii", 576},
    {"epson-tm-t88", "epson-tm-t88", 512},
    {"xprinter-80", "xprinter-80", 576},
    {"gprinter-zh380", "gprinter-zh380", 576},
    {"gprinter-80", "gprinter-gp80", 576},
    {"snbc-btp-r880np", "snbc-btp-r880np", 576},
    {"snbc-bt-t080", "snbc-bt-t080", 576},
    {"rongta-rp326", "rongta-rp326", 576},
    {"zjiang-pos-5890", "zjiang-58", 384},
    {"generic-58", "zjiang-58", 384},
    {"xprinter-58", "xprinter-58", 384},
    {"sunmi-58", "sunmi-58", 384},
    {"unknown", "sunmi-58", 384},
    {"unknown", "xprinter-58", 384},
    {"custom-vkp80", "custom-vkp80", 576},
    {"pyramid-phoenix", "pyramid-phoenix", 576},
    {"pyramid-reliance", "pyramid-reliance", 576},
    {"cashino-kp-628e", "cashino-kp628e", 576},
    {"star-escpos", "star-escpos", 576},
    {"generic-80", "xprinter-80", 576},
    {"generic-80", "odd-gb2312", 576},
    {"generic-80", "odd-next-line", 576},
    {"generic-80", "odd-small-buffer", 576},
    {"generic-80", "odd-prints-qr", 576},
    {"generic-80", "odd-eats", 576},
    {"generic-80", "odd-24-rows", 576},
};
#define N_PAIRS (sizeof pairs / sizeof *pairs)

static const char *name_of(size_t i, const char *paper)
{
    static char name[100];

    snprintf(name, sizeof name, "%s-%s-on-%s", paper, pairs[i].profile, pairs[i].model);
    return name;
}

/* Says of which printer the check speaks. */
static bool holds(size_t i, const char *what, bool so)
{
    if (!so)
        printf("# %s on %s: %s\n", pairs[i].profile, pairs[i].model, what);
    return so;
}

TEST(the_receipt_on_every_printer)
{
    static const char *const lines[] = {"城东政务服务 24 小时自助区\n", "事　项  高龄津贴申领\n", "申请人  测*甲\n",
                                        "证件号  110105********002X\n", "2026年11月26日\n",       "→收件凭证"};

    for (size_t i = 0; i < N_PAIRS; i++) {
        struct item item = papers_item();
        struct receipt_facts f = papers_facts(&item);
        struct seen s = print(pairs[i].profile, pairs[i].model, receipt_compose(&f), name_of(i, "receipt"));

        for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
            CHECK(holds(i, lines[k], strstr(s.text, lines[k])));
        CHECK(holds(i, "the number", strstr(s.text, "1103 003 261119")));
        CHECK(holds(i, "a code the printer does not know", !strstr(s.text, "\xEF\xBF\xBD")));
        CHECK(holds(i, "one code", s.n_qr == 1));
        CHECK(holds(i, "what it says", !strcmp(s.qr, QR_TEXT)));
        CHECK_INT(s.width, pairs[i].dots);
        CHECK(holds(i, "too long", s.height <= (pairs[i].dots < 500 ? 3000 : 2000)));
    }
}

/* The longest names there are: on every width each line is whole, and the QR code is read. */
TEST(the_longest_receipt)
{
    for (size_t i = 0; i < N_PAIRS; i++) {
        struct item item = papers_item();
        struct receipt_facts f = papers_facts(&item);
        struct seen s;

        item.task_name =
            "城镇职工基本养老保险关系转移接续申请（参保人员跨省、自治区、直辖市流动就业，且男性未满五十周岁、女性未满"
            "四十周岁的，或者建立临时基本养老保险缴费账户的，以及机关事业单位与企业之间流动的人员）（含退役军人、随军家属）";
        item.dept_name = "新疆维吾尔自治区人力资源和社会保障厅社会保险事业管理局关系转移处";
        item.link_way = "0991-1234567 转 8（工作日 10:00-14:00，16:00-19:30）";
        item.materials[3].name = "与原单位解除或者终止劳动关系的证明";
        f.masked_name = "ALEXANDRA-MARIA VON HOHENZOLLERN-SIGMARINGEN X";
        f.provisional = f.clock_unsure = true;
        f.provisional_year = 2027;
        f.copy = 12;
        s = print(pairs[i].profile, pairs[i].model, receipt_compose(&f), name_of(i, "longest"));
        CHECK(holds(i, "one code", s.n_qr == 1));
        CHECK(holds(i, "what it says", !strcmp(s.qr, QR_TEXT)));
        CHECK(holds(i, "a code the printer does not know", !strstr(s.text, "\xEF\xBF\xBD")));
        CHECK(holds(i, "the name", strstr(s.text, "HOHENZOLLERN-SIGMARINGEN")));
        CHECK(holds(i, "too long", s.height <= (pairs[i].dots < 500 ? 3000 : 2000)));
    }
}

TEST(a_reprint_with_all_its_remarks)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct seen s;

    f.copy = 2;
    f.provisional = f.clock_unsure = true;
    f.provisional_year = 2027;
    f.promised = (struct date){2027, 1, 5};
    f.masked_name = "𠮷*";
    s = print("epson-tm-t20iii", "epson-tm-t20iii", receipt_compose(&f), "receipt-reprint");
    CHECK(strstr(s.text, "暂定：2027 年放假安排公布后可能微调\n") != NULL);
    CHECK(strstr(s.text, "第 2 次打印") != NULL);
    CHECK(!strstr(s.text, "申请人")); /* the name has a rare character: that line is a picture */
    CHECK_INT(s.cuts, 1);
}

TEST(the_ticket_on_every_printer)
{
    static const char *const lines[] = {"前面 12 人\n", "大约等 25 分钟（10:21 估算）\n", "去哪里  1 楼东厅，看大屏听叫号\n",
                                        "当天有效　政务热线 12345\n"};

    for (size_t i = 0; i < N_PAIRS; i++) {
        struct seen s = print(pairs[i].profile, pairs[i].model, papers_ticket(1), name_of(i, "ticket"));

        for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
            CHECK(holds(i, lines[k], strstr(s.text, lines[k])));
        CHECK(holds(i, "one code", s.n_qr == 1));
        CHECK(holds(i, "what it says", !strcmp(s.qr, "A 032 GENERAL 2026-11-19 T-1103-003")));
    }
}

/* The hall's signed code is long, and is read back from each head, byte for byte. */
TEST(the_papers_of_a_case_on_every_printer)
{
    static const char *const lines[] = {"事　项  高龄津贴申领\n", "校验码  3F7A-91C2-0B44-D1E8\n", "（自助终端打印件）\n"};
    const struct my_case one = papers_case(MY_CASE_DECIDED);
    const struct case_slip_facts f = papers_case_facts(&one);

    for (size_t i = 0; i < N_PAIRS; i++) {
        struct seen s = print(pairs[i].profile, pairs[i].model, case_slip_decision(&f), name_of(i, "decision"));

        for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
            CHECK(holds(i, lines[k], strstr(s.text, lines[k])));
        CHECK(holds(i, "a code the printer does not know", !strstr(s.text, "\xEF\xBF\xBD")));
        CHECK(holds(i, "one code", s.n_qr == 1));
        CHECK(holds(i, "what it says", !strcmp(s.qr, PAPERS_CODE)));
        CHECK(holds(i, "too long", s.height <= (pairs[i].dots < 500 ? 3000 : 2000)));
        s = print(pairs[i].profile, pairs[i].model, case_slip_supplement(&f), name_of(i, "supplement"));
        CHECK(holds(i, "how much was added", strstr(s.text, "内　容  文字说明 1 份，37 字\n")));
        CHECK(holds(i, "its code", !strcmp(s.qr, QR_TEXT)));
    }
    struct seen s = print("epson-tm-t20iii", "epson-tm-t20iii", case_slip_receipt(&f), "receipt-again");
    CHECK(!strcmp(s.qr, QR_TEXT));
}

/* Our pinned table against the C library's, of which the virtual printer has its signs; decode.mjs asks two others. */
/* On each head the last mark that is whole is the one that stands for it. */
TEST(the_ruler_ends_at_the_edge_of_every_head)
{
    static const struct {
        const char *model;
        int mark;
    } heads[] = {{"sunmi-58", 48}, {"epson-tm-t88", 64}, {"xprinter-80", 72}};

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        char name[40];

        snprintf(name, sizeof name, "ruler-on-%s", heads[i].model);
        struct seen s = print("unknown", heads[i].model, width_ruler_compose(false), name);
        CHECK_INT(s.bars, 1);
        CHECK_INT(width_ruler_dots(heads[i].mark), s.width);
        CHECK(strstr(s.text, "kioskctl width receipt 48"));
    }
    CHECK_INT(width_ruler_dots(49), 0);
}

TEST(every_code_of_the_table_is_read_back)
{
    static char want[256 * 1024];
    struct seen_all all = {0};
    struct virtual_device *d = virtual_printer_create("epson-tm-t20iii", NULL);
    struct buf bytes;
    size_t n = 0;
    int codes = 0;

    buf_init(&bytes, sizeof want);
    for (uint32_t cp = 0x80; cp < 0x110000; cp++) {
        char utf8[4];
        int len;

        if (!gb18030_code(cp, GB_18030))
            continue;
        len = utf8_put(cp, utf8);
        CHECK_INT(escpos_text(&bytes, utf8, (size_t)len, GB_18030), 0);
        memcpy(want + n, utf8, (size_t)len);
        n += (size_t)len;
        if (++codes % 20 == 0) {
            escpos_line(&bytes);
            want[n++] = '\n';
        }
    }
    escpos_line(&bytes);
    want[n++] = '\n';
    want[n] = '\0';
    virtual_printer_on_job(d, on_all, &all);
    send_bytes(d, &bytes);
    virtual_printer_unfinished(d, on_all, &all);
    CHECK(codes > 20902); /* the ideographs of GBK, and signs */
    CHECK(all.text != NULL && !strcmp(all.text, want));
    free(all.text);
    buf_finish(&bytes);
    d->ops->destroy(d);
}

TEST_MAIN(T(the_receipt_on_every_printer), T(the_longest_receipt), T(a_reprint_with_all_its_remarks),
          T(the_ticket_on_every_printer), T(the_papers_of_a_case_on_every_printer),
          T(the_ruler_ends_at_the_edge_of_every_head), T(every_code_of_the_table_is_read_back))
