package io.orderflow.sandbox.http;

import io.orderflow.sandbox.bank.Bank;
import io.orderflow.sandbox.bank.Decision;
import io.orderflow.sandbox.bank.Entry;
import io.orderflow.sandbox.bank.Fact;
import io.orderflow.sandbox.fault.Fault;
import io.orderflow.shared.Money;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.HtmlUtils;

/** The web page on which the customer authenticates, or does not. */
final class ChallengePages {

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

    private final Bank bank;

    ChallengePages(Bank bank) {
        this.bank = bank;
    }

    static String path(Entry challenged) {
        return "/challenges/" + challenged.authorizationId();
    }

    Reply answer(Call call) {
        var path = call.path();
        if (path.size() == 2) {
            call.requireMethod("GET");
            return page(call, 200, bank.challenge(path.get(1)).orElseThrow(ApiException::notFound));
        }
        var decision = switch (path.size() == 3 ? path.get(2) : "") {
            case "approve" -> Decision.of(Fact.AUTHORIZED);
            case "decline" -> Decision.declined("authentication_failed");
            default -> throw ApiException.notFound();
        };
        call.requireMethod("POST");
        var entry = bank.answerChallenge(path.get(1), decision).orElseThrow(ApiException::notFound);
        call.setResponseHeader("Location", path(entry));
        return page(call, 303, entry);
    }

    private static Reply page(Call call, int status, Entry entry) {
        call.setResponseHeader("Cache-Control", "no-store");
        call.setResponseHeader("Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
        var page = PAGE.formatted(HtmlUtils.htmlEscape(entry.merchantReference()),
                Money.text(entry.amount().currency(), entry.amount().amount()), state(entry));
        return new Reply(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), Fault.NONE);
    }

    private static String state(Entry entry) {
        return switch (entry.fact()) {
            case CHALLENGED -> QUESTION.formatted(path(entry), entry.due());
            case AUTHORIZED -> "<p>You approved it. You can close this page.</p>";
            default -> "<p>It was declined (" + entry.code() + "). You can close this page.</p>";
        };
    }
}
