/* SPDX-License-Identifier: Apache-2.0
 *
 * Who signed a bundle, by the certificate in its signature.
 */
#include "base/text.h"
#include "tools/hall/keys/openssl.h"
#include "tools/hallctl/system.h"

/* The certificate that the first signature names. Borrowed of `certs`. */
static X509 *signer_of(CMS_ContentInfo *cms, STACK_OF(X509) * certs)
{
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);

    for (int i = 0; signers && sk_CMS_SignerInfo_num(signers) > 0 && i < sk_X509_num(certs); i++)
        if (CMS_SignerInfo_cert_cmp(sk_CMS_SignerInfo_value(signers, 0), sk_X509_value(certs, i)) == 0)
            return sk_X509_value(certs, i);
    return NULL;
}

void system_signer(const void *cms, size_t len, char *out, size_t cap)
{
    const unsigned char *at = cms;
    CMS_ContentInfo *info = d2i_CMS_ContentInfo(NULL, &at, (long)len);
    STACK_OF(X509) *certs = info ? CMS_get1_certs(info) : NULL;
    X509 *signer = certs ? signer_of(info, certs) : NULL;
    X509_NAME *subject = signer ? X509_get_subject_name(signer) : NULL;
    int where = subject ? X509_NAME_get_index_by_NID(subject, NID_commonName, -1) : -1;
    unsigned char *text = NULL;
    int n = where < 0 ? -1 : ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, where)));

    out[0] = '\0';
    if (n > 0 && (size_t)n < cap && memchr(text, 0, (size_t)n) == NULL)
        text_copy(out, cap, (const char *)text);
    if (!text_is_plain_line(out))
        out[0] = '\0';
    OPENSSL_free(text);
    sk_X509_pop_free(certs, X509_free);
    CMS_ContentInfo_free(info);
    ERR_clear_error(); /* what is no CMS has no signer */
}
