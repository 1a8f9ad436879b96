/* A board for the sketch to run on, in memory: what arduino_stubs declares, done as simply as will do.
 *
 * Lines in, lines out (messages as channel:hexadecimal words):
 *   edge counter n c c c c c c    RTC2 stands at `counter`, the IMU gave n data-ready edges, and holds these counts
 *   connect mtu     disconnect     command hexadecimal     ask counter hexadecimal     sent n     loop     info
 */
#include <stdio.h>

#include <deque>
#include <string>
#include <vector>

#include "hip_sensor.ino"

typedef std::vector<uint8_t> Bytes;
struct NoMoreEdges {};
struct QueueDefinition {
    size_t item_bytes;
    std::deque<Bytes> items;
};

static NRF_RTC_Type rtc2;
NRF_RTC_Type *const NRF_RTC2 = &rtc2;
TwoWire Wire1;
AdafruitBluefruit Bluefruit;
static BLEConnection host;
static voidFuncPtr data_ready;
static TaskFunction_t sampler_code;
static ble_connect_callback_t connected;
static AdafruitBluefruit::event_cb_t radio_event;
static BLECharacteristic::write_cb_t on_control, on_sync;
static bool is_connected = false;
static uint16_t mtu;
static uint32_t edges = 0, now_ms = 0;
static uint8_t registers[12];

/* -- the core ------------------------------------------------------------------------------------------------------ */
extern "C" {
int attachInterrupt(uint32_t, voidFuncPtr callback, uint32_t) { return data_ready = callback, 1; }
void pinMode(uint32_t, uint32_t) {}
void digitalWrite(uint32_t, uint32_t) {}
int digitalRead(uint32_t) { return 0; }
uint32_t analogRead(uint32_t) { return 1797; } /* 3.9 V */
void analogReference(eAnalogReference) {}
void analogReadResolution(int) {}
void delay(uint32_t ms) { now_ms += ms; }
uint32_t millis(void) { return now_ms; }
void noInterrupts(void) {}
void interrupts(void) {}
BaseType_t xTaskCreate(TaskFunction_t code, const char *, const uint16_t, void *, UBaseType_t, TaskHandle_t *) {
    return sampler_code = code, pdPASS;
}
void vTaskNotifyGiveFromISR(TaskHandle_t, BaseType_t *) { edges++; }
uint32_t ulTaskNotifyTake(BaseType_t, TickType_t) {
    const uint32_t taken = edges;
    if (!taken) throw NoMoreEdges();
    return edges = 0, taken;
}
QueueHandle_t xQueueCreate(UBaseType_t, UBaseType_t item_bytes) { return new QueueDefinition{item_bytes, {}}; }
BaseType_t xQueueSend(QueueHandle_t queue, const void *item, TickType_t) {
    const uint8_t *const bytes = (const uint8_t *)item;
    return queue->items.push_back(Bytes(bytes, bytes + queue->item_bytes)), pdTRUE;
}
BaseType_t xQueueReceive(QueueHandle_t queue, void *item, TickType_t) {
    if (queue->items.empty()) return pdFALSE;
    memcpy(item, queue->items.front().data(), queue->item_bytes);
    return queue->items.pop_front(), pdTRUE;
}
SemaphoreHandle_t xSemaphoreCreateMutex(void) { return NULL; }
BaseType_t xSemaphoreTake(SemaphoreHandle_t, TickType_t) { return pdTRUE; }
BaseType_t xSemaphoreGive(SemaphoreHandle_t) { return pdTRUE; }
void portYIELD_FROM_ISR(BaseType_t) {}
uint32_t sd_rand_application_vector_get(uint8_t *bytes, uint8_t length) {
    static uint8_t next = 1;
    while (length--) *bytes++ = next++;
    return NRF_SUCCESS;
}
}

/* -- IMU ------------------------------------------------------------------------------------------------------------ */
void TwoWire::setClock(uint32_t) {}
LSM6DS3::LSM6DS3(uint8_t, uint8_t) {}
status_t LSM6DS3::begin(void) { return IMU_SUCCESS; }
status_t LSM6DS3Core::writeRegister(uint8_t, uint8_t) { return IMU_SUCCESS; }
status_t LSM6DS3Core::readRegisterRegion(uint8_t *out, uint8_t from, uint8_t length) {
    if (from != LSM6DS3_ACC_GYRO_OUTX_L_G || length != sizeof registers) return IMU_GENERIC_ERROR;
    return memcpy(out, registers, length), IMU_SUCCESS;
}

