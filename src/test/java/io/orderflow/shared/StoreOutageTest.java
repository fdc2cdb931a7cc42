package io.orderflow.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.platform.spi.StoreOutage;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOutageTest {

    @ParameterizedTest
    @ValueSource(strings = {"08003", "08006", "57P01", "57P02", "57P03", "40001", "53300", "58030"})
    void a_lost_or_exhausted_server_is_an_outage_however_deep_it_is_wrapped(String state) {
        var lost = new SQLException("Lost", state);

        assertThat(StoreOutage.isCauseOf(lost)).isTrue();
        assertThat(StoreOutage.isCauseOf(new IllegalStateException("At commit", new RuntimeException(lost)))).isTrue();
    }

    @Test
    void an_exhausted_pool_and_a_connection_that_broke_before_are_outages() {
        assertThat(StoreOutage.isCauseOf(new SQLTransientConnectionException("Not available"))).isTrue();
        assertThat(StoreOutage.isCauseOf(new SQLException("Connection is closed"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42P01", "42601"})
    void what_a_statement_did_wrong_is_none(String state) {
        assertThat(StoreOutage.isCauseOf(new SQLException("Wrong", state))).isFalse();
        assertThat(StoreOutage.isCauseOf(new SQLException("Nobody knows"))).isFalse();
        assertThat(StoreOutage.isCauseOf(new IllegalStateException("No store in it"))).isFalse();
    }
}
