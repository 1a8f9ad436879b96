/* The hip sensor protocol 1.0 (PROTOCOL.md): structs to bytes and back, both directions.
 *
 * C99, no allocation, no state, no platform headers: copy hip_codec.h and hip_codec.c into any firmware.
 * Encoders return how many bytes they wrote, 0 where these do not fit or the values are none the protocol knows.
 * Decoders read no byte beyond `length`, and write their result only where they return true (or HIP_DONE).
 */
#ifndef HIP_CODEC_H
#define HIP_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HIP_SERVICE_UUID "10625c03-0001-4abf-9d4c-327cfef8b2d6"
#define HIP_DATA_UUID "10625c03-0002-4abf-9d4c-327cfef8b2d6"
#define HIP_CONTROL_UUID "10625c03-0003-4abf-9d4c-327cfef8b2d6"
#define HIP_INFO_UUID "10625c03-0004-4abf-9d4c-327cfef8b2d6"
#define HIP_SYNC_UUID "10625c03-0005-4abf-9d4c-327cfef8b2d6"

enum { HIP_MAJOR = 1, HIP_MINOR = 0 };

enum { /* lengths in bytes */
    HIP_INFO_BYTES = 32,
    HIP_HEADER_BYTES = 16,
    HIP_ATT_OVERHEAD = 3,
    HIP_COMMAND_BYTES = 11, /* the longest command */
    HIP_ACK_BYTES = 3,
    HIP_BACKFILL_DONE_BYTES = 11,
    HIP_SYNC_ASK_BYTES = 4,
    HIP_SYNC_ANSWER_BYTES = 12
};

enum hip_kind { HIP_LIVE = 1, HIP_BACKFILL = 2, HIP_SLOW_BACKFILL = 3 };

enum { HIP_ACC_CLIPPED = 1, HIP_GYR_CLIPPED = 2, HIP_BATTERY_LOW = 4, HIP_LIVE_DROPPED = 8 }; /* data status */

enum { HIP_HAS_VIBRATION = 1, HIP_IS_STREAMING = 2 }; /* info flags */

enum hip_op {
    HIP_START = 0x01,
    HIP_STOP = 0x02,
    HIP_SET_RATE = 0x03,
    HIP_SET_RANGES = 0x04,
    HIP_BEGIN_BACKFILL = 0x05,
    HIP_CANCEL_BACKFILL = 0x06,
    HIP_VIBRATE = 0x07,
    HIP_ANSWER_BIT = 0x80,
    HIP_BACKFILL_DONE = 0xF0
};

enum hip_answer {
    HIP_DONE = 0,
    HIP_UNKNOWN_OP = 1,
    HIP_WRONG_LENGTH = 2,
    HIP_NOT_POSSIBLE = 3,
    HIP_NOT_NOW = 4,
    HIP_MTU_TOO_SMALL = 5
};

typedef struct hip_info {
    uint8_t major, minor;
    uint16_t stream;  /* never 0 */
    uint32_t boot_id;
    uint32_t tick_hz;
    uint32_t rate_mhz;
    uint16_t acc_range_g;
    uint16_t gyr_range_dps; /* 0 = no gyroscope */
    uint32_t ring_samples;
    uint32_t slow_ring_samples;
    uint16_t slow_rate_cmhz; /* mHz / 10: 2500 is 25 Hz */
    uint8_t most_samples;
    uint8_t flags;
} hip_info;

typedef struct hip_header {
    uint8_t kind;
    uint8_t n;
    uint16_t sequence;
    uint16_t stream;
    uint16_t status;
    uint32_t first_index;
    uint32_t first_tick;
} hip_header;

typedef struct hip_command { /* only the arguments of its op mean anything; the others are 0 */
    uint8_t op;
    uint8_t request;
    uint32_t rate_mhz;                   /* SET_RATE */
    uint16_t acc_range_g, gyr_range_dps; /* SET_RANGES */
    uint8_t kind;                        /* BACKFILL */
    uint32_t first, count;               /* BACKFILL */
    uint8_t pattern, strength_percent;   /* VIBRATE */
} hip_command;

typedef struct hip_ack {
    uint8_t op; /* without the answer's bit */
    uint8_t request;
    uint8_t status;
} hip_ack;

typedef struct hip_backfill_done {
    uint8_t request;
    uint8_t kind;
    uint32_t first, count;
} hip_backfill_done;

typedef struct hip_sync_answer {
    uint32_t nonce;
    uint32_t received_tick;
    uint32_t answered_tick;
} hip_sync_answer;

/* -- info -------------------------------------------------------------------------------------------------------- */
size_t hip_encode_info(const hip_info *info, uint8_t *out, size_t capacity);
/* False for another major, for fewer than 32 bytes, and for facts that contradict themselves. */
bool hip_decode_info(const uint8_t *bytes, size_t length, hip_info *info);

/* -- data -------------------------------------------------------------------------------------------------------- */
/* int16 numbers of one sample: 6 (acc x y z, gyro x y z) or 3 (acc x y z). */
size_t hip_axes(uint8_t kind, bool has_gyroscope);
/* How many samples fit into one notification; 0 where not even one does: answer START with HIP_MTU_TOO_SMALL. */
uint8_t hip_most_samples(uint16_t att_mtu, uint8_t kind, bool has_gyroscope);
/* The clipping bits of a packet's status, from its samples. */
uint16_t hip_clipping(const int16_t *counts, size_t n, size_t axes);
/* `counts`: header->n rows of hip_axes numbers. */
size_t hip_encode_data(const hip_header *header, bool has_gyroscope, const int16_t *counts, uint8_t *out, size_t capacity);
/* `counts` has room for `most_counts` numbers; a packet with more of them is refused, as is one of a wrong length. */
bool hip_decode_data(const uint8_t *bytes, size_t length, bool has_gyroscope, hip_header *header, int16_t *counts,
                     size_t most_counts);

/* -- control ----------------------------------------------------------------------------------------------------- */
size_t hip_encode_command(const hip_command *command, uint8_t *out, size_t capacity);
/* HIP_DONE, or what to answer: HIP_UNKNOWN_OP, HIP_WRONG_LENGTH. Op and request are filled in either way, as far as
 * they were written; to an empty write (HIP_WRONG_LENGTH, op 0) there is no answer. */
enum hip_answer hip_decode_command(const uint8_t *bytes, size_t length, hip_command *command);
size_t hip_encode_ack(const hip_ack *ack, uint8_t *out, size_t capacity);
bool hip_decode_ack(const uint8_t *bytes, size_t length, hip_ack *ack);
size_t hip_encode_backfill_done(const hip_backfill_done *done, uint8_t *out, size_t capacity);
bool hip_decode_backfill_done(const uint8_t *bytes, size_t length, hip_backfill_done *done);

/* -- time sync --------------------------------------------------------------------------------------------------- */
size_t hip_encode_sync_ask(uint32_t nonce, uint8_t *out, size_t capacity);
bool hip_decode_sync_ask(const uint8_t *bytes, size_t length, uint32_t *nonce);
size_t hip_encode_sync_answer(const hip_sync_answer *answer, uint8_t *out, size_t capacity);
bool hip_decode_sync_answer(const uint8_t *bytes, size_t length, hip_sync_answer *answer);

#ifdef __cplusplus
}
#endif
#endif
