/*
 * What libcurl does by itself: the same request again and again, on kept connections, each answer
 * compared with a file.
 *
 * Usage: Plain URL CAFILE ANSWER CONNECTIONS REQUESTS
 * Prints the median in nanoseconds and the requests in a second.
 */
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char body[] = "{\"SecretId\":\"gaara-store/production/database-url\"}";
static char expected[4096];
static size_t expected_size;
static char *url, *trust;
static int requests;
static long *times;

struct received { char bytes[4096]; size_t size; };

static size_t take(char *data, size_t size, size_t count, void *where) {
    struct received *in = where;
    size *= count;
    if (in->size + size > sizeof in->bytes) return 0;
    memcpy(in->bytes + in->size, data, size);
    in->size += size;
    return size;
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void *run(void *mine) {
    long *own = mine;
    struct received in;
    struct curl_slist *headers = NULL;
    const char *lines[] = {
        "X-Amz-Target: secretsmanager.GetSecretValue", "Content-Type: application/x-amz-json-1.1",
        "X-Amz-Date: 20261123T000000Z", "User-Agent: plain", "Accept:", "Expect:",
        "Authorization: AWS4-HMAC-SHA256 Credential=EXAMPLE/20261123/us-east-1/secretsmanager/"
        "aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
        "Signature=0000000000000000000000000000000000000000000000000000000000000000",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        headers = curl_slist_append(headers, lines[i]);
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_CAINFO, trust);
    curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &in);
    /* The first one connects and does not count. */
    for (int i = -1; i < requests; i++) {
        in.size = 0;
        long start = now(), status = 0;
        if (curl_easy_perform(easy) != CURLE_OK) exit(1);
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        if (status != 200 || in.size != expected_size || memcmp(in.bytes, expected, in.size))
            exit(1);
        if (i >= 0) own[i] = now() - start;
    }
    curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
    return NULL;
}

static int compare(const void *a, const void *b) {
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments) {
    if (count != 6) return 64;
    url = arguments[1];
    trust = arguments[2];
    FILE *file = fopen(arguments[3], "r");
    if (!file) return 1;
    expected_size = fread(expected, 1, sizeof expected, file);
    int connections = atoi(arguments[4]), total = atoi(arguments[5]);
    requests = total / connections;
    times = calloc((size_t)total, sizeof *times);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    pthread_t *threads = calloc((size_t)connections, sizeof *threads);
    long start = now();
    for (int i = 0; i < connections; i++)
        pthread_create(&threads[i], NULL, run, times + (long)i * requests);
    for (int i = 0; i < connections; i++) pthread_join(threads[i], NULL);
    double seconds = (double)(now() - start) / 1e9;
    qsort(times, (size_t)(connections * requests), sizeof *times, compare);
    printf("%ld %.0f\n", times[connections * requests / 2], connections * requests / seconds);
    return 0;
}
