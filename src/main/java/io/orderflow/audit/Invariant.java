package io.orderflow.audit;

/** What must be true of the store at any time; the names are those of docs/invariants.md. */
enum Invariant {

    E1("Each aggregate's events are numbered from 0 without a gap"),
    M1("Per payment 0 <= refunded <= captured <= authorized"),
    M2("A completed order was paid for what was dispatched; a cancelled or rejected one leaves no money taken or held"),
    M3("The gateway's ledger agrees with ours, operation by operation"),
    M4("An operation succeeds once, and an order is charged once"),
    M5("An order's total is the sum of its lines"),
    S1("On hand = received + adjusted + returned - shipped, and never below 0"),
    S2("Never more is held than is on hand, at any event"),
    S3("What is held is held by open orders, and no more than they ordered"),
    O1("What was acknowledged under a key is there, once"),
    O2("Every order has ended or says whom it waits on, and whoever leads it has not forgotten it"),
    O3("An order that has ended stays so"),
    P1("Every projection shows what the events say"),
    P2("Every processor has handled every event, or parked it");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
