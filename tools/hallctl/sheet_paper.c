/* SPDX-License-Identifier: Apache-2.0
 *
 * See sheet_paper.h.
 */
#include "tools/hallctl/sheet_paper.h"

#include "base/secret.h"
#include "model/sheet_words.h"
#include "tools/hall/papers/html.h"

#define SHEET_BYTES 1024
#define SERIAL_CELLS 13
#define FILLED 256

static const char style[] =
    "@page{size:A4;margin:14mm 16mm}*{margin:0;padding:0;box-sizing:border-box}"
    "body{font:13pt/1.45 'Noto Sans CJK SC',sans-serif;color:#000}header{border-bottom:3px solid #000;padding-bottom:6px}"
    "h1{font-size:64pt;line-height:1.15}.t{display:flex;justify-content:space-between;margin-top:12px}.t svg{width:56mm}"
    ".r{display:flex;gap:12px;margin-top:14px}.b{border:3px solid #000;border-radius:8px;padding:8px 14px;flex:1}"
    ".k{background:#000;color:#FFF}.c{font:700 30pt 'Noto Sans Mono CJK SC',monospace}.w{font-size:22pt;font-weight:700;"
    "text-align:center}.s{flex:1;border:2px solid #000;border-radius:8px;padding:8px;text-align:center;font-size:11pt}"
    ".s b{display:block;font-size:13pt}.q{display:flex;gap:5px;margin-top:6px}.q i{flex:1;height:10mm;border:2px solid #000}"
    ".d{border:3px dashed #000;border-radius:8px;flex:1;min-height:70mm;text-align:center;font-size:18pt;font-weight:700;"
    "padding-top:28mm}footer{margin-top:14px}";

static void put(struct buf *out, const char *before, const char *text, const char *behind)
{
    buf_adds(out, before);
    html_text(out, text);
    buf_adds(out, behind);
}

static int put_code(struct buf *out, const struct enrol_sheet *s, struct err *e)
{
    struct buf sheet;
    struct qr q;

    buf_init(&sheet, SHEET_BYTES);
    int rc = enrol_sheet_encode(s, &sheet);
    if (rc == 0)
        rc = qr_encode_bytes(sheet.data, sheet.len - 1, &q, e); /* without its line end */
    secret_wipe(sheet.data, sheet.len);
    buf_finish(&sheet);
    if (rc < 0)
        return rc;
    html_qr(out, &q);
    return 0;
}

static void put_steps(struct buf *out, enum language lang)
{
    static const enum str_id steps[][2] = {{STR_sheet_step_1, STR_sheet_step_1_do},
                                           {STR_sheet_step_2, STR_sheet_step_2_do},
                                           {STR_sheet_step_3, STR_sheet_step_3_do},
                                           {STR_sheet_step_4, STR_sheet_step_4_do},
                                           {STR_sheet_step_5, STR_sheet_step_5_do}};

    buf_adds(out, "<div class=r>");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        buf_addf(out, "<div class=s><b>%zu ", i + 1);
        put(out, "", str(lang, steps[i][0]), "</b>");
        put(out, "", str(lang, steps[i][1]), "</div>");
    }
    buf_adds(out, "</div>");
}

static void put_rest(struct buf *out, const struct place *p, enum language lang)
{
    char text[FILLED];

    buf_adds(out, "<div class=r><div style=\"flex:1\"><div class=b>");
    put(out, "", str(lang, STR_sheet_serial), "<div class=q>");
    for (int i = 0; i < SERIAL_CELLS; i++)
        buf_adds(out, "<i></i>");
    put(out, "</div></div><div class=b style=\"margin-top:12px\"><b>", str(lang, STR_sheet_wrong), "</b>");
    put(out, "<br>□ ", str(lang, STR_sheet_wrong_name), "");
    put(out, "<br>□ ", str(lang, STR_sheet_wrong_kept), "");
    put(out, "<br>□ ", str_fill(text, sizeof text, lang, STR_sheet_wrong_words, STR_ARGS(p->hotline)), "");
    put(out, "<br>□ ", str(lang, STR_sheet_wrong_power), "</div></div>");
    put(out, "<div class=d>", str(lang, STR_sheet_slip), "</div></div>");
    put(out, "<footer>", str_fill(text, sizeof text, lang, STR_sheet_lost, STR_ARGS(p->hotline)), "</footer>");
}

/* For who stands before a machine that does not find its hall: what was ordered for this cable. */
static void put_line(struct buf *out, const struct uplink *u)
{
    if (u->address[0]) {
        put(out, "<div>IP ", u->address, " → ");
        put(out, "", u->gateway, "");
        for (int i = 0; i < UPLINK_DNS_MAX && u->dns[i][0]; i++)
            put(out, i ? ", " : "　DNS ", u->dns[i], "");
        buf_adds(out, "</div>");
    }
    if (u->proxy[0])
        put(out, "<div>HTTP CONNECT ", u->proxy, "</div>");
}

int sheet_paper(const struct enrol_sheet *s, const struct place *p, enum language lang, struct buf *out, struct err *e)
{
    const char *words[SHEET_WORDS];
    uint8_t hash[SHA256_LEN];

    enrol_sheet_hash(s, hash);
    sheet_words(hash, lang, words);
    buf_addf(out, "<!doctype html><html lang=%s><meta charset=utf-8><title>", language_tag(lang));
    put(out, "", s->terminal, "</title><style>");
    buf_adds(out, style);
    put(out, "</style><header><b>", str(lang, STR_sheet_title), "</b>　");
    put(out, "", str(lang, STR_sheet_follows), "</header><div class=t><div>");
    put(out, "<h1>", *p->device ? p->device : s->terminal, "</h1>");
    put(out, "<b>", p->spot, "</b><br>");
    put(out, "", s->terminal, "</div><div>");
    int rc = put_code(out, s, e);
    put(out, "<br>", str(lang, STR_sheet_scan), "</div></div>");
    put(out, "<div class=r><div class=b style=\"flex:2\">", str(lang, STR_sheet_code), "<div class=c>");
    put(out, "", s->code, "</div></div><div class=\"b k\">");
    put(out, "", str(lang, STR_sheet_until), "<br><b>");
    put(out, "", str(lang, STR_sheet_hours), "</b></div></div><div style=\"margin-top:14px\">");
    put(out, "", str(lang, STR_sheet_words), "</div><div class=r style=\"margin-top:4px\">");
    for (int i = 0; i < SHEET_WORDS; i++)
        put(out, "<div class=\"b w\">", words[i], "</div>");
    put(out, "</div><div style=\"margin-top:8px\">", str(lang, STR_sheet_hall), " ");
    put(out, "", s->hall, "</div>");
    put_line(out, &s->line);
    put_steps(out, lang);
    put_rest(out, p, lang);
    buf_adds(out, "</html>\n");
    return rc == 0 && !buf_ok(out) ? err_set(e, ERR_TOOLONG, "the page of the sheet") : rc;
}
