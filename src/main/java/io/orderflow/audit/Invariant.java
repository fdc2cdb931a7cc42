package io.orderflow.audit;

/** A condition that holds for the store at any time, named as in docs/invariants.md. */
enum Invariant {

    E1("The events of each aggregate are numbered from 0 without gaps and have known types"),
    M1("Per payment 0 <= refunded <= captured <= authorized"),
    M2("What was dispatched is captured and closed returns are refunded; a cancelled order leaves no money"),
    M3("The gateway's ledger agrees with ours, operation by operation"),
    M4("An operation succeeds once, and an order is charged once"),
    M5("An order's total is the sum of its lines"),
    S1("On hand = received + adjusted + returned - shipped, and never below 0"),
    S2("At most what is on hand is reserved, after every event"),
    S3("Reserved stock belongs to open orders and is no more than they ordered"),
    O1("Each acknowledged request has taken effect exactly once"),
    O2("Every order is terminal, or shows what it waits for and has a saga with a scheduled deadline"),
    O3("A terminal order stays terminal"),
    P1("Every projection agrees with the events that its processor has handled"),
    P2("Every processor has handled or parked every event");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
