/*
 * Answers every POST over TLS on loopback with the bytes of a file, as fast as it can: a thread for
 * each connection, which it keeps. GET is answered with the number of POSTs so far.
 *
 * Usage: TLSServer CERTIFICATE KEY ANSWER; prints the port.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static SSL_CTX *context;
static char answer[8192];
static int answer_size;
static atomic_long posts;

static void serve(SSL *ssl) {
    char in[65536], count[256];
    int have = 0;
    for (;;) {
        in[have] = 0;
        char *end = strstr(in, "\r\n\r\n");
        long body = 0;
        if (end) {
            char *length = strcasestr(in, "\r\nContent-Length:");
            if (length && length < end) body = strtol(length + 17, NULL, 10);
        }
        if (!end || have < end + 4 - in + body) {
            if (have == (int)sizeof in - 1) return;
            int got = SSL_read(ssl, in + have, (int)sizeof in - 1 - have);
            if (got <= 0) return;
            have += got;
            continue;
        }
        int used = (int)(end + 4 - in + body);
        int sent;
        if (memcmp(in, "POST / HTTP/1.1\r\n", 17) == 0 && body > 0) {
            atomic_fetch_add(&posts, 1);
            sent = SSL_write(ssl, answer, answer_size);
        } else {
            char number[32];
            int digits = snprintf(number, sizeof number, "%ld\n", atomic_load(&posts));
            int size = snprintf(count, sizeof count,
                "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", digits, number);
            sent = SSL_write(ssl, count, size);
        }
        if (sent <= 0) return;
        memmove(in, in + used, (size_t)(have - used));
        have -= used;
    }
}

static void *connection(void *number) {
    int fd = (int)(intptr_t)number, on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    SSL *ssl = SSL_new(context);
    SSL_set_fd(ssl, fd);
    if (SSL_accept(ssl) == 1) serve(ssl);
    SSL_free(ssl);
    close(fd);
    return NULL;
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    signal(SIGPIPE, SIG_IGN);
    static char body[4096];
    FILE *file = fopen(arguments[3], "r");
    if (!file) return 1;
    size_t size = fread(body, 1, sizeof body, file);
    fclose(file);
    answer_size = snprintf(answer, sizeof answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %zu\r\n"
        "x-amzn-RequestId: 7c1a9b9e-0000-4000-8000-000000000000\r\n\r\n%.*s",
        size, (int)size, body);
    context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_file(context, arguments[1], SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, arguments[2], SSL_FILETYPE_PEM) != 1) return 1;
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(listening, (struct sockaddr *)&address, length) || listen(listening, 128) ||
        getsockname(listening, (struct sockaddr *)&address, &length)) return 1;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int fd = accept(listening, NULL, NULL);
        pthread_t thread;
        if (fd < 0 || pthread_create(&thread, NULL, connection, (void *)(intptr_t)fd)) continue;
        pthread_detach(thread);
    }
}
