package io.orderflow.fulfillment;

import static io.orderflow.fulfillment.Facts.BEANS;
import static io.orderflow.fulfillment.Facts.CUP;
import static io.orderflow.fulfillment.Facts.NOON;
import static io.orderflow.fulfillment.Facts.dispatched;
import static io.orderflow.fulfillment.Facts.dispatchedAll;
import static io.orderflow.fulfillment.Facts.euro;
import static io.orderflow.fulfillment.Facts.line;
import static io.orderflow.fulfillment.Facts.placed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a saga knows has to survive its store, in every phase. */
class ProgressStateTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new ParameterNamesModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    private static final WaitingOn WAIT = new WaitingOn(Code.DISPATCH, NOON, NOON.plusSeconds(60));

    @ParameterizedTest
    @EnumSource
    void progress_goes_on_from_its_json_as_if_it_had_never_been_stored(Phase phase) throws Exception {
        Progress progress = in(phase);
        assertThat(progress.phase()).isEqualTo(phase);

        Progress read = MAPPER.readValue(MAPPER.writeValueAsString(progress), Progress.class);

        assertThat(read).usingRecursiveComparison().isEqualTo(progress);
        assertThat(read.outstanding(WAIT)).isEqualTo(progress.outstanding(WAIT)).isNotEmpty();
    }

    @Test
    void a_deadline_knows_what_is_scheduled_after_it_was_stored() throws Exception {
        String json = """
                {"scheduled":{"id":"42","due":"2026-03-02T12:30:00Z"},"due":"2026-03-02T12:30:00Z","attempts":4}""";
        var deadline = MAPPER.readValue(json, SagaDeadline.class);

        assertThat(MAPPER.readTree(MAPPER.writeValueAsString(deadline))).isEqualTo(MAPPER.readTree(json));
        assertThat(deadline.hasPassed(new DeadlinePayload(NOON), null)).isFalse();
        assertThat(deadline.hasPassed(new DeadlinePayload(NOON.plusSeconds(1800)), null)).isTrue();
        assertThat(deadline.hasPassed(new DeadlinePayload(NOON.plusSeconds(1800)), null)).isFalse();
        assertThat(deadline.attempts()).isEqualTo(5);
    }

    private static Progress in(Phase phase) {
        return switch (phase) {
            case RESERVING -> after();
            case PAYING -> after(held());
            case CONFIRMED -> after(held(), p -> p.authorized(NOON));
            case PARTLY_DISPATCHED -> after(held(), p -> p.authorized(NOON),
                    p -> p.dispatched(dispatched("shp_1", false, euro(1000), line(CUP, 1))),
                    p -> p.captured("shp_1"));
            case SHIPPING -> after(held(), p -> p.authorized(NOON), p -> p.dispatched(dispatchedAll()),
                    p -> p.shipped("shp_all", CUP));
            case REVERSING_PAYMENT -> after(held(), p -> p.undo(OrderOutcome.cancelled()));
            case RELEASING_STOCK -> after(held(), p -> p.undo(OrderOutcome.cancelled()), Progress::reversed);
            case ENDING -> after(p -> p.refused(CUP, OrderOutcome.rejected("out_of_stock", "None left.")),
                    p -> p.released(BEANS));
        };
    }

    private static Consumer<Progress> held() {
        return progress -> {
            progress.reserved(CUP);
            progress.reserved(BEANS);
        };
    }

    @SafeVarargs
    private static Progress after(Consumer<Progress>... facts) {
        var progress = new Progress(placed());
        Arrays.asList(facts).forEach(fact -> fact.accept(progress));
        return progress;
    }
}
