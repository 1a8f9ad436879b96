/* See hip_codec.h. Every number goes byte by byte, so neither byte order nor alignment of the processor matters. */
#include "hip_codec.h"

static void put16(uint8_t *out, uint16_t value) {
    out[0] = (uint8_t)(value & 0xFFu);
    out[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *out, uint32_t value) {
    put16(out, (uint16_t)(value & 0xFFFFu));
    put16(out + 2, (uint16_t)(value >> 16));
}

static uint16_t get16(const uint8_t *bytes) { return (uint16_t)(bytes[0] | ((uint16_t)bytes[1] << 8)); }

static uint32_t get32(const uint8_t *bytes) { return get16(bytes) | ((uint32_t)get16(bytes + 2) << 16); }

static int16_t get_count(const uint8_t *bytes) { /* two's complement, without leaning on the compiler's choice */
    const uint16_t value = get16(bytes);
    return value < 0x8000u ? (int16_t)value : (int16_t)((int32_t)value - 0x10000);
}

/* -- info -------------------------------------------------------------------------------------------------------- */

size_t hip_encode_info(const hip_info *info, uint8_t *out, size_t capacity) {
    if (capacity < HIP_INFO_BYTES) return 0;
    out[0] = info->major;
    out[1] = info->minor;
    put16(out + 2, info->stream);
    put32(out + 4, info->boot_id);
    put32(out + 8, info->tick_hz);
    put32(out + 12, info->rate_mhz);
    put16(out + 16, info->acc_range_g);
    put16(out + 18, info->gyr_range_dps);
    put32(out + 20, info->ring_samples);
    put32(out + 24, info->slow_ring_samples);
    put16(out + 28, info->slow_rate_cmhz);
    out[30] = info->most_samples;
    out[31] = info->flags;
    return HIP_INFO_BYTES;
}

bool hip_decode_info(const uint8_t *bytes, size_t length, hip_info *info) {
    hip_info read;
    if (length < HIP_INFO_BYTES || bytes[0] != HIP_MAJOR) return false; /* a later minor may append */
    read.major = bytes[0];
    read.minor = bytes[1];
    read.stream = get16(bytes + 2);
    read.boot_id = get32(bytes + 4);
    read.tick_hz = get32(bytes + 8);
    read.rate_mhz = get32(bytes + 12);
    read.acc_range_g = get16(bytes + 16);
    read.gyr_range_dps = get16(bytes + 18);
    read.ring_samples = get32(bytes + 20);
    read.slow_ring_samples = get32(bytes + 24);
    read.slow_rate_cmhz = get16(bytes + 28);
    read.most_samples = bytes[30];
    read.flags = bytes[31];
    if (!read.stream || read.tick_hz < 1000 || read.rate_mhz < 1000 || read.rate_mhz > 2000000 || !read.acc_range_g)
        return false;
    *info = read;
    return true;
}

/* -- data -------------------------------------------------------------------------------------------------------- */

static bool is_kind(uint8_t kind) { return kind == HIP_LIVE || kind == HIP_BACKFILL || kind == HIP_SLOW_BACKFILL; }

size_t hip_axes(uint8_t kind, bool has_gyroscope) { return has_gyroscope && kind != HIP_SLOW_BACKFILL ? 6 : 3; }

uint8_t hip_most_samples(uint16_t att_mtu, uint8_t kind, bool has_gyroscope) {
    const size_t around = HIP_ATT_OVERHEAD + HIP_HEADER_BYTES;
    const size_t fits = att_mtu < around ? 0 : (att_mtu - around) / (2 * hip_axes(kind, has_gyroscope));
    return fits > 255 ? 255 : (uint8_t)fits;
}

static bool is_clipped(int16_t count) { return count == INT16_MIN || count == INT16_MAX; }

uint16_t hip_clipping(const int16_t *counts, size_t n, size_t axes) {
    unsigned status = 0;
    size_t i;
    for (i = 0; i < n * axes; i++) {
        if (is_clipped(counts[i])) status |= i % axes < 3 ? HIP_ACC_CLIPPED : HIP_GYR_CLIPPED;
    }
    return (uint16_t)status;
}

size_t hip_encode_data(const hip_header *header, bool has_gyroscope, const int16_t *counts, uint8_t *out,
                       size_t capacity) {
    const size_t numbers = header->n * hip_axes(header->kind, has_gyroscope);
    size_t i;
    if (!is_kind(header->kind) || !header->n || capacity < HIP_HEADER_BYTES + 2 * numbers) return 0;
    out[0] = header->kind;
    out[1] = header->n;
    put16(out + 2, header->sequence);
    put16(out + 4, header->stream);
    put16(out + 6, header->status);
    put32(out + 8, header->first_index);
    put32(out + 12, header->first_tick);
    for (i = 0; i < numbers; i++) put16(out + HIP_HEADER_BYTES + 2 * i, (uint16_t)counts[i]);
    return HIP_HEADER_BYTES + 2 * numbers;
}

bool hip_decode_data(const uint8_t *bytes, size_t length, bool has_gyroscope, hip_header *header, int16_t *counts,
                     size_t most_counts) {
    size_t numbers, i;
    if (length < HIP_HEADER_BYTES || !is_kind(bytes[0]) || !bytes[1]) return false;
    numbers = bytes[1] * hip_axes(bytes[0], has_gyroscope);
    if (length != HIP_HEADER_BYTES + 2 * numbers || numbers > most_counts) return false;
    header->kind = bytes[0];
    header->n = bytes[1];
    header->sequence = get16(bytes + 2);
    header->stream = get16(bytes + 4);
    header->status = get16(bytes + 6);
    header->first_index = get32(bytes + 8);
    header->first_tick = get32(bytes + 12);
    for (i = 0; i < numbers; i++) counts[i] = get_count(bytes + HIP_HEADER_BYTES + 2 * i);
    return true;
}

/* -- control ----------------------------------------------------------------------------------------------------- */

enum { COMMAND_HEAD_BYTES = 2, NO_SUCH_OP = 255 };

static size_t argument_bytes(uint8_t op) {
    switch (op) {
        case HIP_START:
        case HIP_STOP:
        case HIP_CANCEL_BACKFILL: return 0;
        case HIP_SET_RATE:
        case HIP_SET_RANGES: return 4;
        case HIP_BEGIN_BACKFILL: return 9;
        case HIP_VIBRATE: return 2;
        default: return NO_SUCH_OP;
    }
}

size_t hip_encode_command(const hip_command *command, uint8_t *out, size_t capacity) {
    const size_t arguments = argument_bytes(command->op);
    uint8_t *const to = out + COMMAND_HEAD_BYTES;
    if (arguments == NO_SUCH_OP || capacity < COMMAND_HEAD_BYTES + arguments) return 0;
    out[0] = command->op;
    out[1] = command->request;
    if (command->op == HIP_SET_RATE) put32(to, command->rate_mhz);
    if (command->op == HIP_SET_RANGES) {
        put16(to, command->acc_range_g);
        put16(to + 2, command->gyr_range_dps);
    }
    if (command->op == HIP_BEGIN_BACKFILL) {
        to[0] = command->kind;
        put32(to + 1, command->first);
        put32(to + 5, command->count);
    }
    if (command->op == HIP_VIBRATE) {
        to[0] = command->pattern;
        to[1] = command->strength_percent;
    }
    return COMMAND_HEAD_BYTES + arguments;
}

enum hip_answer hip_decode_command(const uint8_t *bytes, size_t length, hip_command *command) {
    const hip_command nothing = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    const uint8_t *from;
    *command = nothing;
    if (length > 0) command->op = bytes[0];
    if (length > 1) command->request = bytes[1];
    if (length < COMMAND_HEAD_BYTES) return HIP_WRONG_LENGTH;
    if (argument_bytes(command->op) == NO_SUCH_OP) return HIP_UNKNOWN_OP;
    if (length != COMMAND_HEAD_BYTES + argument_bytes(command->op)) return HIP_WRONG_LENGTH;
    from = bytes + COMMAND_HEAD_BYTES;
    if (command->op == HIP_SET_RATE) command->rate_mhz = get32(from);
    if (command->op == HIP_SET_RANGES) {
        command->acc_range_g = get16(from);
        command->gyr_range_dps = get16(from + 2);
    }
    if (command->op == HIP_BEGIN_BACKFILL) {
        command->kind = from[0];
        command->first = get32(from + 1);
        command->count = get32(from + 5);
    }
    if (command->op == HIP_VIBRATE) {
        command->pattern = from[0];
        command->strength_percent = from[1];
    }
    return HIP_DONE;
}

size_t hip_encode_ack(const hip_ack *ack, uint8_t *out, size_t capacity) {
    if (capacity < HIP_ACK_BYTES) return 0;
    out[0] = (uint8_t)(ack->op | HIP_ANSWER_BIT);
    out[1] = ack->request;
    out[2] = ack->status;
    return HIP_ACK_BYTES;
}

bool hip_decode_ack(const uint8_t *bytes, size_t length, hip_ack *ack) {
    if (length != HIP_ACK_BYTES || !(bytes[0] & HIP_ANSWER_BIT)) return false;
    ack->op = (uint8_t)(bytes[0] & ~HIP_ANSWER_BIT);
    ack->request = bytes[1];
    ack->status = bytes[2];
    return true;
}

size_t hip_encode_backfill_done(const hip_backfill_done *done, uint8_t *out, size_t capacity) {
    if (capacity < HIP_BACKFILL_DONE_BYTES) return 0;
    out[0] = HIP_BACKFILL_DONE;
    out[1] = done->request;
    out[2] = done->kind;
    put32(out + 3, done->first);
    put32(out + 7, done->count);
    return HIP_BACKFILL_DONE_BYTES;
}

bool hip_decode_backfill_done(const uint8_t *bytes, size_t length, hip_backfill_done *done) {
    if (length != HIP_BACKFILL_DONE_BYTES || bytes[0] != HIP_BACKFILL_DONE) return false;
    done->request = bytes[1];
    done->kind = bytes[2];
    done->first = get32(bytes + 3);
    done->count = get32(bytes + 7);
    return true;
}

/* -- time sync --------------------------------------------------------------------------------------------------- */

size_t hip_encode_sync_ask(uint32_t nonce, uint8_t *out, size_t capacity) {
    if (capacity < HIP_SYNC_ASK_BYTES) return 0;
    put32(out, nonce);
    return HIP_SYNC_ASK_BYTES;
}

bool hip_decode_sync_ask(const uint8_t *bytes, size_t length, uint32_t *nonce) {
    if (length != HIP_SYNC_ASK_BYTES) return false;
    *nonce = get32(bytes);
    return true;
}

size_t hip_encode_sync_answer(const hip_sync_answer *answer, uint8_t *out, size_t capacity) {
    if (capacity < HIP_SYNC_ANSWER_BYTES) return 0;
    put32(out, answer->nonce);
    put32(out + 4, answer->received_tick);
    put32(out + 8, answer->answered_tick);
    return HIP_SYNC_ANSWER_BYTES;
}

bool hip_decode_sync_answer(const uint8_t *bytes, size_t length, hip_sync_answer *answer) {
    if (length != HIP_SYNC_ANSWER_BYTES) return false;
    answer->nonce = get32(bytes);
    answer->received_tick = get32(bytes + 4);
    answer->answered_tick = get32(bytes + 8);
    return true;
}
