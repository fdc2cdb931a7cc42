package io.orderflow.platform.replay;

import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Replays of projections: the last one of each, and a new one. */
@RestController
@RequestMapping(ReplayController.PATH)
class ReplayController {

    static final String PATH = "/v1/operations/processors/{name}/replay";

    private static final String RETRY_SECONDS = "1";

    private final Projections projections;
    private final Rebuilds rebuilds;

    ReplayController(Projections projections, Rebuilds rebuilds) {
        this.projections = projections;
        this.rebuilds = rebuilds;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<ReplayView> start(@PathVariable String name, RequestIdentity request) {
        Projection projection = projections.require(name);
        Rebuild rebuild = rebuilds.start(request.id("rpl_"), projection);
        return ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .location(URI.create(PATH.replace("{name}", name))).body(rebuild.view());
    }

    @GetMapping
    ReplayView last(@PathVariable String name) {
        return rebuilds.last(projections.require(name).name()).orElseThrow(() -> new Refusal(
                Refusal.Kind.NOT_FOUND, "no_replay",
                "'%s' was not replayed since the application started; POST here replays it.".formatted(name))).view();
    }
}
