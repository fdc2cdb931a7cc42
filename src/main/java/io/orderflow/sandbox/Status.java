package io.orderflow.sandbox;

/** Where an operation stands; the first three are definitive. */
enum Status { SUCCEEDED, DECLINED, FAILED, ACTION_REQUIRED, PENDING }