/* -- radio ----------------------------------------------------------------------------------------------------------- */
static void print_message(const char *channel, const void *data, size_t length) {
    printf("%s:", channel);
    for (size_t i = 0; i < length; i++) printf("%02x", ((const uint8_t *)data)[i]);
    printf(" ");
}
static Bytes shown;
BLEUuid::BLEUuid(uint16_t) {}
BLEUuid::BLEUuid(const char *) {}
BLEService::BLEService(BLEUuid) {}
err_t BLEService::begin(void) { return 0; }
BLECharacteristic::BLECharacteristic(BLEUuid, uint8_t, int, bool) {}
err_t BLECharacteristic::begin(void) { return 0; }
static int protected_values = 0;
void BLECharacteristic::setPermission(SecureMode_t read, SecureMode_t) { protected_values += read == SECMODE_ENC_NO_MITM; }
void BLECharacteristic::setWriteCallback(write_cb_t callback, bool) { (this == &time_sync ? on_sync : on_control) = callback; }
uint16_t BLECharacteristic::write(const void *data, uint16_t length) {
    return shown.assign((const uint8_t *)data, (const uint8_t *)data + length), length;
}
bool BLECharacteristic::notify(const void *data, uint16_t length) {
    return print_message(this == &time_sync ? "sync" : "data", data, length), true;
}
bool BLECharacteristic::indicate(const void *data, uint16_t length) { return print_message("control", data, length), true; }
BLEBas::BLEBas(void) : BLEService(BLEUuid((uint16_t)0x180F)) {}
err_t BLEBas::begin(void) { return 0; }
bool BLEBas::write(uint8_t) { return true; }
bool BLEBas::notify(uint8_t level) { return print_message("battery", &level, 1), is_connected; }
BLEDis::BLEDis(void) : BLEService(BLEUuid((uint16_t)0x180A)) {}
err_t BLEDis::begin(void) { return 0; }
void BLEDis::setModel(const char *) {}
void BLEDis::setFirmwareRev(const char *) {}
void BLEDis::setManufacturer(const char *) {}
uint16_t BLEConnection::getMtu(void) { return mtu; }
bool BLEConnection::requestConnectionParameter(uint16_t, uint16_t, uint16_t) { return true; }
bool BLEPeriph::setConnIntervalMS(uint16_t, uint16_t) { return true; }
void BLEPeriph::setConnectCallback(ble_connect_callback_t callback) { connected = callback; }
bool BLEAdvertisingData::addFlags(uint8_t) { return true; }
bool BLEAdvertisingData::addName(void) { return true; }
bool BLEAdvertisingData::addService(BLEService &) { return true; }
void BLEAdvertising::setIntervalMS(uint16_t, uint16_t) {}
void BLEAdvertising::restartOnDisconnect(bool) {}
bool BLEAdvertising::start(uint16_t) { return true; }
void AdafruitBluefruit::configPrphConn(uint16_t, uint16_t, uint8_t, uint8_t) {}
bool AdafruitBluefruit::begin(uint8_t, uint8_t) { return true; }
void AdafruitBluefruit::setName(const char *) {}
uint16_t AdafruitBluefruit::connHandle(void) { return 0; }
BLEConnection *AdafruitBluefruit::Connection(uint16_t) { return is_connected ? &host : NULL; }
void AdafruitBluefruit::setEventCallback(event_cb_t callback) { radio_event = callback; }

/* -- the bench ------------------------------------------------------------------------------------------------------- */
static long number() {
    const char *const word = strtok(NULL, " \n");
    return word ? strtol(word, NULL, 10) : 0;
}
static Bytes bytes_of(const char *hex) {
    Bytes bytes;
    for (; hex && hex[0] && hex[1]; hex += 2) bytes.push_back((uint8_t)strtoul(std::string(hex, 2).c_str(), NULL, 16));
    return bytes;
}
static void set_counter(long counter) { rtc2.COUNTER = (uint32_t)counter; }
static void edge() {
    static const int place[6] = {6, 8, 10, 0, 2, 4};
    set_counter(number());
    for (long left = number(); left > 0; left--) data_ready();
    for (int axis = 0; axis < 6; axis++) {
        const uint16_t count = (uint16_t)number();
        registers[place[axis]] = (uint8_t)count;
        registers[place[axis] + 1] = (uint8_t)(count >> 8);
    }
    try {
        sampler_code(NULL);
    } catch (const NoMoreEdges &) {
    }
}
static void tell(uint16_t event_id, uint8_t count) {
    ble_evt_t event = ble_evt_t();
    event.header.evt_id = event_id;
    event.evt.gatts_evt.params.hvn_tx_complete.count = count;
    radio_event(&event);
}

int main() {
    static char line[4096];
    setup();
    if (protected_values != 3) return 3; /* data, control and time sync are for bonded hosts */
    while (fgets(line, sizeof line, stdin)) {
        const std::string verb = strtok(line, " \n");
        if (verb == "edge") edge();
        if (verb == "connect") mtu = (uint16_t)number(), is_connected = true, connected(0);
        if (verb == "disconnect") is_connected = false, tell(BLE_GAP_EVT_DISCONNECTED, 0);
        if (verb == "sent") tell(BLE_GATTS_EVT_HVN_TX_COMPLETE, (uint8_t)number());
        if (verb == "loop") loop();
        if (verb == "info") print_message("info", shown.data(), shown.size());
        if (verb == "ask") set_counter(number());
        if (verb == "ask" || verb == "command") {
            Bytes bytes = bytes_of(strtok(NULL, " \n"));
            (verb == "ask" ? on_sync : on_control)(0, NULL, bytes.data(), (uint16_t)bytes.size());
        }
        puts("");
        fflush(stdout);
    }
    return 0;
}
