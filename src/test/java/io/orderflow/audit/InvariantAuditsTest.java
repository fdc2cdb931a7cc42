package io.orderflow.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvariantAuditsTest {

    @Test
    void a_patrol_that_failed_does_not_make_the_next_one_fail(@TempDir Path nothing) {
        var missing = new Snapshots("jdbc:h2:" + nothing.resolve("store") + ";IFEXISTS=TRUE", "sa", "");
        var audits = new InvariantAudits(missing, () -> null, Clock.systemUTC());
        var failed = audits.current();

        assertThatThrownBy(audits::patrol).isInstanceOf(CompletionException.class);

        assertThat(audits.current()).isNotSameAs(failed);
    }

    @Test
    void the_first_patrol_is_not_at_the_start() {
        var patrols = (RecurringTask<Void>) new InvariantsConfiguration().invariantPatrols(Duration.ofDays(1), null);

        assertThat(patrols.schedulableInstance("any").getNextExecutionTime(Instant.EPOCH))
                .isEqualTo(Instant.EPOCH.plus(Duration.ofDays(1)));
    }
}
