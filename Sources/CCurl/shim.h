#ifndef GAARA_CCURL_H
#define GAARA_CCURL_H

#include <curl/curl.h>
#include <stdint.h>

/*
 * Swift imports no variadic function, so curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt
 * are out of its reach. There is one wrapper here for each type that an option takes: the compiler
 * then checks what a variadic call would not, which libcurl answers with a crash at best.
 */

/* Options documented as "long": a Swift Int32 passed through `...` would be read as 64 bits. */
static inline CURLcode gaara_easy_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

/* Options documented as "curl_off_t" (the _LARGE ones). */
static inline CURLcode gaara_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/* Options documented as "char *" which libcurl copies; NULL takes the option back. */
static inline CURLcode gaara_easy_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/* Options documented as "void *", or "char *" that libcurl does not copy: what it points to must
 * outlive the transfer. */
static inline CURLcode gaara_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

/* CURLOPT_HTTPHEADER: the list is not copied and must outlive the transfer. */
static inline CURLcode gaara_easy_set_headers(CURL *easy, struct curl_slist *list) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}

/* CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, which share one signature. */
static inline CURLcode gaara_easy_set_receiver(
    CURL *easy, CURLoption option, curl_write_callback function) {
    return curl_easy_setopt(easy, option, function);
}

/* CURLOPT_OPENSOCKETFUNCTION: runs instead of socket(2), with the address to connect to. */
static inline CURLcode gaara_easy_set_opensocket(CURL *easy, curl_opensocket_callback function) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
}

/* CURLOPT_RESOLVE: the list is not copied and must outlive the transfer. */
static inline CURLcode gaara_easy_set_resolve(CURL *easy, struct curl_slist *list) {
    return curl_easy_setopt(easy, CURLOPT_RESOLVE, list);
}

/* CURLOPT_PREREQFUNCTION (7.80.0): runs when the connection stands and nothing is sent yet. */
static inline CURLcode gaara_easy_set_before_request(CURL *easy, curl_prereq_callback function) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, function);
}

/* CURLOPT_PRIVATE holds a number of ours, to know a handle again when it is done. */
static inline CURLcode gaara_easy_set_identifier(CURL *easy, uintptr_t identifier) {
    return curl_easy_setopt(easy, CURLOPT_PRIVATE, (void *)identifier);
}

static inline uintptr_t gaara_easy_identifier(CURL *easy) {
    void *identifier = NULL;
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, &identifier) == CURLE_OK
        ? (uintptr_t)identifier : 0;
}

/* CURLINFO_RESPONSE_CODE; 0 when there was no answer. */
static inline long gaara_easy_status(CURL *easy) {
    long status = 0;
    return curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

#endif
