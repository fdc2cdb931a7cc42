package io.orderflow.payment;

/** The gateway was asked, and no answer came that tells what became of the operation. */
final class AnswerUnknown extends RuntimeException {

    AnswerUnknown(String why) {
        super(why);
    }

    AnswerUnknown(String why, Exception cause) {
        super(why, cause);
    }
}
