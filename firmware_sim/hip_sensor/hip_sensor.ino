/* A thigh sensor for hipmonitor on a Seeed XIAO nRF52840 Sense (nRF52840, LSM6DS3TR-C on the board).
 *
 * NOT RUN ON HARDWARE HERE. The two C files it rests on are tested byte for byte; this file is compiled against the
 * signatures of the core and libraries below and run on a board that is only memory. What only a real board can show
 * (registers, interrupts, the radio's memory, the battery's line) is from data sheets. Expect to mend something.
 *
 * Build, in the Arduino IDE or with arduino-cli:
 *   core     Seeed nRF52 Boards (Adafruit Bluefruit, S140 7.3.0), board "Seeed XIAO nRF52840 Sense":
 *            https://files.seeedstudio.com/arduino/package_seeeduino_boards_index.json
 *   library  Seeed Arduino LSM6DS3 2.0.7 or later
 *   arduino-cli compile --fqbn Seeeduino:nrf52:xiaonRF52840Sense firmware_sim/hip_sensor
 * ArduinoBLE is not used: it sends every write to a characteristic that indicates straight back to the host, waits
 * inside a notification while its buffers are full, and keeps the MTU to itself.
 *
 * Wear: a LiPo cell of 100 mAh or more on the board's BAT pads, a small box, a strap; any direction on the thigh.
 * Not a medical device. Charge it off the body.
 */
#include <Arduino.h>
#include <LSM6DS3.h>
#include <Wire.h>
#include <bluefruit.h>

#include "hip_device.h"

/* -- what this sensor is ----------------------------------------------------------------------------------------- */

static const uint32_t TICK_HZ = 32768;      /* RTC2, on the board's crystal */
static const uint32_t RATE_MHZ = 104000;    /* the IMU's own 104 Hz: every sample is its own data-ready edge */
static const uint32_t TICKS_PER_SAMPLE = (TICK_HZ * 1000) / RATE_MHZ;
static const uint16_t ACC_RANGE_G = 8;
static const uint16_t GYR_RANGE_DPS = 1147; /* "1000 dps" is 35 mdps a count, so 32 768 counts are 1147 */
static const uint8_t EVERY = 4;             /* slow memory: 26 Hz */
static const uint32_t RING_SAMPLES = 6144;      /* 59 s, 98 kB */
static const uint32_t SLOW_RING_SAMPLES = 6240; /* 240 s, 75 kB; both together leave 64 kB of RAM */
static const int TRANSMIT_BUFFERS = 8;
static const uint8_t BATTERY_LOW_PERCENT = 15;
static const uint32_t BATTERY_EVERY_MS = 60000;
static const int16_t OUT_OF_RANGE = INT16_MIN;

static hip_sample ring[RING_SAMPLES];
static hip_slow_sample slow_ring[SLOW_RING_SAMPLES];
static hip_device device;
static SemaphoreHandle_t device_lock; /* around every use of `device` */

/* -- time: RTC2 counts 24 bits, its wraps make it 32. Looked at with every sample, so none is missed ------------------ */

static uint32_t tick_now() {
    static uint32_t wraps = 0, before = 0;
    noInterrupts();
    const uint32_t counter = NRF_RTC2->COUNTER;
    if (counter < before) wraps += 1UL << 24;
    before = counter;
    const uint32_t now = wraps + counter;
    interrupts();
    return now;
}

/* -- samples ------------------------------------------------------------------------------------------------------- */

static LSM6DS3 imu(I2C_MODE, 0x6A);
static TaskHandle_t sampler_task;
static volatile uint32_t edge_tick;

static void on_data_ready() {
    BaseType_t woken = pdFALSE;
    edge_tick = tick_now();
    vTaskNotifyGiveFromISR(sampler_task, &woken);
    portYIELD_FROM_ISR(woken);
}

static bool read_counts(int16_t counts[6]) {
    static const uint8_t from[6] = {6, 8, 10, 0, 2, 4}; /* registers hold the gyroscope first */
    uint8_t raw[12];
    if (imu.readRegisterRegion(raw, LSM6DS3_ACC_GYRO_OUTX_L_G, sizeof raw) != IMU_SUCCESS) return false;
    for (int axis = 0; axis < 6; axis++) counts[axis] = (int16_t)(raw[from[axis]] | (raw[from[axis] + 1] << 8));
    return true;
}

