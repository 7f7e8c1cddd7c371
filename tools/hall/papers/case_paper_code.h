/* SPDX-License-Identifier: Apache-2.0
 *
 * What the QR code of a paper says, as text that a phone's camera shows without any server: three lines to be compared with
 * the paper, and a fourth that proves them.
 *     受理通知书 1103001260105000018
 *     2026年1月5日 予以受理
 *     校验码 3F7A-91C2-0B44-D1E8
 *     TBP1 acceptance 1103001260105000018 2 2026-01-05 - 3f7a91c20b44d1e8 <signature>
 * The fourth: which paper, the case, the number of the event it stands on, its day, how it was decided ("granted", "denied",
 * or
 * "-"), the beginning of the hash of all it says (case_paper.h), and the DER signature in hexadecimal over
 *     "tongban-paper-v1\n" ‖ the line up to the space before the signature
 * by a key of the root's role "acknowledgement": the hall's own word. The first three follow from the fourth, letter by
 * letter, else it does not decode. It names no person; who knows everything else on the paper could try names against the
 * hash. Pure; of any bytes.
 */
#ifndef HALL_CASE_PAPER_CODE_H
#define HALL_CASE_PAPER_CODE_H

#include "crypto/sign.h"
#include "tools/hall/papers/case_paper.h"

#define PAPER_CODE_MAX 440 /* bytes; base/qr.h takes 450 */

struct case_paper_claim {
    enum case_paper_kind kind;
    char number[CASE_NUMBER_LEN + 1];
    int64_t seq;
    struct date day;
    enum case_result result; /* of a decision, else none */
    uint8_t check[PAPER_CHECK_LEN];
    uint8_t sig[SIGNATURE_MAX];
    size_t sig_len;
};

/* Its second line, behind the day. Static. */
const char *case_paper_claim_says(const struct case_paper_claim *c);
/* What is signed, behind PAPER_CODE_PREFIX. */
#define PAPER_CODE_PREFIX "tongban-paper-v1\n"
int case_paper_claim_message(const struct case_paper_claim *c, struct buf *out);
/* Fills the signature. */
int case_paper_claim_sign(const struct private_key *k, struct case_paper_claim *c, struct err *e);
/* 0 or -ERR_SIGNATURE. */
int case_paper_claim_verify(const struct public_key *k, const struct case_paper_claim *c, struct err *e);
int case_paper_claim_encode(const struct case_paper_claim *c, struct buf *out);
/* All four lines, or the fourth alone; a line end behind it is passed over. -ERR_INVALID. */
int case_paper_claim_decode(const void *data, size_t len, struct case_paper_claim *ret, struct err *e);

#endif
