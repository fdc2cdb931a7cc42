package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.packaged.DemoUser;
import io.orderflow.shared.Money;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.springframework.jdbc.core.JdbcTemplate;

/** The console in a real browser, driving the whole application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

    private static final String PROJECTION = "/v1/operations/processors/order-projection/";

    private RunningOrderflow orderflow;
    private Browser browser;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        assumeTrue(Browser.isInstalled(), "There is no chromium with its chromedriver on the PATH: the console is not tested");
        orderflow = RunningOrderflow.start(data, "orderflow.demo.enabled=true", "orderflow.dead-letters.first=1h");
        orderflow.shop().receive("DESK", 1000);
        browser = Browser.start();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (orderflow != null) {
            orderflow.close();
        }
    }

    @BeforeEach
    void sit_down_as_administrator() {
        shop = orderflow.shop();
        browser.size(1440, 900);
        browser.open(orderflow.url());
        browser.script("localStorage.clear(); sessionStorage.setItem('orderflow.credentials', arguments[0])",
                DemoUser.ADMIN.authorization());
    }

    @Test
    void shows_a_newcomer_an_order_from_its_placement_to_its_end() {
        open("/");
        browser.press("Place a demo order");
        browser.see("dialog", "How shall it go?");
        browser.press("Place the order");

        browser.see(".column.completed .card", "DEMO-");
        browser.see("#announcements", "is completed");
    }

    @Test
    void places_an_order_that_the_bank_declines() {
        open("/");
        browser.press("Place a demo order");
        browser.see("dialog label", "Card declined").click();
        browser.press("Place the order");

        browser.see(".column.rejected .card", "card_declined");
    }

    @Test
    void dispatches_an_order_and_tells_live_what_follows() {
        String order = place("tok_ok", "confirmed");
        open("/#/orders/" + order);
        browser.see(".waiting", "Waits for staff to dispatch it");
        browser.press("Dispatch");
        browser.fill("Carrier", "DHL");
        browser.fill("Units of DESK", "3");
        browser.see(".action button", "Dispatch").click();
        browser.see(".complaint", "From 0 to 2.");
        browser.fill("Units of DESK", "2");
        browser.see(".action button", "Dispatch").click();

        browser.see("h1 .badge", "Completed");
        browser.see(".story", "2 × DESK dispatched with DHL");
        browser.see(".story", "Order completed");
    }

    @Test
    void cancels_an_order_for_a_reason() {
        String order = place("tok_ok", "confirmed");
        open("/#/orders/" + order);
        browser.press("Cancel");
        browser.see(".action button", "Cancel the order").click();
        browser.see(".complaint", "Please fill this in.");
        assertThat(browser.focused().getAccessibleName()).isEqualTo("Reason");
        browser.type("Changed <b>my</b> mind");
        browser.see(".action button", "Cancel the order").click();

        browser.see("h1 .badge", "Cancelled");
        browser.see(".story", "Order cancelled: Changed <b>my</b> mind");
    }

    @Test
    void shows_text_as_text_whoever_wrote_it() {
        String body = Shop.order("tok_ok", new Line("DESK", 1)).replace("R-1", "<img src=x onerror=alert(1)>");
        String order = shop.post("/v1/orders", body).expect(201).id();
        open("/#/orders/" + order);

        browser.see("h1", "<img src=x onerror=alert(1)>");
        browser.press("Orders");
        browser.see(".card", "<img src=x onerror=alert(1)>");
        assertThat(browser.script("return document.querySelectorAll('#view img').length")).isEqualTo(0L);
    }

    @Test
    void receives_stock_and_corrects_it_unless_it_has_moved_meanwhile() {
        open("/#/stock");
        browser.fill("SKU", "lamp");
        browser.fill("Units", "7");
        browser.press("Receive");
        browser.see(".done", "+7 LAMP: 7 on hand now.");
        assertThat(shop.stock("LAMP").path("on_hand").asInt()).isEqualTo(7);

        browser.press("LAMP");
        browser.see("table", "Received");
        browser.fill("Units that are there", "5");
        browser.press("Correct");
        browser.see(".done", "-2 LAMP: 5 on hand now.");
        browser.see("table", "Adjusted");
    }

    @Test
    void retries_a_dead_letter_once_its_cause_is_mended() {
        shop.post(PROJECTION + "pause", "").expect(200);
        String order = shop.post("/v1/orders", Shop.order("tok_ok", new Line("DESK", 1), new Line("MUG-BLUE", 1)))
                .expect(201).id();
        var jdbc = orderflow.bean(JdbcTemplate.class);
        jdbc.update("INSERT INTO orders.order_line VALUES (?, 1, 'IN-THE-WAY', 1, 1, 0, 0, 0)", order);
        shop.post(PROJECTION + "resume", "").expect(200);

        open("/#/operations/processors");
        browser.see("tr .badge.dispatched", "parked");
        open("/#/operations/dead-letters");
        browser.see("tr", order.substring(0, 12));
        browser.press("Try again");
        browser.see(".problem", "dead_letter_failed_again");
        jdbc.update("DELETE FROM orders.order_line WHERE order_id = ?", order);
        browser.press("Try again");

        browser.see(".done", "It is handled now");
        browser.see(".empty", "every event was handled");
        shop.awaitStatus(order, "confirmed");
    }

    @Test
    void pauses_resumes_and_replays_a_processor() {
        open("/#/operations/processors");
        browser.see("button", "Pause payment-projection").click();
        browser.see("tr", "Paused");
        browser.see("button", "Resume payment-projection").click();
        browser.seeNo("tr", "Paused");
        browser.see("button", "Replay payment-projection").click();

        browser.see("tr", "completed, 100 %");
    }

    @Test
    void checks_the_invariants() {
        open("/#/operations/books");
        browser.press("Check them now");

        browser.see("section", "All hold");
    }

    @Test
    void comes_back_by_itself_after_a_restart_and_has_missed_nothing() {
        open("/");
        browser.see(".connection", "Live");
        orderflow.stop();
        browser.see(".banner", "The connection to Orderflow is lost");
        orderflow.start();
        shop = orderflow.shop();
        String order = place("tok_ok", "confirmed");

        browser.see(".connection", "Live");
        browser.seeNo("body", "is lost");
        assertThat(browser.see(".column.confirmed .card[href='#/orders/" + order + "']", "DESK")).isNotNull();
    }

    @Test
    void asks_who_is_there_and_says_when_that_is_not_accepted() {
        browser.script("sessionStorage.clear()");
        open("/#/operations/processors");
        browser.see("dialog.sign-in", "Sign in to Orderflow");
        browser.assertUsableByAll("sign-in");
        browser.fill("Name", "admin");
        browser.fill("Password", "wrong");
        browser.see("dialog button", "Sign in").click();
        browser.see("dialog .problem", "not accepted");
        browser.fill("Name", "admin");
        browser.fill("Password", "admin");
        browser.see("dialog button", "Sign in").click();

        browser.see("tr", "order-projection");
    }

    /** Another port is another origin of the same site, another name another site. */
    @Test
    void lends_nothing_to_pages_of_others() throws Exception {
        String pause = orderflow.url() + PROJECTION + "pause";
        var others = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = "<form method=post action='%s'><button>Win</button></form>".formatted(pause)
                .getBytes(StandardCharsets.UTF_8);
        others.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        others.start();
        try {
            browser.open(orderflow.url().replace("://", "://admin:admin@") + "/actuator/info");
            for (String host : List.of("127.0.0.1", "localhost")) {
                browser.open("http://" + host + ':' + others.getAddress().getPort());
                assertThat(browser.module("return (await fetch('%s', { method: 'POST', mode: 'no-cors', credentials: 'include' })).type"
                        .formatted(pause))).isEqualTo("opaque");
                browser.press("Win");
                browser.see("body", "cross_origin");
            }
            assertThat(shop.get(PROJECTION.replaceFirst("/$", "")).expect(200).body().path("paused_at").isNull()).isTrue();
        } finally {
            others.stop(0);
        }
    }

    @Test
    void is_used_by_the_keyboard_alone() {
        String order = place("tok_ok", "confirmed");
        place("tok_ok", "confirmed");
        open("/");
        browser.see(".column.confirmed .card", "DESK");
        browser.type(Keys.TAB);
        assertThat(browser.focused().getText()).isEqualTo("Skip to the content");

        browser.script("document.querySelector('.column.confirmed .card').focus()");
        String first = browser.focused().getDomAttribute("href");
        browser.type(Keys.ARROW_DOWN);
        assertThat(browser.focused().getDomAttribute("href")).startsWith("#/orders/").isNotEqualTo(first);

        browser.script("document.querySelector('.head button').focus()");
        browser.type(Keys.ENTER);
        browser.see("dialog", "How shall it go?");
        browser.type(Keys.ESCAPE);
        browser.seeNo("body", "How shall it go?");
        assertThat(browser.focused().getText()).isEqualTo("Place a demo order");

        browser.type("/");
        browser.type("R-1", Keys.ENTER);
        browser.see("#found", "Found orders");
        browser.script("document.querySelector(`td a, th a[href='#/orders/${arguments[0]}']`).focus()", order);
        browser.type(Keys.ENTER);
        browser.see("h1", "Order R-1");
    }

    @Test
    void fits_a_narrow_screen() {
        String order = place("tok_ok", "confirmed");
        browser.size(360, 740);
        views(order).forEach((name, path) -> {
            open(path);
            browser.see("h1", "");
            assertThat(browser.isWiderThanItsWindow()).as(name).isFalse();
        });
        open("/");
        browser.see("[role=tab]", "Placed").click();
        browser.type(Keys.ARROW_RIGHT);
        browser.see("[role=tab][aria-selected=true]", "Confirmed");
        browser.see("[role=tabpanel] .card", "DESK");
    }

    @Test
    void is_usable_by_all_in_light_and_dark() {
        String order = place("tok_ok", "confirmed");
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            views(order).forEach((name, path) -> {
                open(path);
                browser.see("h1", "");
                browser.seeNo("main", "Loading …");
                browser.assertUsableByAll(name + " in " + scheme);
            });
            open("/");
            browser.press("Place a demo order");
            browser.see("dialog", "DESK");
            browser.assertUsableByAll("demo order in " + scheme);
        }
    }

    @Test
    void reads_a_stream_however_it_is_cut_into_pieces() {
        assertThat(browser.module("""
                const { EventParser } = await import('/console/stream.js');
                const parser = new EventParser();
                const pieces = ['id: 1\\nda', 'ta: {"a":', '1}\\n', '\\n:beat\\n\\nid:2\\r\\ndata:x\\r\\ndata:y\\r\\n\\r\\nid:3'];
                return JSON.stringify(pieces.flatMap((piece) => parser.take(piece)));"""))
                .isEqualTo("[{\"data\":\"{\\\"a\\\":1}\",\"id\":\"1\"},{\"data\":\"\"},{\"data\":\"x\\ny\",\"id\":\"2\"}]");
    }

    @Test
    void reckons_money_in_minor_units() {
        assertThat(browser.module("""
                const { minorUnits, majorUnits } = await import('/console/format.js');
                return [minorUnits('12.9', 'EUR'), minorUnits('0,05', 'EUR'), minorUnits('12.999', 'EUR'), minorUnits('12', 'JPY'),
                  minorUnits('1.5', 'JPY'), minorUnits('-1', 'EUR'), minorUnits('24,9', 'HUF'), minorUnits('2.498', 'KWD'),
                  minorUnits('99999999999999', 'EUR'), majorUnits({ currency: 'EUR', amount: 5 })].join();"""))
                .isEqualTo("1290,5,,12,,,2490,2498,,0.05");
    }

    @Test
    void counts_the_decimals_of_every_currency_as_the_server_does() {
        var server = Currency.getAvailableCurrencies().stream().filter(each -> each.getDefaultFractionDigits() >= 0)
                .map(each -> Money.text(each.getCurrencyCode(), 2498)).sorted().collect(Collectors.joining(","));
        String codes = server.replaceAll(" [^,]+", "");

        assertThat(browser.module("""
                const { majorUnits } = await import('/console/format.js');
                return '%s'.split(',').map((currency) => `${currency} ${majorUnits({ currency, amount: 2498 })}`).join();"""
                .formatted(codes))).isEqualTo(server);
        assertThat(browser.module("""
                const { money } = await import('/console/format.js');
                return ['EUR', 'JPY', 'KWD', 'HUF'].map((currency) => money({ currency, amount: 2498 }).replace(/[^0-9.,]/g, '')).join(' ');"""))
                .isEqualTo("24.98 2,498 2.498 24.98");
    }

    private static Map<String, String> views(String order) {
        var views = new LinkedHashMap<String, String>();
        views.put("board", "/");
        views.put("order", "/#/orders/" + order);
        views.put("stock", "/#/stock");
        views.put("one SKU", "/#/stock/DESK");
        views.put("plots", "/#/plots");
        for (String part : List.of("processors", "dead-letters", "waiting", "deadlines", "gateway", "books")) {
            views.put(part, "/#/operations/" + part);
        }
        return views;
    }

    private String place(String method, String status) {
        String order = shop.post("/v1/orders", Shop.order(method, new Line("DESK", 2)), UUID.randomUUID().toString())
                .expect(201).id();
        await().until(() -> shop.get("/v1/orders/" + order).text("status").equals(status));
        return order;
    }

    private void open(String path) {
        browser.open(orderflow.url() + path);
    }
}
