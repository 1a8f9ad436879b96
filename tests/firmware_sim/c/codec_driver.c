/* Speaks hip_codec over stdin and stdout, a line a call, so that tests can hold it against the host's codec.
 *
 *   + verb capacity numbers...     encode into exactly `capacity` bytes of heap; prints hexadecimal, or - for nothing
 *   - verb hexadecimal numbers...  decode from exactly that many bytes of heap (- = none); prints numbers, or refused
 *
 * Buffers have exactly the length that the codec is told, so that a sanitiser sees the first byte too far.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hip_codec.h"

enum { MOST_NUMBERS = 2048, LINE_BYTES = 32768 };

static long long numbers[MOST_NUMBERS];
static size_t given;

static void *exactly(size_t bytes) {
    void *const room = malloc(bytes);
    if (!room && bytes) exit(2);
    return room;
}

static void read_numbers(void) {
    const char *word;
    given = 0;
    while ((word = strtok(NULL, " \n")) && given < MOST_NUMBERS) numbers[given++] = strtoll(word, NULL, 10);
}

static size_t encode_data(uint8_t *out, size_t capacity) {
    const hip_header header = {(uint8_t)numbers[1],  (uint8_t)numbers[2],  (uint16_t)numbers[3], (uint16_t)numbers[4],
                               (uint16_t)numbers[5], (uint32_t)numbers[6], (uint32_t)numbers[7]};
    const size_t counted = given - 8;
    int16_t *const counts = exactly(counted * sizeof *counts);
    size_t i, length;
    for (i = 0; i < counted; i++) counts[i] = (int16_t)numbers[8 + i];
    length = hip_encode_data(&header, numbers[0] != 0, counts, out, capacity);
    free(counts);
    return length;
}

static size_t encode(const char *verb, uint8_t *out, size_t capacity) {
    const long long *v = numbers;
    if (!strcmp(verb, "info")) {
        const hip_info info = {(uint8_t)v[0],   (uint8_t)v[1],   (uint16_t)v[2], (uint32_t)v[3],  (uint32_t)v[4],
                               (uint32_t)v[5],  (uint16_t)v[6],  (uint16_t)v[7], (uint32_t)v[8],  (uint32_t)v[9],
                               (uint16_t)v[10], (uint8_t)v[11],  (uint8_t)v[12]};
        return hip_encode_info(&info, out, capacity);
    }
    if (!strcmp(verb, "data")) return encode_data(out, capacity);
    if (!strcmp(verb, "command")) {
        const hip_command command = {(uint8_t)v[0], (uint8_t)v[1],  (uint32_t)v[2], (uint16_t)v[3], (uint16_t)v[4],
                                     (uint8_t)v[5], (uint32_t)v[6], (uint32_t)v[7], (uint8_t)v[8],  (uint8_t)v[9]};
        return hip_encode_command(&command, out, capacity);
    }
    if (!strcmp(verb, "ack")) {
        const hip_ack ack = {(uint8_t)v[0], (uint8_t)v[1], (uint8_t)v[2]};
        return hip_encode_ack(&ack, out, capacity);
    }
    if (!strcmp(verb, "done")) {
        const hip_backfill_done done = {(uint8_t)v[0], (uint8_t)v[1], (uint32_t)v[2], (uint32_t)v[3]};
        return hip_encode_backfill_done(&done, out, capacity);
    }
    if (!strcmp(verb, "ask")) return hip_encode_sync_ask((uint32_t)v[0], out, capacity);
    if (!strcmp(verb, "answer")) {
        const hip_sync_answer answer = {(uint32_t)v[0], (uint32_t)v[1], (uint32_t)v[2]};
        return hip_encode_sync_answer(&answer, out, capacity);
    }
    exit(3);
}

static void decode_data(const uint8_t *bytes, size_t length) {
    const size_t room = (size_t)numbers[1];
    hip_header h;
    int16_t *const counts = exactly(room * sizeof *counts);
    if (hip_decode_data(bytes, length, numbers[0] != 0, &h, counts, room)) {
        const size_t axes = hip_axes(h.kind, numbers[0] != 0);
        size_t i;
        printf("%u %u %u %u %u %" PRIu32 " %" PRIu32 " %u", h.kind, h.n, h.sequence, h.stream, h.status, h.first_index,
               h.first_tick, hip_clipping(counts, h.n, axes));
        for (i = 0; i < h.n * axes; i++) printf(" %d", counts[i]);
    } else {
        printf("refused");
    }
    free(counts);
}

static void decode_command(const uint8_t *bytes, size_t length) {
    hip_command c;
    const int answer = (int)hip_decode_command(bytes, length, &c);
    printf("%d %u %u %" PRIu32 " %u %u %u %" PRIu32 " %" PRIu32 " %u %u", answer, c.op, c.request, c.rate_mhz,
           c.acc_range_g, c.gyr_range_dps, c.kind, c.first, c.count, c.pattern, c.strength_percent);
}

static bool decode_short(const char *verb, const uint8_t *bytes, size_t length) {
    hip_ack ack;
    hip_backfill_done done;
    hip_sync_answer answer;
    uint32_t nonce;
    if (!strcmp(verb, "ack") && hip_decode_ack(bytes, length, &ack)) {
        return printf("%u %u %u", ack.op, ack.request, ack.status) > 0;
    }
    if (!strcmp(verb, "done") && hip_decode_backfill_done(bytes, length, &done)) {
        return printf("%u %u %" PRIu32 " %" PRIu32, done.request, done.kind, done.first, done.count) > 0;
    }
    if (!strcmp(verb, "ask") && hip_decode_sync_ask(bytes, length, &nonce)) return printf("%" PRIu32, nonce) > 0;
    if (!strcmp(verb, "answer") && hip_decode_sync_answer(bytes, length, &answer)) {
        return printf("%" PRIu32 " %" PRIu32 " %" PRIu32, answer.nonce, answer.received_tick, answer.answered_tick) > 0;
    }
    return false;
}

static bool decode_info(const uint8_t *bytes, size_t length) {
    hip_info i;
    if (!hip_decode_info(bytes, length, &i)) return false;
    return printf("%u %u %u %" PRIu32 " %" PRIu32 " %" PRIu32 " %u %u %" PRIu32 " %" PRIu32 " %u %u %u", i.major, i.minor,
                  i.stream, i.boot_id, i.tick_hz, i.rate_mhz, i.acc_range_g, i.gyr_range_dps, i.ring_samples,
                  i.slow_ring_samples, i.slow_rate_cmhz, i.most_samples, i.flags) > 0;
}

static void decode_line(const char *verb, const char *hex) {
    const size_t length = hex[0] == '-' ? 0 : strlen(hex) / 2;
    uint8_t *const bytes = exactly(length);
    size_t i;
    for (i = 0; i < length; i++) {
        const char pair[3] = {hex[2 * i], hex[2 * i + 1], 0};
        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    if (!strcmp(verb, "data")) {
        decode_data(bytes, length);
    } else if (!strcmp(verb, "command")) {
        decode_command(bytes, length);
    } else if (!(strcmp(verb, "info") ? decode_short(verb, bytes, length) : decode_info(bytes, length))) {
        printf("refused");
    }
    free(bytes);
}

static void encode_line(const char *verb, size_t capacity) {
    uint8_t *const out = exactly(capacity);
    const size_t length = encode(verb, out, capacity);
    size_t i;
    for (i = 0; i < length; i++) printf("%02x", out[i]);
    if (!length) printf("-");
    free(out);
}

int main(void) {
    static char line[LINE_BYTES];
    while (fgets(line, sizeof line, stdin)) {
        const char *const way = strtok(line, " \n");
        const char *const verb = strtok(NULL, " \n");
        const char *const first = strtok(NULL, " \n");
        if (!way || !verb || !first) return 4;
        read_numbers();
        if (!strcmp(way, "most")) { /* most MTU kind has_gyroscope */
            printf("%u", hip_most_samples((uint16_t)strtoul(verb, NULL, 10), (uint8_t)strtoul(first, NULL, 10),
                                          numbers[0] != 0));
        } else if (!strcmp(way, "+")) {
            encode_line(verb, strtoul(first, NULL, 10));
        } else {
            decode_line(verb, first);
        }
        puts("");
        fflush(stdout);
    }
    return 0;
}