/* Every edge is a sample. One that could not be read in time is kept as out of range, so that numbers keep step. */
static void sampler(void *) {
    static const int16_t missed[6] = {OUT_OF_RANGE, OUT_OF_RANGE, OUT_OF_RANGE, OUT_OF_RANGE, OUT_OF_RANGE, OUT_OF_RANGE};
    for (;;) {
        const uint32_t edges = ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        const uint32_t tick = edge_tick;
        int16_t counts[6];
        const bool is_read = read_counts(counts);
        xSemaphoreTake(device_lock, portMAX_DELAY);
        for (uint32_t late = edges - 1; late > 0; late--) hip_device_take(&device, missed, tick - late * TICKS_PER_SAMPLE);
        hip_device_take(&device, is_read ? counts : missed, tick);
        xSemaphoreGive(device_lock);
    }
}

static bool begin_imu() {
    if (imu.begin() != IMU_SUCCESS) return false;
    Wire1.setClock(400000);
    /* The library's filter bits are those of the older LSM6DS3: the registers are set here. */
    imu.writeRegister(LSM6DS3_ACC_GYRO_CTRL1_XL, LSM6DS3_ACC_GYRO_ODR_XL_104Hz | LSM6DS3_ACC_GYRO_FS_XL_8g);
    imu.writeRegister(LSM6DS3_ACC_GYRO_CTRL2_G, LSM6DS3_ACC_GYRO_ODR_G_104Hz | LSM6DS3_ACC_GYRO_FS_G_1000dps);
    imu.writeRegister(LSM6DS3_ACC_GYRO_CTRL3_C, LSM6DS3_ACC_GYRO_BDU_BLOCK_UPDATE | LSM6DS3_ACC_GYRO_IF_INC_ENABLED);
    imu.writeRegister(LSM6DS3_ACC_GYRO_CTRL4_C, 0);
    imu.writeRegister(0x0B, 0x80); /* DRDY_PULSE_CFG_G: an edge for every sample, whether or not the last was read */
    imu.writeRegister(LSM6DS3_ACC_GYRO_INT1_CTRL, LSM6DS3_ACC_GYRO_INT1_DRDY_G_ENABLED);
    pinMode(PIN_LSM6DS3TR_C_INT1, INPUT);
    return attachInterrupt(digitalPinToInterrupt(PIN_LSM6DS3TR_C_INT1), on_data_ready, RISING) != 0;
}

/* -- radio: callbacks only put aside what happened; the loop does the work ------------------------------------------------ */

struct Written {
    uint8_t bytes[HIP_COMMAND_BYTES + 1]; /* one more than the longest command: too long stays too long */
    uint8_t length;
};
struct Asked {
    uint32_t nonce, tick;
};

static BLEService hip_service(HIP_SERVICE_UUID);
static BLECharacteristic data_out(HIP_DATA_UUID, CHR_PROPS_NOTIFY, HIP_PACKET_BYTES);
static BLECharacteristic control_point(HIP_CONTROL_UUID, CHR_PROPS_WRITE | CHR_PROPS_INDICATE, 20);
static BLECharacteristic info_value(HIP_INFO_UUID, CHR_PROPS_READ, HIP_INFO_BYTES, true);
static BLECharacteristic time_sync(HIP_SYNC_UUID, CHR_PROPS_WRITE_WO_RESP | CHR_PROPS_NOTIFY, HIP_SYNC_ANSWER_BYTES);
static BLEBas battery;
static BLEDis about;
static QueueHandle_t commands, questions;
static volatile bool host_left = false;
static volatile uint32_t completed = 0; /* notifications that left the buffers */
static uint32_t handed_over = 0;

static void on_command(uint16_t, BLECharacteristic *, uint8_t *bytes, uint16_t length) {
    Written written;
    written.length = (uint8_t)(length < sizeof written.bytes ? length : sizeof written.bytes);
    memcpy(written.bytes, bytes, written.length);
    xQueueSend(commands, &written, 0);
}

static void on_question(uint16_t, BLECharacteristic *, uint8_t *bytes, uint16_t length) {
    Asked asked;
    asked.tick = tick_now();
    if (hip_decode_sync_ask(bytes, length, &asked.nonce)) xQueueSend(questions, &asked, 0);
}

