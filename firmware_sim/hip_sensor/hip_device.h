/* What a hip sensor does, without its radio and its IMU: sample memory, commands, live data and backfill (PROTOCOL.md).
 *
 * C99, no allocation, no clock, no platform headers. A firmware feeds it samples, links and writes, and sends what
 * hip_device_next and hip_device_answer hand out. It has one rate and one pair of ranges, and no motor. Calls from
 * several tasks need a lock around each.
 */
#ifndef HIP_DEVICE_H
#define HIP_DEVICE_H

#include "hip_codec.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    HIP_PACKET_NUMBERS = 120, /* most int16 in a packet: 20 samples of six axes, or 40 of three */
    HIP_PACKET_BYTES = HIP_HEADER_BYTES + 2 * HIP_PACKET_NUMBERS
};

typedef struct hip_sample {
    int16_t counts[6];
    uint32_t tick;
} hip_sample;

typedef struct hip_slow_sample {
    int16_t counts[3];
    uint32_t tick;
} hip_slow_sample;

typedef struct hip_device {
    /* Set before hip_device_begin_stream; most_samples and flags of info are filled in when it is read. */
    hip_info info;
    hip_sample *full;      /* info.ring_samples of them */
    hip_slow_sample *slow; /* info.slow_ring_samples of them */
    uint8_t every;         /* the slow memory keeps each so many-th sample */
    uint8_t live_samples;  /* in a live packet */
    uint16_t most_behind;  /* samples that live data may be late before packets are dropped; less than ring_samples */
    uint16_t status;       /* HIP_BATTERY_LOW, or 0: goes into every packet */

    /* Its own. */
    uint32_t taken, slow_taken;
    uint16_t mtu; /* 0 = no host is connected */
    bool live, live_dropped;
    uint8_t batch;
    uint16_t live_sequence;
    uint32_t live_next;
    bool filling;
    hip_command wanted;
    uint32_t fill_end, fill_from;
    uint16_t fill_sequence[2]; /* full, slow; one boot's */
} hip_device;

enum hip_channel { HIP_NOTHING, HIP_DATA, HIP_CONTROL };

/* Samples count from 0 again and memory is empty: at boot, and after an accepted change. */
void hip_device_begin_stream(hip_device *device, uint16_t tag);
/* One sample of acc x y z, gyro x y z in counts, with the tick of its data-ready edge. */
void hip_device_take(hip_device *device, const int16_t counts[6], uint32_t tick);

/* A host is connected, or agreed on another MTU. */
void hip_device_link(hip_device *device, uint16_t att_mtu);
void hip_device_unlink(hip_device *device);

/* The value of Info: its length, 32. */
size_t hip_device_info(const hip_device *device, uint8_t *out, size_t capacity);
/* Do what was written to Control; the answer to indicate, or 0 where there is none. `fresh_tag`: any random number. */
size_t hip_device_answer(hip_device *device, const uint8_t *written, size_t length, uint16_t fresh_tag, uint8_t *out,
                         size_t capacity);
/* The next message that is due, live data first; 0 and HIP_NOTHING where none is. `and_backfill`: there is room for it. */
size_t hip_device_next(hip_device *device, bool and_backfill, enum hip_channel *channel, uint8_t *out, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
