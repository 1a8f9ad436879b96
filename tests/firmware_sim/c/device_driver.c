/* Runs hip_device over stdin and stdout, a line a call, so that tests can hold it beside the simulated sensor.
 *
 *   boot tag boot_id ring slow_ring most_behind     take tick c c c c c c     battery 0|1
 *   link mtu     unlink     write hexadecimal fresh_tag     info     due and_backfill most
 *
 * Prints what there is to send, as channel:hexadecimal words, and an end of line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hip_device.h"

static hip_device device;

static long long number(void) {
    const char *const word = strtok(NULL, " \n");
    if (!word) exit(3);
    return strtoll(word, NULL, 10);
}

static void print_message(const char *channel, const uint8_t *bytes, size_t length) {
    size_t i;
    printf("%s:", channel);
    for (i = 0; i < length; i++) printf("%02x", bytes[i]);
    printf(" ");
}

static void boot(void) {
    const hip_device none = {0};
    const uint16_t tag = (uint16_t)number();
    free(device.full);
    free(device.slow);
    device = none;
    device.info.boot_id = (uint32_t)number();
    device.info.ring_samples = (uint32_t)number();
    device.info.slow_ring_samples = (uint32_t)number();
    device.most_behind = (uint16_t)number();
    device.info.tick_hz = 1000;
    device.info.rate_mhz = 100000;
    device.info.acc_range_g = 8;
    device.info.gyr_range_dps = 1000;
    device.info.slow_rate_cmhz = 2500;
    device.every = 4;
    device.live_samples = 8;
    device.full = malloc(device.info.ring_samples * sizeof *device.full);
    device.slow = malloc(device.info.slow_ring_samples * sizeof *device.slow);
    if (!device.full || !device.slow) exit(2);
    hip_device_begin_stream(&device, tag);
}

static void take(void) {
    const uint32_t tick = (uint32_t)number();
    int16_t counts[6];
    int axis;
    for (axis = 0; axis < 6; axis++) counts[axis] = (int16_t)number();
    hip_device_take(&device, counts, tick);
}

static void written(void) {
    const char *const hex = strtok(NULL, " \n");
    const uint16_t fresh_tag = (uint16_t)number();
    const size_t length = hex[0] == '-' ? 0 : strlen(hex) / 2;
    uint8_t *const bytes = malloc(length);
    uint8_t out[HIP_ACK_BYTES];
    size_t i;
    for (i = 0; i < length; i++) {
        const char pair[3] = {hex[2 * i], hex[2 * i + 1], 0};
        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    i = hip_device_answer(&device, bytes, length, fresh_tag, out, sizeof out);
    if (i) print_message("control", out, i);
    free(bytes);
}

static void due(void) {
    const bool and_backfill = number() != 0;
    long long left = number();
    uint8_t *const out = malloc(HIP_PACKET_BYTES);
    enum hip_channel channel;
    size_t length;
    while (left-- > 0 && (length = hip_device_next(&device, and_backfill, &channel, out, HIP_PACKET_BYTES)) > 0)
        print_message(channel == HIP_DATA ? "data" : "control", out, length);
    free(out);
}

static void show_info(void) {
    uint8_t out[HIP_INFO_BYTES];
    print_message("info", out, hip_device_info(&device, out, sizeof out));
}

int main(void) {
    static char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        const char *const verb = strtok(line, " \n");
        if (!verb) return 4;
        if (!strcmp(verb, "boot")) boot();
        if (!strcmp(verb, "take")) take();
        if (!strcmp(verb, "battery")) device.status = number() ? HIP_BATTERY_LOW : 0;
        if (!strcmp(verb, "link")) hip_device_link(&device, (uint16_t)number());
        if (!strcmp(verb, "unlink")) hip_device_unlink(&device);
        if (!strcmp(verb, "write")) written();
        if (!strcmp(verb, "due")) due();
        if (!strcmp(verb, "info")) show_info();
        puts("");
        fflush(stdout);
    }
    free(device.full);
    free(device.slow);
    return 0;
}
