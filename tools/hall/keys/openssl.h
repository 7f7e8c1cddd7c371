/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenSSL's headers beside base/err.h: both have a name ERR_STATE, and ours stays.
 */
#ifndef HALL_OPENSSL_H
#define HALL_OPENSSL_H

#define ERR_STATE OPENSSL_ERR_STATE
#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#undef ERR_STATE

#endif
