package io.orderflow.audit;

/** A part of the audit: hears of every event in the order of the store, and judges in the end. */
interface Audit {

    void on(StoredFact event);

    void judge(Findings findings);
}
