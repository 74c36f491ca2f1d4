/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* X.509 for a shop without an address on the internet: an authority of its own, which phones are
 * told to trust, and server certificates of it. */

#include "osy-certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "osy-clock.h"
#include "osy-crypto.h"

#define AUTHORITY_DAYS 3653
#define SERIAL_BITS 127
/* A device whose clock is a little slow still accepts what was made just now. */
#define SLACK_S 3600
#define DAY_S 86400

typedef EVP_PKEY PKey;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PKey, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE, X509_STORE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE_CTX, X509_STORE_CTX_free)

#define PERMITTED                                                                              \
  "critical,permitted;DNS:localhost,permitted;DNS:local,permitted;DNS:lan,permitted;DNS:home." \
  "arpa,permitted;DNS:internal,permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:172.16.0.0/"       \
  "255.240.0.0,permitted;IP:192.168.0.0/255.255.0.0,permitted;IP:169.254.0.0/255.255.0.0,"     \
  "permitted;IP:127.0.0.0/255.0.0.0,permitted;IP:fc00::/fe00::,permitted;IP:fe80::/ffc0::,"    \
  "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

void
osy_certificate_clear (OsyCertificate *self)
{
  if (self->key != NULL)
    osy_wipe (self->key, strlen (self->key));
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->certificate, g_free);
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "The certificate cannot be made.");
  return FALSE;
}

/* ---- PEM ---- */

static X509 *
read_certificate (const char *pem)
{
  g_autoptr (BIO) bio = pem ? BIO_new_mem_buf (pem, -1) : NULL;

  return bio ? PEM_read_bio_X509 (bio, NULL, NULL, NULL) : NULL;
}

static PKey *
read_key (const char *pem)
{
  g_autoptr (BIO) bio = pem ? BIO_new_mem_buf (pem, -1) : NULL;

  /* A pass phrase is never asked for: nobody is there. */
  return bio ? PEM_read_bio_PrivateKey (bio, NULL, NULL, (void *)"") : NULL;
}

static char *
text_of (BIO *bio)
{
  char *data = NULL;
  glong len = BIO_get_mem_data (bio, &data);

  return g_strndup (data, (gsize)len);
}

static gboolean
write_pem (X509 *certificate, PKey *key, OsyCertificate *ret, GError **error)
{
  g_autoptr (BIO) text = BIO_new (BIO_s_mem ());
  g_autoptr (BIO) secret = BIO_new (BIO_s_secmem ());

  if (text == NULL || secret == NULL || PEM_write_bio_X509 (text, certificate) != 1 ||
      PEM_write_bio_PrivateKey (secret, key, NULL, NULL, 0, NULL, NULL) != 1)
    return fail (error);
  ret->certificate = text_of (text);
  ret->key = text_of (secret);
  return TRUE;
}

/* ---- making ---- */

static gboolean
add_extension (X509 *self, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, issuer, self, NULL, NULL, 0);
  g_autoptr (X509_EXTENSION) extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  return extension != NULL && X509_add_ext (self, extension, -1) == 1;
}

static gboolean
set_serial (X509 *self)
{
  g_autoptr (BIGNUM) serial = BN_new ();

  return serial != NULL &&
         BN_rand (serial, SERIAL_BITS, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER (serial, X509_get_serialNumber (self)) != NULL;
}

static gboolean
set_name (X509 *self, const char *name)
{
  X509_NAME *subject = X509_get_subject_name (self);

  return X509_NAME_add_entry_by_txt (subject, "O", MBSTRING_UTF8, (const guchar *)"OrderSync", -1,
                                     -1, 0) == 1 &&
         X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guchar *)name, -1, -1,
                                     0) == 1;
}

