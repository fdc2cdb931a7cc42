package broken.orderflow.order;

import java.util.Random;

/** Part of an aggregate, and left to chance. */
record Discount(Random dice) {

    double percent() {
        return dice.nextInt(10);
    }
}