static void on_radio_event(ble_evt_t *event) {
    if (event->header.evt_id == BLE_GATTS_EVT_HVN_TX_COMPLETE) {
        completed += event->evt.gatts_evt.params.hvn_tx_complete.count;
    }
    if (event->header.evt_id == BLE_GAP_EVT_DISCONNECTED) host_left = true;
}

static void on_host(uint16_t handle) {
    BLEConnection *const host = Bluefruit.Connection(handle);
    if (host) host->requestConnectionParameter(24, 0, 200); /* 30 ms, no latency, 2 s */
}

static int waiting() { return (int)(handed_over - completed); }

static void hand_over(BLECharacteristic &characteristic, const uint8_t *bytes, size_t length) {
    if (characteristic.notify(bytes, (uint16_t)length)) handed_over++;
}

static bool begin_radio() {
    Bluefruit.configPrphConn(247, 100, TRANSMIT_BUFFERS, 1);
    if (!Bluefruit.begin()) return false; /* false too where the SoftDevice wants more RAM than the core leaves it */
    Bluefruit.setName("Hip sensor");
    Bluefruit.setEventCallback(on_radio_event);
    Bluefruit.Periph.setConnectCallback(on_host);
    Bluefruit.Periph.setConnIntervalMS(15, 30);
    about.setManufacturer("hipmonitor maker");
    about.setModel("XIAO nRF52840 Sense");
    about.setFirmwareRev("hip_sensor 1.0");
    about.begin();
    battery.begin();
    hip_service.begin();
    control_point.setWriteCallback(on_command, false);
    time_sync.setWriteCallback(on_question, false);
    /* PROTOCOL.md, "Pairing": what is heard and commanded needs an encrypted link. This core pairs with LE Secure
       Connections and keeps bonds in flash; it takes a new host at any time, which is more than the page allows. */
    data_out.setPermission(SECMODE_ENC_NO_MITM, SECMODE_NO_ACCESS);
    control_point.setPermission(SECMODE_ENC_NO_MITM, SECMODE_ENC_NO_MITM);
    time_sync.setPermission(SECMODE_ENC_NO_MITM, SECMODE_ENC_NO_MITM);
    data_out.begin();
    control_point.begin();
    info_value.begin();
    time_sync.begin();
    return true;
}

static void advertise() {
    Bluefruit.Advertising.addFlags(BLE_GAP_ADV_FLAGS_LE_ONLY_GENERAL_DISC_MODE);
    Bluefruit.Advertising.addService(hip_service);
    Bluefruit.ScanResponse.addName();
    Bluefruit.Advertising.restartOnDisconnect(true);
    Bluefruit.Advertising.setIntervalMS(100, 250);
    Bluefruit.Advertising.start(0);
}

static uint32_t random_number() {
    uint32_t number = 0;
    while (sd_rand_application_vector_get((uint8_t *)&number, sizeof number) != NRF_SUCCESS) delay(1);
    return number;
}

/* -- the loop ------------------------------------------------------------------------------------------------------- */

static void follow_link() {
    BLEConnection *const host = Bluefruit.Connection(Bluefruit.connHandle());
    const bool left = host_left;
    host_left = false;
    xSemaphoreTake(device_lock, portMAX_DELAY);
    if (left || !host) hip_device_unlink(&device);
    if (host) hip_device_link(&device, host->getMtu());
    xSemaphoreGive(device_lock);
    if (left || !host) handed_over = completed;
}

static void answer_questions() {
    Asked asked;
    while (xQueueReceive(questions, &asked, 0) == pdTRUE) {
        const hip_sync_answer answer = {asked.nonce, asked.tick, tick_now()};
        uint8_t bytes[HIP_SYNC_ANSWER_BYTES];
        hand_over(time_sync, bytes, hip_encode_sync_answer(&answer, bytes, sizeof bytes));
    }
}

static void answer_commands() {
    Written written;
    while (xQueueReceive(commands, &written, 0) == pdTRUE) {
        uint8_t bytes[HIP_ACK_BYTES];
        const uint16_t fresh_tag = (uint16_t)random_number();
        xSemaphoreTake(device_lock, portMAX_DELAY);
        const size_t length = hip_device_answer(&device, written.bytes, written.length, fresh_tag, bytes, sizeof bytes);
        xSemaphoreGive(device_lock);
        if (length) control_point.indicate(bytes, (uint16_t)length);
    }
}