/* Everything but issuer, extensions and signature. */
static X509 *
begin (const char *name, guint days, PKey *key)
{
  g_autoptr (X509) self = X509_new ();
  time_t now = (time_t)(osy_clock_now () / G_USEC_PER_SEC);

  if (self == NULL || X509_set_version (self, X509_VERSION_3) != 1 || !set_serial (self) ||
      !set_name (self, name) || X509_set_pubkey (self, key) != 1 ||
      ASN1_TIME_set (X509_getm_notBefore (self), now - SLACK_S) == NULL ||
      ASN1_TIME_set (X509_getm_notAfter (self), now + (time_t)days * DAY_S) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
finish (X509 *self, X509 *issuer, PKey *issuer_key)
{
  return X509_set_issuer_name (self, X509_get_subject_name (issuer)) == 1 &&
         add_extension (self, issuer, NID_subject_key_identifier, "hash") &&
         add_extension (self, issuer, NID_authority_key_identifier, "keyid:always") &&
         X509_sign (self, issuer_key, EVP_sha256 ()) > 0;
}

gboolean
osy_certificate_make_authority (const char *name,
                                const char *const *dns,
                                OsyCertificate *ret,
                                GError **error)
{
  g_autoptr (PKey) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) self = key ? begin (name, AUTHORITY_DAYS, key) : NULL;
  g_autoptr (GString) permitted = g_string_new (PERMITTED);

  for (gsize i = 0; dns != NULL && dns[i] != NULL; i++)
    g_string_append_printf (permitted, ",permitted;DNS:%s", dns[i]);
  if (self == NULL ||
      !add_extension (self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
      !add_extension (self, self, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension (self, self, NID_name_constraints, permitted->str) ||
      !finish (self, self, key))
    return fail (error);
  return write_pem (self, key, ret, error);
}

static char *
alternatives (const char *const *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%s%s:%s", i > 0 ? "," : "",
                            g_hostname_is_ip_address (names[i]) ? "IP" : "DNS", names[i]);
  return g_strdup (text->str);
}

/* What a browser will do: the chain, and the names that the authority may vouch for. */
static gboolean
check_chain (X509 *self, X509 *authority, GError **error)
{
  g_autoptr (X509_STORE) store = X509_STORE_new ();
  g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();

  if (store == NULL || context == NULL || X509_STORE_add_cert (store, authority) != 1 ||
      X509_STORE_CTX_init (context, store, self, NULL) != 1)
    return fail (error);
  X509_STORE_CTX_set_time (context, 0, (time_t)(osy_clock_now () / G_USEC_PER_SEC));
  if (X509_verify_cert (context) == 1)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "The shop's own authority cannot vouch for these names: %s.",
               X509_verify_cert_error_string (X509_STORE_CTX_get_error (context)));
  return FALSE;
}

gboolean
osy_certificate_issue (const OsyCertificate *authority,
                       const char *const *names,
                       guint days,
                       OsyCertificate *ret,
                       GError **error)
{
  g_autoptr (X509) issuer = read_certificate (authority->certificate);
  g_autoptr (PKey) issuer_key = read_key (authority->key);
  g_autoptr (PKey) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) self = key ? begin (names[0], days, key) : NULL;
  g_autofree char *list = alternatives (names);

  if (issuer == NULL || issuer_key == NULL || self == NULL ||
      !add_extension (self, issuer, NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension (self, issuer, NID_key_usage, "critical,digitalSignature") ||
      !add_extension (self, issuer, NID_ext_key_usage, "serverAuth") ||
      !add_extension (self, issuer, NID_subject_alt_name, list) ||
      !finish (self, issuer, issuer_key))
    return fail (error);
  return check_chain (self, issuer, error) && write_pem (self, key, ret, error);
}

/* ---- reading ---- */

char *
osy_certificate_fingerprint (const char *pem)
{
  g_autoptr (X509) self = read_certificate (pem);
  guchar digest[EVP_MAX_MD_SIZE];
  guint len = 0;
  GString *text;

  if (self == NULL || X509_digest (self, EVP_sha256 (), digest, &len) != 1)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < len; i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", digest[i]);
  return g_string_free (text, FALSE);
}

gboolean
osy_certificate_ends (const char *pem, gint64 *ret)
{
  g_autoptr (X509) self = read_certificate (pem);
  g_autoptr (GDateTime) time = NULL;
  struct tm tm = {0};

  if (self == NULL || ASN1_TIME_to_tm (X509_get0_notAfter (self), &tm) != 1)
    return FALSE;
  time = g_date_time_new_utc (tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
                              tm.tm_sec);
  if (time == NULL)
    return FALSE;
  *ret = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return TRUE;
}

gboolean
osy_certificate_is_for (const char *pem, const char *const *names)
{
  g_autoptr (X509) self = read_certificate (pem);

  if (self == NULL)
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_hostname_is_ip_address (names[i]) ? X509_check_ip_asc (self, names[i], 0) != 1
                                            : X509_check_host (self, names[i], 0, 0, NULL) != 1)
      return FALSE;
  return TRUE;
}

gboolean
osy_certificate_check_pair (const char *pem, const char *key_pem, GError **error)
{
  g_autoptr (X509) self = read_certificate (pem);
  g_autoptr (PKey) key = read_key (key_pem);

  if (self != NULL && key != NULL && X509_check_private_key (self, key) == 1)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s",
               self == NULL  ? "This is not a certificate (PEM)."
               : key == NULL ? "This is not a private key without a pass phrase (PEM)."
                             : "The key is not the certificate's.");
  return FALSE;
}
