import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.OrdersApi;
import org.openapitools.client.api.StockApi;
import org.openapitools.client.model.NewCancellation;
import org.openapitools.client.model.NewOrder;
import org.openapitools.client.model.NewOrderCustomer;
import org.openapitools.client.model.NewOrderLine;
import org.openapitools.client.model.NewOrderPayment;
import org.openapitools.client.model.NewReceipt;
import org.openapitools.client.model.Order;
import org.openapitools.client.model.OrderPage;
import org.openapitools.client.model.OrderStatus;
import org.openapitools.client.model.Price;

/** What a shop does with the generated Java client: places orders, pages through them, and follows one live. */
final class PlaceAndFollow {

    private PlaceAndFollow() {
    }

    public static void main(String[] args) throws Exception {
        new StockApi(client(args[0], "staff")).receiveStock("CLIENT-JAVA", key(), new NewReceipt().quantity(10));
        var orders = new OrdersApi(client(args[0], "shop"));
        Order first = orders.placeOrder(key(), order("java-1"), "wait=20");
        require(first.getStatus() == OrderStatus.CONFIRMED, "placed: " + first);
        orders.placeOrder(key(), order("java-2"), "wait=20");

        var references = new ArrayList<String>();
        String cursor = null;
        do {
            OrderPage page = orders.listOrders(null, null, null, "CLIENT-JAVA", null, null, null, cursor, 1);
            page.getItems().forEach(order -> references.add(order.getReference()));
            cursor = page.getNext();
        } while (cursor != null);
        require(references.equals(List.of("java-2", "java-1")), "paged: " + references);

        orders.cancelOrder(first.getId(), key(), new NewCancellation().reason("The customer changed her mind"), "*");
        List<String> facts = follow(args[0], first.getId());
        require(facts.contains("OrderPlaced") && facts.contains("OrderCancelled"), "followed: " + facts);
        System.out.println("Java client: " + references + ' ' + facts);
    }

    /** A stream is read while it comes, by the interceptor that the client has for answers. */
    private static List<String> follow(String url, String id) throws Exception {
        var facts = new ArrayList<String>();
        ApiClient live = client(url, "shop");
        live.setResponseInterceptor(answer -> {
            // Left open: the client reads on behind the interceptor
            var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event:")) {
                        facts.add(line.substring("event:".length()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        new OrdersApi(live).followOrder(id, null);
        return facts;
    }

    private static ApiClient client(String url, String user) {
        String credentials = Base64.getEncoder().encodeToString((user + ':' + user).getBytes(StandardCharsets.UTF_8));
        var client = new ApiClient();
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Basic " + credentials));
        return client;
    }

    private static NewOrder order(String reference) {
        return new NewOrder().reference(reference).currency("EUR")
                .customer(new NewOrderCustomer().id("c-1").email("ada@example.org"))
                .addLinesItem(new NewOrderLine().sku("CLIENT-JAVA").quantity(1)
                        .unitPrice(new Price().currency("EUR").amount(1299L)))
                .payment(new NewOrderPayment().method("tok_ok"));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalStateException(found);
        }
    }
}
