package io.orderflow.platform.replay;

import io.orderflow.platform.spi.ProjectedTables;
import io.orderflow.shared.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.config.Configuration;
import org.axonframework.config.ProcessingGroup;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

/** The projections that can be replayed: those that declare their tables. */
@Component
class Projections {

    private final ListableBeanFactory beans;
    private final Configuration axon;

    Projections(ListableBeanFactory beans, Configuration axon) {
        this.beans = beans;
        this.axon = axon;
    }

    /**
     * A projection that can be replayed.
     *
     * @param name     of its processing group and of its processor
     * @param handlers the object that handles its events
     * @param tables   all tables that it writes
     */
    record Projection(String name, Object handlers, List<String> tables) {
    }

    /** @throws Refusal when there is no such processor, or when its effects cannot be repeated */
    Projection require(String name) {
        if (axon.eventProcessingConfiguration().eventProcessor(name).isEmpty()) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_processor",
                    "There is no processor '%s'; known are %s.".formatted(name,
                            axon.eventProcessingConfiguration().eventProcessors().keySet().stream().sorted().toList()));
        }
        Map<String, Projection> projections = byName();
        if (!projections.containsKey(name)) {
            throw new Refusal(Refusal.Kind.INVALID, "not_replayable",
                    "'%s' does more than maintain tables and would repeat it; replayable are %s.".formatted(name,
                            projections.keySet()));
        }
        return projections.get(name);
    }

    Collection<Projection> all() {
        return byName().values();
    }

    private Map<String, Projection> byName() {
        var all = new TreeMap<String, Projection>();
        for (String bean : beans.getBeanNamesForAnnotation(ProjectedTables.class)) {
            String group = beans.findAnnotationOnBean(bean, ProcessingGroup.class).value();
            all.put(group, new Projection(group, beans.getBean(bean),
                    List.of(beans.findAnnotationOnBean(bean, ProjectedTables.class).value())));
        }
        return all;
    }
}
