package io.orderflow.tracking;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of orders lately, minute by minute, for operators to plot. */
@RestController
@RequestMapping("/v1/operations/figures")
class FiguresController {

    private final FigureRows rows;
    private final Clock clock;

    FiguresController(FigureRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** @param minutes oldest first, none left out; the last one is not over yet */
    record Figures(List<Minute> minutes) {
    }

    /**
     * What happened to orders in one minute.
     *
     * @param minute           its first instant, UTC
     * @param confirmMillisP50 half of those confirmed in it took no longer since they were placed; null when there was none
     * @param confirmMillisP95 the same of 95 percent
     */
    record Minute(Instant minute, long placed, long confirmed, long completed, long rejected, long cancelled,
            Long confirmMillisP50, Long confirmMillisP95) {
    }

    @GetMapping
    Figures show(@RequestParam(defaultValue = "30") @Min(1) @Max(120) int minutes) {
        Instant first = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(minutes - 1L, ChronoUnit.MINUTES);
        return new Figures(rows.since(first, minutes));
    }
}
