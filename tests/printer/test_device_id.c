/* SPDX-License-Identifier: Apache-2.0
 *
 * Device ids as owners of such printers have published them, and broken ones.
 */
#include "drivers/printer/device_id.h"

#include <string.h>

#include "test.h"

static enum device_id_kind of(const char *text, const char **ret_language)
{
    uint8_t id[DEVICE_ID_MAX];
    size_t n = strlen(text);

    id[0] = (uint8_t)((n + 2) >> 8);
    id[1] = (uint8_t)(n + 2);
    memcpy(id + 2, text, n);
    return device_id_kind(id, n + 2, ret_language);
}

TEST(published_ones)
{
    static const struct {
        const char *id;
        enum device_id_kind kind;
        const char *language;
    } ids[] = {
        /* receipt printers: TM-T88V, TM-T20II, POS-80, XP-58, Elgin i9 */
        {"MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;DES:EPSON TM-T88V;CID:EpsonTM00000001;", DEVICE_ID_RECEIPT, NULL},
        {"MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;DESCRIPTION:Receipt Printer;", DEVICE_ID_RECEIPT, NULL},
        {"MFG:Printer;MDL:POS-80;CMD:ESC/POS;CLS:PRINTER;", DEVICE_ID_RECEIPT, NULL},
        {"MFG:Xprinter;MDL:XP-58;CMD:ESC/POS;", DEVICE_ID_RECEIPT, NULL},
        {"MANUFACTURER:;COMMAND SET:ESC/POS;MODEL:ELGIN I9;COMMENT:Impact Printer;ACTIVE COMMAND:ESC/POS;",
         DEVICE_ID_RECEIPT, NULL},
        /* understands both */
        {"MFG:Xprinter;CMD:TSPL,ESC/POS;MDL:XP-350B;", DEVICE_ID_RECEIPT, NULL},
        /* label printers: RW403B, 3B-363B, X1038, SP410, Zebra */
        {"MFG:Munbyn;CMD:TSPL;MDL:RW403B;CMT:Label Printer;", DEVICE_ID_LABEL, "TSPL"},
        {"MFG:4BARCODE;CMD:TSPL2;MDL:3B-363B;CLS:PRINTER;", DEVICE_ID_LABEL, "TSPL"},
        {"MFG:Rollo;MDL:X1038;CMD:TSPL;", DEVICE_ID_LABEL, "TSPL"},
        {"MFG:iDPRT;MDL:SP410;CMD:TSPL;", DEVICE_ID_LABEL, "TSPL"},
        {"CMD:ZPL;MODEL:RP425(ZPL 203DPI)", DEVICE_ID_LABEL, "ZPL"},
        {"MFG:Zebra;CMD:ZPL:2,XML;", DEVICE_ID_LABEL, "ZPL"},
        /* page printers */
        {"MFG:HP;MDL:Laser;CMD:PCL,PJL;", DEVICE_ID_PAGE, "PCL"},
        {"MANUFACTURER:EPSON;MODEL:XP-352 Series;COMMAND SET:ESCPL2,BDC;SN:123;", DEVICE_ID_PAGE, "ESCPL"},
    };

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const char *language;

        CHECK_INT(of(ids[i].id, &language), ids[i].kind);
        CHECK_STR(language ? language : "", ids[i].language ? ids[i].language : "");
    }
}

TEST(what_says_nothing_is_taken_for_a_receipt_printer)
{
    static const char *const ids[] = {"",
                                      ";",
                                      ":",
                                      ";;::;;",
                                      "MFG:Acme;MDL:X;",
                                      "CMD:",
                                      "CMD:;",
                                      "CMD",
                                      "cmd: ,, ,",
                                      "MDL:TSPL;CMD:NOBODYS;",
                                      "CMD:STAR;",
                                      "CMD:PCLAB;",
                                      "MFG:Acme;MDL:CMD:ZPL;"};
    const char *language;

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        CHECK_INT(of(ids[i], &language), DEVICE_ID_RECEIPT);
    CHECK_INT(device_id_kind(NULL, 0, &language), DEVICE_ID_RECEIPT);
    CHECK_INT(of("mfg:x; cmd : zpl ;", &language), DEVICE_ID_LABEL);
}

TEST(its_length_is_not_believed)
{
    static const uint8_t lies[] = "\xFF\xFF"
                                  "CMD:EPL2;",
                         little[] = "\x0B\x00"
                                    "CMD:EPL2;",
                         ends[] = "\x00\x20"
                                  "MFG:A;\0CMD:EPL2;";
    const char *language;

    CHECK_INT(device_id_kind(lies, sizeof lies - 1, &language), DEVICE_ID_LABEL);
    CHECK_STR(language, "EPL");
    CHECK_INT(device_id_kind(little, sizeof little - 1, &language), DEVICE_ID_LABEL);
    CHECK_INT(device_id_kind(lies, 4, &language), DEVICE_ID_RECEIPT);
    CHECK_INT(device_id_kind(ends, sizeof ends - 1, &language), DEVICE_ID_RECEIPT);
}

TEST_MAIN(T(published_ones), T(what_says_nothing_is_taken_for_a_receipt_printer), T(its_length_is_not_believed))
