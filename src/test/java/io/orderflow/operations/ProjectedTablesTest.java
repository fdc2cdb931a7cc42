package io.orderflow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.orderflow.platform.spi.ProjectedTables;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.ResetHandler;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Every table of the modules is either built anew by a replay, or known not to be. */
class ProjectedTablesTest {

    /**
     * Facts of their own, which no event tells; sagas, which a replay leaves alone; the SKUs, which never become unknown
     * again; places that readers have.
     */
    private static final Set<String> NOT_PROJECTED = Set.of("fulfillment.saga", "orders.known_sku", "orders.order_reference", "payments.callback",
            "payments.reconciliation", "payments.reconciliation_line", "tracking.feed",
            "tracking.feed_end");
    /** Of Axon, Flyway and the application itself. */
    private static final List<String> GROUND = List.of("AXON", "PLATFORM", "OPERATIONS", "INFORMATION_SCHEMA");

    private static final List<JavaClass> PROJECTIONS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.orderflow").stream()
            .filter(type -> type.isAnnotatedWith(ProjectedTables.class)).toList();

    @Test
    void every_table_belongs_to_one_projection_or_to_none_on_purpose() {
        assertThat(Stream.concat(PROJECTIONS.stream()
                        .flatMap(type -> Stream.of(type.getAnnotationOfType(ProjectedTables.class).value())),
                NOT_PROJECTED.stream())).containsExactlyInAnyOrderElementsOf(tables());
    }

    @Test
    void every_projection_has_a_group_and_can_be_reset() {
        assertThat(PROJECTIONS).isNotEmpty().allMatch(type -> type.isAnnotatedWith(ProcessingGroup.class)
                && type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(ResetHandler.class)));
    }

    private static List<String> tables() {
        var store = new DriverManagerDataSource("jdbc:h2:mem:projected-tables;DB_CLOSE_DELAY=-1", "sa", "");
        Flyway.configure().dataSource(store).locations("classpath:db/migration/h2").defaultSchema("platform")
                .createSchemas(true).load().migrate();
        var jdbc = new JdbcTemplate(store);
        try {
            return jdbc.queryForList("SELECT table_schema || '.' || table_name FROM information_schema.tables"
                            + " WHERE UPPER(table_schema) NOT IN (?, ?, ?, ?)", String.class, GROUND.toArray()).stream()
                    .map(name -> name.toLowerCase(Locale.ROOT)).toList();
        } finally {
            jdbc.execute("SHUTDOWN");
        }
    }
}
