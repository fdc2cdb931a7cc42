package io.orderflow.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.orderflow.payment.BothLedgers;
import io.orderflow.payment.ScriptedGateway;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Reconciliation as operators see it, over HTTP. */
@ReconciliationModule
class ReconciliationApiModuleTest {

    static final String PATH = "/v1/operations/reconciliation";

    @Autowired MockMvc http;
    @Autowired BothLedgers ledgers;
    @Autowired ScriptedGateway gateway;
    @Autowired JdbcClient jdbc;

    String key;

    @BeforeEach
    void nothing_anywhere() {
        ledgers.empty();
        key = UUID.randomUUID().toString();
    }

    @Test
    void is_a_clear_problem_when_there_was_none() throws Exception {
        http.perform(get(PATH)).andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("no_reconciliation"));
        http.perform(get(PATH + "/rec_0")).andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("unknown_reconciliation"));
    }

    @Test
    void starts_on_demand_and_ends_as_a_report() throws Exception {
        ledgers.ours("1", "capture failed:fraud 1000 old");
        ledgers.theirs("1", "capture succeeded 1000 EUR old");

        var answer = http.perform(start()).andExpect(status().isAccepted())
                .andExpect(header().string("Location", startsWith(PATH + "/rec_")))
                .andExpect(jsonPath("$.status").value("running"))
                .andExpect(jsonPath("$.gateway").value("scripted"))
                .andExpect(jsonPath("$.compared").value(0)).andReturn().getResponse();
        var id = answer.getHeader("Location").substring(PATH.length() + 1);
        ledgers.awaitEnd(id);

        for (var path : new String[] {PATH, PATH + '/' + id}) {
            http.perform(get(path)).andExpect(status().isOk()).andExpect(jsonPath("$.id").value(id))
                    .andExpect(jsonPath("$.status").value("finished"))
                    .andExpect(jsonPath("$.compared").value(1)).andExpect(jsonPath("$.in_flight").value(0))
                    .andExpect(jsonPath("$.differences_count").value(1))
                    .andExpect(jsonPath("$.failure").isEmpty())
                    .andExpect(jsonPath("$.differences[0].kind").value("state_differs"))
                    .andExpect(jsonPath("$.differences[0].operation_id").value("1"))
                    .andExpect(jsonPath("$.differences[0].payment_id").value("pay_1"))
                    .andExpect(jsonPath("$.differences[0].gateway_reference").value("ref_0"))
                    .andExpect(jsonPath("$.differences[0].ours.status").value("failed"))
                    .andExpect(jsonPath("$.differences[0].theirs.kind").value("capture"))
                    .andExpect(jsonPath("$.differences[0].theirs.amount.amount").value(1000));
        }
    }

    @Test
    void starts_once_under_one_key() throws Exception {
        var first = http.perform(start()).andReturn().getResponse().getContentAsString();
        ledgers.awaitEnd(ledgers.find(null).orElseThrow().id());

        assertThat(http.perform(start()).andExpect(status().isAccepted()).andReturn().getResponse()
                .getContentAsString()).isEqualTo(first);
        assertThat(jdbc.sql("select count(*) from payments.reconciliation").query(Long.class).single()).isOne();
    }

    @Test
    void goes_as_far_back_as_it_is_told() throws Exception {
        http.perform(start().contentType(MediaType.APPLICATION_JSON)
                        .content("{\"since\":\"2020-01-01T00:00:00Z\"}"))
                .andExpect(status().isAccepted()).andExpect(jsonPath("$.since").value("2020-01-01T00:00:00Z"));

        ledgers.awaitEnd(ledgers.find(null).orElseThrow().id());
        assertThat(gateway.askedSince()).isEqualTo("2019-12-31T23:45:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"since":"2999-01-01T00:00:00Z"} | 422 | invalid_since
            {"since":"1969-12-31T00:00:00Z"} | 422 | invalid_since
            {"since":"yesterday"}            | 400 | invalid_field
            {"until":"2020-01-01T00:00:00Z"} | 400 | unknown_field
            """)
    void is_refused_with_a_reason(String body, int status, String code) throws Exception {
        http.perform(start().contentType(MediaType.APPLICATION_JSON).content(body))
                .andExpect(status().is(status)).andExpect(jsonPath("$.code").value(code));

        assertThat(ledgers.find(null)).isEmpty();
    }

    @Test
    void needs_a_key() throws Exception {
        http.perform(post(PATH)).andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("idempotency_key_required"));
    }

    @Test
    void is_refused_while_another_runs_and_granted_afterwards() throws Exception {
        var release = new CountDownLatch(1);
        gateway.beforeEachPage(page -> assertThat(catchThrowable(release::await)).isNull());
        var running = ledgers.start(ledgers.ago(Duration.ofHours(1)));

        http.perform(start()).andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("reconciliation_running"))
                .andExpect(jsonPath("$.reconciliation_id").value(running));
        release.countDown();
        ledgers.awaitEnd(running);

        http.perform(start()).andExpect(status().isAccepted());
        ledgers.awaitEnd(ledgers.find(null).orElseThrow().id());
    }

    private MockHttpServletRequestBuilder start() {
        return post(PATH).header("Idempotency-Key", key);
    }
}
