package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.packaged.DemoUser;
import io.orderflow.shared.Money;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.springframework.jdbc.core.JdbcTemplate;

/** The console in a real browser, driving the whole application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {

    private static final String PROJECTION = "/v1/operations/processors/order-projection/";

    private Path data;
    private RunningOrderflow orderflow;
    private Browser browser;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        assumeTrue(Browser.isInstalled(), "There is no chromium with its chromedriver on the PATH: the console is not tested");
        this.data = data;
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

    /** It stands on a page of ours over the library, within the same content security policy as the console. */
    @Test
    void has_the_description_of_the_api_beside_it_to_read_and_to_try() {
        browser.open(orderflow.url() + "/swagger-ui.html");
        browser.see(".opblock-summary", "/v1/projections").click();
        browser.press("Try it out");
        browser.press("Execute");

        browser.see(".responses-wrapper .live-responses-table", "401");
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
        browser.see(".story", "Waits for the gateway to authorize the payment, until ");
        browser.seeNo(".story", "UTC");
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

    /** Last, because every other test that looks at the stock would have as many SKUs to look at. */
    @Test
    @Order(Integer.MAX_VALUE)
    void shows_what_there_is_of_a_sku_behind_the_first_page_and_corrects_it() {
        IntStream.rangeClosed(1, 201).parallel().forEach(number -> shop.receive("PAGED-%03d".formatted(number), number));
        open("/#/stock");
        browser.see("main", "200 are shown, and there are more");
        browser.seeNo("th", "PAGED-201");
        browser.press("Show more");
        browser.see("th", "PAGED-201");

        browser.fill("Look up", "paged-201");
        browser.press("Show");
        browser.see("h1", "PAGED-201");
        browser.see(".facts", "On hand201");
        browser.fill("Units that are there", "190");
        browser.press("Correct");
        browser.see(".done", "-11 PAGED-201: 190 on hand now.");
        assertThat(shop.stock("PAGED-201").path("on_hand").asInt()).isEqualTo(190);

        open("/#/stock/PAGED-NONE");
        browser.see("main", "There was never any stock of this SKU");
        browser.seeNo("main", "Correct the level");
    }

    @Test
    void counts_as_it_is_and_not_as_somebody_has_seen_it() {
        shop.receive("SHELF", 7);
        shop.receive("shelf", 1);
        open("/#/stock/SHELF");
        browser.fill("Units that are there", "6");
        shop.receive("SHELF", 3);
        browser.see(".note", "on hand: 7 → 10");
        browser.press("Correct");
        browser.see(".problem", "on hand: 7 → 10. Nothing was done.");
        assertThat(shop.stock("SHELF").path("on_hand").asInt()).isEqualTo(10);
        browser.press("Correct");
        browser.see(".done", "-4 SHELF: 6 on hand now.");

        open("/#/stock/shelf");
        browser.fill("Units", "2");
        browser.press("Receive");
        browser.see(".done", "+2 shelf: 3 on hand now.");
    }

    @Test
    void lists_movements_page_by_page() {
        IntStream.rangeClosed(1, 51).forEach(number -> shop.receive("MOVED", 1));
        open("/#/stock/MOVED");
        browser.see("main", "50 are shown, and there are more");
        browser.press("Show more");
        browser.seeNo("main", "there are more");
        assertThat(browser.script("return document.querySelectorAll('tbody tr').length")).isEqualTo(51L);
    }

    @Test
    void pays_back_what_somebody_has_said_and_nothing_by_itself() {
        String order = dispatched(2);
        open("/#/orders/" + order);
        browser.press("Refund money");
        browser.fill("Reason", "a scratch");
        browser.see(".action button.main", "Refund").click();
        browser.see(".complaint", "An amount of 20.00 at most.");
        browser.fill("Amount in EUR", "20.01");
        browser.see(".action button.main", "Refund €20.01").click();
        browser.see(".complaint", "No more than €20.00 is left to refund");
        assertThat(refunds(order)).isEmpty();

        browser.press("All that is left: €20.00");
        browser.see(".action button.main", "Refund €20.00").click();
        browser.see(".notice", "The refund of €20.00 was requested.");
        assertThat(refunds(order)).containsExactly(2000L);
        browser.seeNo(".action", "Amount in EUR");
        browser.see("body", "Payment: refunded");
        browser.seeNo("button, a, summary", "Refund money");
    }

    @Test
    void lets_one_of_two_people_pay_back() {
        String order = dispatched(2);
        open("/#/orders/" + order);
        browser.press("Refund money");
        browser.press("All that is left: €20.00");
        browser.fill("Reason", "late");
        shop.post("/v1/payments/" + payment(order) + "/refunds",
                "{\"reason\":\"late\",\"amount\":{\"currency\":\"EUR\",\"amount\":1500}}").expect(201);
        // It moves the button, which is pressed when it has come to rest.
        browser.see(".note", "Meanwhile it has changed: left to refund: €20.00 → €5.00.");
        browser.see(".action button.main", "Refund").click();
        browser.see(".problem", "left to refund: €20.00 → €5.00. Nothing was done.");
        assertThat(refunds(order)).containsExactly(1500L);
    }

    @Test
    void sends_what_got_no_answer_again_and_has_it_done_once() {
        String order = dispatched(2);
        open("/#/orders/" + order);
        browser.press("Refund money");
        browser.fill("Amount in EUR", "4");
        browser.fill("Reason", "a dent");
        browser.loseNextAnswer();
        browser.see(".action button.main", "Refund €4.00").click();
        browser.see(".action .problem", "Orderflow does not answer");
        browser.press("Refund money");
        browser.press("Refund money");
        browser.press("Send again");
        browser.see(".notice", "The refund of €4.00 was requested.");
        assertThat(refunds(order)).containsExactly(400L);

        open("/");
        browser.press("Place a demo order");
        browser.see("dialog", "DESK");
        browser.loseNextAnswer();
        browser.press("Place the order");
        browser.see("dialog .problem", "Orderflow does not answer");
        browser.press("Place the order");
        browser.see(".notice", "is placed");
    }

    @Test
    void dispatches_what_is_left_and_says_so_when_somebody_was_faster() {
        String order = place("tok_ok", "confirmed");
        open("/#/orders/" + order);
        browser.press("Dispatch");
        browser.fill("Units of DESK", "1");
        browser.see(".action button", "Dispatch").click();
        browser.see(".notice", "Dispatched: 1 × DESK.");
        browser.press("Dispatch");
        browser.seeValue("Units of DESK", "1");
        browser.fill("Carrier", "DHL");
        shop.post("/v1/orders/" + order + "/shipments", "{}").expect(201);

        browser.see(".problem", "“Dispatch” is not possible any more: the order is");
    }

    @Test
    void takes_a_double_click_for_one() {
        open("/#/operations/books");
        browser.doubleClick("Back up now");
        browser.see(".notice", "The backup is made.");
        browser.see("main", ".zip");
        assertThat(data.toFile().list((folder, name) -> name.endsWith(".zip"))).hasSize(1);
    }

    @Test
    void says_why_a_search_finds_nothing() {
        open("/");
        browser.see(".connection", "Live");
        browser.fill("Search for", "x".repeat(70));
        browser.press("Search");
        browser.see(".problem", "validation_failed");
        browser.seeNo("main", "No order is like that");
        browser.press("Clear");
        browser.see(".board", "Placed");

        browser.offline(true);
        try {
            browser.fill("Search for", "R-1");
            browser.press("Search");
            browser.see("main .problem", "Orderflow does not answer");
            browser.see(".connection", "Offline");
        } finally {
            browser.offline(false);
        }
        browser.see(".connection", "Live");
        browser.press("Try again");
        browser.see("#found", "Found orders");
    }

    @Test
    void says_since_when_what_it_shows_is_old() {
        shop.post(PROJECTION + "pause", "").expect(200);
        String order = shop.post("/v1/orders", Shop.order("tok_ok", new Line("DESK", 1))).expect(201).id();
        open("/#/orders/" + order);
        browser.see(".connection", "Stale since");
        browser.see(".banner", "order-projection is paused since");
        browser.see(".note", "An order that was placed a moment ago cannot be shown yet");
        shop.post(PROJECTION + "resume", "").expect(200);
        browser.see("h1", "Order R-1");
        browser.see(".connection", "Live");

        shop.post("/v1/operations/processors/tracking-timeline/pause", "").expect(200);
        browser.see(".banner", "tracking-timeline is paused since");
        shop.post("/v1/operations/processors/tracking-timeline/resume", "").expect(200);
        browser.see(".connection", "Live");
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
        browser.press("Retry");
        browser.see(".problem", "dead_letter_failed_again");
        jdbc.update("DELETE FROM orders.order_line WHERE order_id = ?", order);
        browser.press("Retry");

        browser.see(".done", "It was handled");
        browser.see(".empty", "every event was handled");
        shop.awaitStatus(order, "confirmed");
    }

    /** Somebody has released the money at the gateway itself. Last but one: the books do not agree any more. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void offers_a_retry_for_each_shipment_whose_capture_has_failed() throws Exception {
        String order = place("tok_ok", "confirmed");
        release(payment(order));
        String first = shipOne(order);
        String second = shipOne(order);
        await().until(() -> failedCaptures(order).equals(Map.of(first, 1L, second, 1L)));
        open("/#/orders/" + order);

        browser.pressIn(".action", second, "Retry");
        browser.see(".notice", "The operation is retried.");
        await().until(() -> failedCaptures(order).equals(Map.of(first, 1L, second, 2L)));
        browser.pressIn(".action", first, "Retry");
        await().until(() -> failedCaptures(order).equals(Map.of(first, 2L, second, 2L)));
        browser.see(".action", first);
        browser.see(".action", second);
    }

    private void release(String payment) throws Exception {
        var http = HttpClient.newHttpClient();
        var gateway = URI.create(orderflow.gatewayUrl());
        var authorized = http.send(HttpRequest.newBuilder(gateway.resolve("/v1/operations/" + payment + "-authorize-1"))
                .build(), BodyHandlers.ofString()).body();
        String authorization = new ObjectMapper().readTree(authorized).path("authorization_id").asText();
        var released = http.send(HttpRequest.newBuilder(gateway.resolve("/v1/authorizations/" + authorization + "/voids"))
                .header("Idempotency-Key", "by-hand").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(released.body()).contains("\"status\":\"succeeded\"");
    }

    private String shipOne(String order) {
        return shop.post("/v1/orders/" + order + "/shipments", "{\"lines\":[{\"sku\":\"DESK\",\"quantity\":1}]}")
                .expect(201).id();
    }

    /** How many of each shipment. */
    private Map<String, Long> failedCaptures(String order) {
        var operations = shop.get("/v1/payments/" + payment(order)).expect(200).body().path("operations");
        return StreamSupport.stream(operations.spliterator(), false)
                .filter(each -> each.path("kind").asText().equals("capture") && each.path("status").asText().equals("failed"))
                .collect(Collectors.groupingBy(each -> each.path("subject").asText(), Collectors.counting()));
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
        browser.type(shop.get("/v1/orders/" + order).text("reference"), Keys.ENTER);
        browser.see("#found", "Found orders");
        browser.script("document.querySelector(`td a, th a[href='#/orders/${arguments[0]}']`).focus()", order);
        browser.type(Keys.ENTER);
        browser.see("h1", "Order R-1");
    }

    @Test
    void fits_a_narrow_screen() {
        String sku = "S".repeat(64);
        shop.receive(sku, 5);
        String order = shop.post("/v1/orders", Shop.order("tok_ok", new Line(sku, 2), new Line("DESK", 1))
                .replace("R-1", "R".repeat(64)).replace("c-1", "c".repeat(64)).replace("ada@", "a".repeat(60) + '@'))
                .expect(201).id();
        shop.awaitStatus(order, "confirmed");
        shop.post("/v1/orders/" + order + "/shipments", "{\"carrier\":\"%s\",\"tracking_number\":\"%s\",\"lines\":[%s]}"
                .formatted("C".repeat(100), "T".repeat(100), "{\"sku\":\"" + sku + "\",\"quantity\":1}")).expect(201);
        browser.size(360, 740);
        var views = views(order);
        views.put("one long SKU", "/#/stock/" + sku);
        views.forEach((name, path) -> {
            open(path);
            browser.see("h1", "");
            browser.seeNo("main", "Loading …");
            assertThat(browser.isWiderThanItsWindow()).as(name).isFalse();
        });
        open("/#/orders/" + order);
        for (String action : List.of("Dispatch", "Return goods", "Refund money")) {
            browser.press(action);
            assertThat(browser.isWiderThanItsWindow()).as(action).isFalse();
        }
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

    /** An order of so many units that is completed. */
    private String dispatched(int units) {
        String order = shop.place("tok_ok", new Line("DESK", units));
        shop.awaitStatus(order, "confirmed");
        shop.post("/v1/orders/" + order + "/shipments", "{}").expect(201);
        shop.awaitStatus(order, "completed");
        return order;
    }

    private String payment(String order) {
        return shop.get("/v1/orders/" + order).expect(200).text("payment_id");
    }

    /** Minor units of each refund. */
    private List<Long> refunds(String order) {
        return shop.get("/v1/payments/" + payment(order)).expect(200).body().path("refunds")
                .findValues("amount").stream().filter(JsonNode::isObject).map(amount -> amount.path("amount").asLong())
                .toList();
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
