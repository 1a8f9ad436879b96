/* What the sketch uses of Bluefruit52Lib and the SoftDevice, as declared in
 * github.com/Seeed-Studio/Adafruit_nRF52_Arduino at 6134adad: signatures only. */
#pragma once
#include <Arduino.h>

/* SoftDevice S140 7.3.0 */
enum { BLE_GAP_EVT_DISCONNECTED = 0x11, BLE_GATTS_EVT_HVN_TX_COMPLETE = 0x57 };
enum { NRF_SUCCESS = 0, BLE_GAP_ADV_FLAGS_LE_ONLY_GENERAL_DISC_MODE = 0x06 };
typedef struct {
    uint8_t count;
} ble_gatts_evt_hvn_tx_complete_t;
typedef struct {
    struct {
        uint16_t evt_id, evt_len;
    } header;
    union {
        struct {
            uint16_t conn_handle;
            union {
                ble_gatts_evt_hvn_tx_complete_t hvn_tx_complete;
            } params;
        } gatts_evt;
    } evt;
} ble_evt_t;
extern "C" uint32_t sd_rand_application_vector_get(uint8_t *p_buff, uint8_t length);

typedef uint32_t err_t;
typedef void (*ble_connect_callback_t)(uint16_t conn_hdl);
enum CharsProperties {
    CHR_PROPS_READ = 1 << 1,
    CHR_PROPS_WRITE_WO_RESP = 1 << 2,
    CHR_PROPS_WRITE = 1 << 3,
    CHR_PROPS_NOTIFY = 1 << 4,
    CHR_PROPS_INDICATE = 1 << 5
};

enum SecureMode_t { SECMODE_NO_ACCESS = 0x00, SECMODE_OPEN = 0x11, SECMODE_ENC_NO_MITM = 0x21 };

class BLEUuid {
  public:
    BLEUuid(uint16_t uuid16);
    BLEUuid(const char *str);
};

class BLEService {
  public:
    BLEService(BLEUuid bleuuid);
    virtual err_t begin(void);
};

class BLECharacteristic {
  public:
    typedef void (*write_cb_t)(uint16_t conn_hdl, BLECharacteristic *chr, uint8_t *data, uint16_t len);
    BLECharacteristic(BLEUuid bleuuid, uint8_t properties, int max_len, bool fixed_len = false);
    void setPermission(SecureMode_t read_perm, SecureMode_t write_perm);
    void setWriteCallback(write_cb_t fp, bool useAdaCallback = true);
    virtual err_t begin(void);
    uint16_t write(const void *data, uint16_t len);
    bool notify(const void *data, uint16_t len);
    bool indicate(const void *data, uint16_t len);
};

class BLEBas : public BLEService {
  public:
    BLEBas(void);
    virtual err_t begin(void);
    bool write(uint8_t level);
    bool notify(uint8_t level);
};

class BLEDis : public BLEService {
  public:
    BLEDis(void);
    void setModel(const char *model);
    void setFirmwareRev(const char *firmware_rev);
    void setManufacturer(const char *manufacturer);
    virtual err_t begin(void);
};

class BLEConnection {
  public:
    uint16_t getMtu(void);
    bool requestConnectionParameter(uint16_t conn_interval, uint16_t slave_latency = 0, uint16_t sup_timeout = 400);
};

class BLEPeriph {
  public:
    bool setConnIntervalMS(uint16_t min_ms, uint16_t max_ms);
    void setConnectCallback(ble_connect_callback_t fp);
};

class BLEAdvertisingData {
  public:
    bool addFlags(uint8_t flags);
    bool addName(void);
    bool addService(BLEService &service);
};

class BLEAdvertising : public BLEAdvertisingData {
  public:
    void setIntervalMS(uint16_t fast, uint16_t slow);
    void restartOnDisconnect(bool enable);
    bool start(uint16_t timeout = 0);
};

class AdafruitBluefruit {
  public:
    typedef void (*event_cb_t)(ble_evt_t *evt);
    BLEPeriph Periph;
    BLEAdvertising Advertising;
    BLEAdvertisingData ScanResponse;
    void configPrphConn(uint16_t mtu_max, uint16_t event_len, uint8_t hvn_qsize, uint8_t wrcmd_qsize);
    bool begin(uint8_t prph_count = 1, uint8_t central_count = 0);
    void setName(const char *str);
    uint16_t connHandle(void);
    BLEConnection *Connection(uint16_t conn_hdl);
    void setEventCallback(event_cb_t fp);
};
extern AdafruitBluefruit Bluefruit;
