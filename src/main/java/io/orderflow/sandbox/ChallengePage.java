package io.orderflow.sandbox;

import java.math.BigDecimal;
import java.util.Currency;

/** The page on which a human plays the customer at his bank. */
final class ChallengePage {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Sandbox bank</title>
            <style>body { font: 1.1rem system-ui; max-width: 28rem; margin: 4rem auto; padding: 0 1rem }
            form { display: inline } button { font: inherit; padding: .5rem 1.5rem; margin-right: 1rem }</style>
            <h1>Sandbox bank</h1>
            <p>%s wants <strong>%s</strong>.</p>
            %s
            </html>
            """;
    private static final String QUESTION = """
            <form method="post" action="%1$s/approve"><button>Approve</button></form>
            <form method="post" action="%1$s/decline"><button>Decline</button></form>
            <p>Answer until %2$s.</p>""";

    private ChallengePage() { }

    static String of(Entry entry) {
        return PAGE.formatted(escaped(entry.merchantReference()), text(entry.amount()), state(entry));
    }

    private static String state(Entry entry) {
        return switch (entry.fact()) {
            case CHALLENGED -> QUESTION.formatted(ChallengeApi.path(entry.authorizationId()), entry.due());
            case AUTHORIZED -> "<p>You approved it. You can close this page.</p>";
            default -> "<p>It was declined (" + entry.code() + "). You can close this page.</p>";
        };
    }

    private static String text(Amount amount) {
        return BigDecimal.valueOf(amount.amount(), decimals(amount.currency())).toPlainString() + " " + amount.currency();
    }

    private static int decimals(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            // Three capital letters are enough for the sandbox; a real bank would know the currency.
            return 0;
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
