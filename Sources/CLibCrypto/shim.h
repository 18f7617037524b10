#ifndef GAARA_CLIBCRYPTO_H
#define GAARA_CLIBCRYPTO_H

// SHA256_Init, _Update and _Final have been marked deprecated since OpenSSL 3.0. They are used on
// purpose: they work on a structure of the caller, allocate nothing, look up no provider and so
// cannot fail, where SHA256() and EVP_Digest() may return NULL (SHA256_Init(3)).
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#endif
