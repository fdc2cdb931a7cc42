package io.orderflow.storefront;

import io.orderflow.storefront.OrderOverview.Missing;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** There is nothing to show without the order itself. */
final class OrderUnavailable extends ErrorResponseException {

    private static final long serialVersionUID = 1L;
    private static final String CODE = "order_unavailable";
    private static final String RETRY_SECONDS = "2";

    OrderUnavailable(Missing order) {
        super(HttpStatus.SERVICE_UNAVAILABLE, problem(order), null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    private static ProblemDetail problem(Missing order) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
                "The order cannot be shown at the moment; try again soon.");
        problem.setType(URI.create("/problems/" + CODE));
        problem.setProperty("code", CODE);
        problem.setProperty("reason", order.reason());
        return problem;
    }
}
