/* What the sketch uses of github.com/Seeed-Studio/Seeed_Arduino_LSM6DS3 2.0.7 at 4ceed57: signatures and registers. */
#pragma once
#include <Arduino.h>

#define I2C_MODE 0

typedef enum { IMU_SUCCESS, IMU_HW_ERROR, IMU_NOT_SUPPORTED, IMU_GENERIC_ERROR } status_t;

class LSM6DS3Core {
  public:
    status_t readRegisterRegion(uint8_t *, uint8_t, uint8_t);
    status_t writeRegister(uint8_t, uint8_t);
};
class LSM6DS3 : public LSM6DS3Core {
  public:
    LSM6DS3(uint8_t busType = I2C_MODE, uint8_t inputArg = 0x6A);
    status_t begin(void);
};

#define LSM6DS3_ACC_GYRO_INT1_CTRL 0x0D
#define LSM6DS3_ACC_GYRO_CTRL1_XL 0x10
#define LSM6DS3_ACC_GYRO_CTRL2_G 0x11
#define LSM6DS3_ACC_GYRO_CTRL3_C 0x12
#define LSM6DS3_ACC_GYRO_CTRL4_C 0x13
#define LSM6DS3_ACC_GYRO_OUTX_L_G 0x22
typedef enum { LSM6DS3_ACC_GYRO_ODR_XL_104Hz = 0x40 } LSM6DS3_ACC_GYRO_ODR_XL_t;
typedef enum { LSM6DS3_ACC_GYRO_FS_XL_8g = 0x0C } LSM6DS3_ACC_GYRO_FS_XL_t;
typedef enum { LSM6DS3_ACC_GYRO_ODR_G_104Hz = 0x40 } LSM6DS3_ACC_GYRO_ODR_G_t;
typedef enum { LSM6DS3_ACC_GYRO_FS_G_1000dps = 0x08 } LSM6DS3_ACC_GYRO_FS_G_t;
typedef enum { LSM6DS3_ACC_GYRO_BDU_BLOCK_UPDATE = 0x40 } LSM6DS3_ACC_GYRO_BDU_t;
typedef enum { LSM6DS3_ACC_GYRO_IF_INC_ENABLED = 0x04 } LSM6DS3_ACC_GYRO_IF_INC_t;
typedef enum { LSM6DS3_ACC_GYRO_INT1_DRDY_G_ENABLED = 0x02 } LSM6DS3_ACC_GYRO_INT1_DRDY_G_t;
