/* See hip_device.h. */
#include "hip_device.h"

/* -- memory ------------------------------------------------------------------------------------------------------ */

void hip_device_begin_stream(hip_device *device, uint16_t tag) {
    const uint16_t next = (uint16_t)(device->info.stream + 1);
    if (!tag || tag == device->info.stream) tag = next ? next : 1;
    device->info.stream = tag;
    device->taken = device->slow_taken = 0;
}

void hip_device_take(hip_device *device, const int16_t counts[6], uint32_t tick) {
    hip_sample *const place = &device->full[device->taken % device->info.ring_samples];
    size_t i;
    for (i = 0; i < 6; i++) place->counts[i] = counts[i];
    place->tick = tick;
    if (device->taken % device->every == 0) {
        hip_slow_sample *const slow = &device->slow[device->slow_taken % device->info.slow_ring_samples];
        for (i = 0; i < 3; i++) slow->counts[i] = counts[i];
        slow->tick = tick;
        device->slow_taken++;
    }
    device->taken++;
}

static uint32_t end_of(const hip_device *device, uint8_t kind) {
    return kind == HIP_SLOW_BACKFILL ? device->slow_taken : device->taken;
}

static uint32_t oldest_of(const hip_device *device, uint8_t kind) {
    const uint32_t room = kind == HIP_SLOW_BACKFILL ? device->info.slow_ring_samples : device->info.ring_samples;
    const uint32_t end = end_of(device, kind);
    return end > room ? end - room : 0;
}

/* Counts of one remembered sample to `out`; its tick. */
static uint32_t recall(const hip_device *device, uint8_t kind, uint32_t index, int16_t *out, size_t axes) {
    const int16_t *counts;
    uint32_t tick;
    size_t i;
    if (kind == HIP_SLOW_BACKFILL) {
        const hip_slow_sample *const slow = &device->slow[index % device->info.slow_ring_samples];
        counts = slow->counts;
        tick = slow->tick;
    } else {
        const hip_sample *const full = &device->full[index % device->info.ring_samples];
        counts = full->counts;
        tick = full->tick;
    }
    for (i = 0; i < axes; i++) out[i] = counts[i];
    return tick;
}

static bool has_gyroscope(const hip_device *device) { return device->info.gyr_range_dps != 0; }

static uint8_t fits(const hip_device *device, uint8_t kind) {
    const uint8_t most = hip_most_samples(device->mtu, kind, has_gyroscope(device));
    const size_t ours = HIP_PACKET_NUMBERS / hip_axes(kind, has_gyroscope(device));
    return most < ours ? most : (uint8_t)ours;
}

/* Remembered samples [header->first_index, + n) as a packet; the tick, the tag and the clipping bits are filled in. */
static size_t packet(const hip_device *device, hip_header *header, uint8_t *out, size_t capacity) {
    int16_t counts[HIP_PACKET_NUMBERS];
    const size_t axes = hip_axes(header->kind, has_gyroscope(device));
    uint8_t i;
    for (i = 0; i < header->n; i++) {
        const uint32_t tick = recall(device, header->kind, header->first_index + i, counts + i * axes, axes);
        if (i == 0) header->first_tick = tick;
    }
    header->stream = device->info.stream;
    header->status = (uint16_t)(header->status | device->status | hip_clipping(counts, header->n, axes));
    return hip_encode_data(header, has_gyroscope(device), counts, out, capacity);
}

/* -- link -------------------------------------------------------------------------------------------------------- */

void hip_device_link(hip_device *device, uint16_t att_mtu) { device->mtu = att_mtu; }

void hip_device_unlink(hip_device *device) {
    device->mtu = 0;
    device->live = device->filling = false;
}

size_t hip_device_info(const hip_device *device, uint8_t *out, size_t capacity) {
    hip_info info = device->info;
    info.major = HIP_MAJOR;
    info.minor = HIP_MINOR;
    info.most_samples = fits(device, HIP_LIVE);
    info.flags = device->live ? HIP_IS_STREAMING : 0;
    return hip_encode_info(&info, out, capacity);
}

/* -- commands ---------------------------------------------------------------------------------------------------- */

static enum hip_answer start(hip_device *device) {
    const uint8_t most = fits(device, HIP_LIVE);
    if (!most) return HIP_MTU_TOO_SMALL;
    device->live = true;
    device->live_dropped = false;
    device->live_next = device->taken;
    device->live_sequence = 0;
    device->batch = most < device->live_samples ? most : device->live_samples;
    return HIP_DONE;
}

static enum hip_answer change(hip_device *device, bool possible, uint16_t fresh_tag) {
    if (device->live || device->filling) return HIP_NOT_NOW;
    if (!possible) return HIP_NOT_POSSIBLE;
    hip_device_begin_stream(device, fresh_tag);
    return HIP_DONE;
}