/* Live data may fill the buffers, a backfill half of them. */
static void send_what_is_due() {
    uint8_t bytes[HIP_PACKET_BYTES];
    while (waiting() < TRANSMIT_BUFFERS) {
        enum hip_channel channel;
        xSemaphoreTake(device_lock, portMAX_DELAY);
        const size_t length = hip_device_next(&device, waiting() < TRANSMIT_BUFFERS / 2, &channel, bytes, sizeof bytes);
        xSemaphoreGive(device_lock);
        if (!length) return;
        if (channel == HIP_CONTROL) control_point.indicate(bytes, (uint16_t)length);
        else hand_over(data_out, bytes, length);
    }
}

static void show_info() {
    static uint8_t shown[HIP_INFO_BYTES];
    uint8_t now[HIP_INFO_BYTES];
    xSemaphoreTake(device_lock, portMAX_DELAY);
    hip_device_info(&device, now, sizeof now);
    xSemaphoreGive(device_lock);
    if (memcmp(shown, now, sizeof now) == 0) return;
    memcpy(shown, now, sizeof now);
    info_value.write(now, sizeof now);
}

/* A LiPo cell through the board's divider of 1 MOhm and 510 kOhm: 3.3 V empty, 4.2 V full, a straight line between. */
static uint8_t battery_percent() {
    const long millivolts = (long)analogRead(PIN_VBAT) * 3000 / 4096 * 1510 / 510;
    const long percent = (millivolts - 3300) * 100 / 900;
    return (uint8_t)(percent < 0 ? 0 : percent > 100 ? 100 : percent);
}

static void tell_battery() {
    static uint32_t told_ms = 0;
    static bool told = false;
    if (told && millis() - told_ms < BATTERY_EVERY_MS) return;
    told = true;
    told_ms = millis();
    const uint8_t percent = battery_percent();
    xSemaphoreTake(device_lock, portMAX_DELAY);
    device.status = percent < BATTERY_LOW_PERCENT ? HIP_BATTERY_LOW : 0;
    xSemaphoreGive(device_lock);
    battery.write(percent);
    if (battery.notify(percent)) handed_over++;
}

/* Nothing works without radio and IMU: the red light says so. */
static void give_up() {
    for (;;) {
        digitalWrite(LED_RED, !digitalRead(LED_RED));
        delay(200);
    }
}

static void begin_device() {
    device.info.boot_id = random_number();
    device.info.tick_hz = TICK_HZ;
    device.info.rate_mhz = RATE_MHZ;
    device.info.acc_range_g = ACC_RANGE_G;
    device.info.gyr_range_dps = GYR_RANGE_DPS;
    device.info.ring_samples = RING_SAMPLES;
    device.info.slow_ring_samples = SLOW_RING_SAMPLES;
    device.info.slow_rate_cmhz = RATE_MHZ / EVERY / 10;
    device.full = ring;
    device.slow = slow_ring;
    device.every = EVERY;
    device.live_samples = 8;   /* 77 ms */
    device.most_behind = 208;  /* 2 s; what is later than that comes by backfill */
    hip_device_begin_stream(&device, (uint16_t)random_number());
}

void setup() {
    pinMode(LED_RED, OUTPUT);
    pinMode(VBAT_ENABLE, OUTPUT);
    digitalWrite(VBAT_ENABLE, LOW); /* stays low: high would put too much on the pin while charging */
    analogReference(AR_INTERNAL_3_0);
    analogReadResolution(12);
    device_lock = xSemaphoreCreateMutex();
    commands = xQueueCreate(4, sizeof(Written));
    questions = xQueueCreate(4, sizeof(Asked));
    if (!begin_radio()) give_up();
    NRF_RTC2->PRESCALER = 0;
    NRF_RTC2->TASKS_START = 1;
    begin_device();
    if (xTaskCreate(sampler, "sampler", 512, NULL, TASK_PRIO_HIGHEST, &sampler_task) != pdPASS) give_up();
    if (!begin_imu()) give_up();
    show_info();
    advertise();
}

void loop() {
    follow_link();
    answer_questions();
    answer_commands();
    send_what_is_due();
    show_info();
    tell_battery();
    delay(2);
}
