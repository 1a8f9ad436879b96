/* The bus of the board's IMU; see Arduino.h. */
#pragma once
#include <Arduino.h>

class TwoWire {
  public:
    void setClock(uint32_t hertz);
};
extern TwoWire Wire1;
