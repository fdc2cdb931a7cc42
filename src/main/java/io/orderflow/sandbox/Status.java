package io.orderflow.sandbox;

/** What an operation came to; each of the three is definitive. */
enum Status { SUCCEEDED, DECLINED, FAILED }