static enum hip_answer begin_backfill(hip_device *device, const hip_command *command) {
    const uint64_t end = (uint64_t)command->first + command->count;
    const uint32_t held = end_of(device, command->kind);
    if (command->kind != HIP_BACKFILL && command->kind != HIP_SLOW_BACKFILL) return HIP_NOT_POSSIBLE;
    if (!fits(device, HIP_LIVE)) return HIP_MTU_TOO_SMALL;
    device->filling = true;
    device->wanted = *command;
    device->fill_end = device->fill_from = end < held ? (uint32_t)end : held;
    return HIP_DONE;
}

static enum hip_answer carry_out(hip_device *device, const hip_command *command, uint16_t fresh_tag) {
    const hip_info *const info = &device->info;
    switch (command->op) {
        case HIP_START: return start(device);
        case HIP_STOP: device->live = device->filling = false; return HIP_DONE;
        case HIP_SET_RATE: return change(device, command->rate_mhz == info->rate_mhz, fresh_tag);
        case HIP_SET_RANGES:
            return change(device,
                          command->acc_range_g == info->acc_range_g && command->gyr_range_dps == info->gyr_range_dps,
                          fresh_tag);
        case HIP_BEGIN_BACKFILL: return begin_backfill(device, command);
        case HIP_CANCEL_BACKFILL: device->filling = false; return HIP_DONE;
        default: return HIP_NOT_POSSIBLE; /* VIBRATE: no motor */
    }
}

size_t hip_device_answer(hip_device *device, const uint8_t *written, size_t length, uint16_t fresh_tag, uint8_t *out,
                         size_t capacity) {
    hip_command command;
    hip_ack ack;
    enum hip_answer answer = hip_decode_command(written, length, &command);
    if (!length || !device->mtu) return 0;
    if (answer == HIP_DONE) answer = carry_out(device, &command, fresh_tag);
    ack.op = command.op;
    ack.request = command.request;
    ack.status = (uint8_t)answer;
    return hip_encode_ack(&ack, out, capacity);
}

/* -- what is sent ------------------------------------------------------------------------------------------------ */

static void drop_what_is_too_late(hip_device *device) {
    while (device->taken - device->live_next > device->most_behind) {
        device->live_next += device->batch;
        device->live_sequence++;
        device->live_dropped = true;
    }
}

static size_t next_live(hip_device *device, uint8_t *out, size_t capacity) {
    hip_header header = {HIP_LIVE, device->batch, device->live_sequence, 0, 0, device->live_next, 0};
    header.status = device->live_dropped ? HIP_LIVE_DROPPED : 0;
    device->live_dropped = false;
    device->live_sequence++;
    device->live_next += device->batch;
    return packet(device, &header, out, capacity);
}

/* The next packet towards the past, down to `floor`. */
static size_t next_backfill(hip_device *device, uint32_t floor, uint8_t *out, size_t capacity) {
    const uint8_t kind = device->wanted.kind, most = fits(device, kind);
    const uint32_t left = device->fill_from - floor;
    uint16_t *const sequence = &device->fill_sequence[kind == HIP_SLOW_BACKFILL];
    hip_header header = {0, 0, 0, 0, 0, 0, 0};
    header.kind = kind;
    header.n = left < most ? (uint8_t)left : most;
    header.sequence = (*sequence)++;
    device->fill_from -= header.n;
    header.first_index = device->fill_from;
    return packet(device, &header, out, capacity);
}

static size_t end_backfill(hip_device *device, uint8_t *out, size_t capacity) {
    const uint32_t count = device->fill_end - device->fill_from;
    hip_backfill_done done;
    done.request = device->wanted.request;
    done.kind = device->wanted.kind;
    done.first = count ? device->fill_from : device->wanted.first;
    done.count = count;
    device->filling = false;
    return hip_encode_backfill_done(&done, out, capacity);
}

size_t hip_device_next(hip_device *device, bool and_backfill, enum hip_channel *channel, uint8_t *out, size_t capacity) {
    *channel = HIP_DATA;
    if (device->live) {
        drop_what_is_too_late(device);
        if (device->taken - device->live_next >= device->batch) return next_live(device, out, capacity);
    }
    if (device->filling && and_backfill) {
        const uint32_t oldest = oldest_of(device, device->wanted.kind);
        const uint32_t floor = device->wanted.first > oldest ? device->wanted.first : oldest;
        if (device->fill_from > floor) return next_backfill(device, floor, out, capacity);
        *channel = HIP_CONTROL;
        return end_backfill(device, out, capacity);
    }
    *channel = HIP_NOTHING;
    return 0;
}
