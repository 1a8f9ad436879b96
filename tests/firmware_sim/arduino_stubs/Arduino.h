/* What the sketch uses of the Seeed nRF52 core (Adafruit's, with FreeRTOS and nrfx), as declared in
 * github.com/Seeed-Studio/Adafruit_nRF52_Arduino at 6134adad: signatures only, so that a compiler can check the calls. */
#pragma once
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LED_RED (11)
#define VBAT_ENABLE (14)
#define PIN_VBAT (32)
#define PIN_LSM6DS3TR_C_INT1 (18)
#define INPUT (0x0)
#define OUTPUT (0x1)
#define LOW (0)
#define HIGH (1)
#define RISING (3)
#define digitalPinToInterrupt(P) (P)
typedef enum { AR_DEFAULT, AR_INTERNAL, AR_INTERNAL_3_0 } eAnalogReference;

extern "C" {
typedef void (*voidFuncPtr)(void);
int attachInterrupt(uint32_t pin, voidFuncPtr callback, uint32_t mode);
void pinMode(uint32_t pin, uint32_t mode);
void digitalWrite(uint32_t pin, uint32_t value);
int digitalRead(uint32_t pin);
uint32_t analogRead(uint32_t pin);
void analogReference(eAnalogReference mode);
void analogReadResolution(int bits);
void delay(uint32_t ms);
uint32_t millis(void);
void noInterrupts(void); /* macros there */
void interrupts(void);
}

/* FreeRTOS */
typedef long BaseType_t;
typedef unsigned long UBaseType_t;
typedef uint32_t TickType_t;
typedef struct tskTaskControlBlock *TaskHandle_t;
typedef struct QueueDefinition *QueueHandle_t;
typedef QueueHandle_t SemaphoreHandle_t;
typedef void (*TaskFunction_t)(void *);
#define pdFALSE ((BaseType_t)0)
#define pdTRUE ((BaseType_t)1)
#define pdPASS (pdTRUE)
#define portMAX_DELAY (TickType_t)0xffffffffUL
enum { TASK_PRIO_LOWEST, TASK_PRIO_LOW, TASK_PRIO_NORMAL, TASK_PRIO_HIGH, TASK_PRIO_HIGHEST };
extern "C" {
BaseType_t xTaskCreate(TaskFunction_t code, const char *name, const uint16_t stack_words, void *parameters,
                       UBaseType_t priority, TaskHandle_t *created);
void vTaskNotifyGiveFromISR(TaskHandle_t task, BaseType_t *woken);
uint32_t ulTaskNotifyTake(BaseType_t clear, TickType_t ticks);
QueueHandle_t xQueueCreate(UBaseType_t length, UBaseType_t item_bytes);
BaseType_t xQueueSend(QueueHandle_t queue, const void *item, TickType_t ticks);
BaseType_t xQueueReceive(QueueHandle_t queue, void *item, TickType_t ticks);
SemaphoreHandle_t xSemaphoreCreateMutex(void);
BaseType_t xSemaphoreTake(SemaphoreHandle_t semaphore, TickType_t ticks);
BaseType_t xSemaphoreGive(SemaphoreHandle_t semaphore);
void portYIELD_FROM_ISR(BaseType_t woken);
}

/* nrfx */
typedef struct {
    volatile uint32_t TASKS_START;
    volatile uint32_t COUNTER; /* const there */
    volatile uint32_t PRESCALER;
} NRF_RTC_Type;
extern NRF_RTC_Type *const NRF_RTC2;
