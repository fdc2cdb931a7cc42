package io.orderflow.overview;

import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An order with its payment and the stock of its SKUs, as far as they can be had. */
@RestController
class OverviewController {

    private final Overviews overviews;

    OverviewController(Overviews overviews) {
        this.overviews = overviews;
    }

    @GetMapping("/v1/orders/{id}/overview")
    OrderOverview overview(@PathVariable OrderId id, Caller caller) {
        return overviews.of(id, caller);
    }
}
